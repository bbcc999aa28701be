// What lists add up is kept with the rows: it stays what counting anew would give.
#include <doctest/doctest.h>

#include "server/store/migrations.hpp"
#include "server/store/networks.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using access::Validity;
using std::chrono::hours;

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

TEST_CASE_FIXTURE(Case, "the steps that keep sums fill them for what is there already") {
    const auto tokens = backend.generate(ana);
    act(api::ExpireToken{tokens.token.handle});
    act(api::RestartAccessPoint{backend.demo.porto_ap});
    const auto before = networks();
    backend.change(
        "UPDATE networks SET point_count = 0, online_count = 0, client_count = 0, "
        "restarting_until = 0");
    backend.change("UPDATE organizations SET token_count = 0");
    CHECK(networks() != before);
    fill_again(server::network_sums(0));
    fill_again(server::token_orders(0));
    CHECK(networks() == before);
    CHECK(totals() == Totals{0, 1});
    backend.wait(server::restart_takes);
    CHECK(networks() != before);
}
