// What lists add up is kept with the rows: it stays what counting anew would give.
#include <doctest/doctest.h>

#include "server/store/migrations.hpp"
#include "server/store/networks.hpp"
#include "server/store/tokens.hpp"
#include "tests/server/backend.hpp"
#include "tests/server/steps_back.hpp"

using namespace pcc;
using namespace pcc::test;
using access::Validity;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

struct Case {
    Case() : ana(backend.sign_in("ana@aurora.example")) {}

    /// Of a page of one row, so that the rows are not all there to be counted.
    auto total(api::TokenListState state) -> long long {
        api::TokenQuery query;
        query.state = state;
        query.limit = 1;
        const auto reply = backend.ask(ana, api::GetTokens{query});
        REQUIRE(reply.response.status == 200);
        return api::decode_tokens(reply.response.body)->total;
    }
    auto totals() -> std::pair<long long, long long> {
        return {total(api::TokenListState::Active), total(api::TokenListState::Expired)};
    }
    void act(const api::Endpoint& endpoint) {
        REQUIRE(backend.ask(ana, endpoint).response.status < 300);
    }
    auto networks() -> std::string { return backend.ask(ana, api::GetNetworks{}).response.body; }
    /// Takes again what a step does to rows that are there already.
    void fill_again(const server::Migration& step) {
        for (const auto& statement : step.statements) {
            if (statement.rfind("UPDATE", 0) == 0) backend.change(statement);
        }
    }

    auto any_of(const std::vector<api::GeneratedToken>& made) -> const api::GeneratedToken& {
        return made[backend.random.below(made.size())];
    }
    /// Somebody begins to act under it, where it still lives.
    void use(const Secret& token_id) {
        const auto* who =
            backend.random.below(2) == 0 ? "sam@netcare.example" : "eva@netcare.example";
        backend.ask(backend.sign_in(who), api::PostAssumption{}, api::encode_token_id(token_id));
    }
    auto texts_of(const std::string& sql) -> std::string {
        std::string all;
        for (const auto& row : backend.rows(sql)) {
            for (std::size_t i = 0; i < row.size(); ++i)
                all += (row.value(i).text() ? row.text(i) : std::to_string(row.number(i))) + '/';
            all += '\n';
        }
        return all;
    }

    Backend backend;
    Tab ana;
};

using Totals = std::pair<long long, long long>;

}  // namespace

TEST_CASE_FIXTURE(Case, "tokens are counted through all that can become of them") {
    std::vector<TokenHandle> made;
    for (int i = 0; i < 6; ++i)
        made.push_back(backend.generate(ana, Validity::of_hours(i == 0 ? 2 : 24)).token.handle);
    CHECK(totals() == Totals{6, 0});
    for (int i = 3; i < 6; ++i)  // more than a page of them, so that they are counted at all
        act(api::ExpireToken{made[i]});
    CHECK(totals() == Totals{3, 3});
    act(api::ExpireToken{made[5]});
    CHECK(totals() == Totals{3, 3});
    act(api::DeleteToken{made[5]});
    act(api::DeleteToken{made[5]});
    CHECK(totals() == Totals{3, 2});
    act(api::DeleteToken{made[2]});
    CHECK(totals() == Totals{2, 2});
    backend.wait(hours{2});
    ana = backend.sign_in("ana@aurora.example");
    CHECK(totals() == Totals{1, 3});
}

TEST_CASE_FIXTURE(Case, "what is kept of the tokens stays what their rows are") {
    const auto kept = [this] {
        return texts_of("SELECT label, token_count, open_count FROM token_labels ORDER BY label");
    };
    const auto counted = [this] {
        return texts_of(
            "SELECT label, COUNT(*), SUM(CASE WHEN sealed <> '' THEN 1 ELSE 0 END) FROM tokens "
            "WHERE deleted_at IS NULL GROUP BY label ORDER BY label");
    };
    std::vector<api::GeneratedToken> made;
    int changes = 0;
    for (int i = 0; i < 150; ++i) {
        const auto before = kept();
        switch (made.empty() ? 0 : backend.random.below(6)) {
            case 1: backend.ask(ana, api::ExpireToken{any_of(made).token.handle}); break;
            case 2: backend.ask(ana, api::DeleteToken{any_of(made).token.handle}); break;
            case 3: use(any_of(made).token_id); break;
            case 4: backend.wait(minutes{backend.random.below(40)}); break;
            default:
                made.push_back(
                    backend.generate(ana, access::standard_validities()[backend.random.below(5)]));
        }
        CHECK(kept() == counted());
        changes += kept() == before ? 0 : 1;
        ana = backend.sign_in("ana@aurora.example");
    }
    CHECK(changes > 60);
}

TEST_CASE_FIXTURE(Case, "what was deleted stays out of the lists, whatever is written of its end") {
    auto token = backend.generate(ana).token;
    backend.wait(hours{2});
    ana = backend.sign_in("ana@aurora.example");
    act(api::DeleteToken{token.handle});
    token.organization = backend.demo.aurora;
    token.ended = access::TokenEnd{backend.now, token.generated_by, access::EndReason::Expired};
    const auto tx = test::change(*backend.store);
    CHECK(server::write_token_end(*tx, token));
    REQUIRE(tx->finish().has_value());
    CHECK(totals() == Totals{0, 0});
    CHECK(texts_of("SELECT kept_state FROM tokens") == "0/\n");
    CHECK(texts_of("SELECT label FROM token_labels").empty());
}

TEST_CASE_FIXTURE(Case, "the step that keeps sums of networks fills them for what is there") {
    act(api::RestartAccessPoint{backend.demo.porto_ap});
    const auto before = networks();
    backend.change(
        "UPDATE networks SET point_count = 0, online_count = 0, client_count = 0, "
        "restarting_until = 0");
    CHECK(networks() != before);
    fill_again(server::network_sums(0));
    CHECK(networks() == before);
    backend.wait(server::restart_takes);
    CHECK(networks() != before);
}

TEST_CASE_FIXTURE(Case, "tags come from a table of their own into their network's row, in order") {
    const auto tag = [this](const NetworkId& network, const std::string& tags) {
        const auto reply = backend.ask(ana, api::PatchNetwork{network}, R"({"tags":)" + tags + "}");
        REQUIRE(reply.response.status == 200);
    };
    tag(backend.demo.porto, R"(["z","m, m","a"])");
    tag(backend.demo.lisbon, "[]");
    const auto before = networks();
    CHECK(before.find(R"(["z","m, m","a"])") != std::string::npos);
    CHECK(before.find(R"("tags":[])") != std::string::npos);
    go_back_to_step(*backend.store, 10);
    backend.restart();
    CHECK(networks() == before);
}

TEST_CASE_FIXTURE(Case, "a database of before is searched and counted like a new one") {
    std::vector<api::GeneratedToken> made;
    for (int i = 0; i < 8; ++i)
        made.push_back(backend.generate(ana, access::standard_validities()[i % 5]));
    use(made[1].token_id);
    act(api::ExpireToken{made[3].token.handle});
    act(api::DeleteToken{made[4].token.handle});
    backend.wait(hours{2} + minutes{1});  // one has run out and is still open, as it was written
    const auto all = [this] {
        return texts_of(
                   "SELECT id, label, first_shown, last_shown, kept_state FROM tokens ORDER BY 1") +
               texts_of(
                   "SELECT organization_id, label, token_count, open_count FROM token_labels "
                   "ORDER BY 1, 2");
    };
    const auto before = all();
    go_back_to_step(*backend.store, 8);
    backend.restart();
    CHECK(all() == before);
}
