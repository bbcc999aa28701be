// What a request says that it will ask travels with what is asked before it: three ways to a
// database that is far away for whoever acts for a client, and nothing is asked for in vain.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "tests/server/backend.hpp"
#include "tests/server/wrapped.hpp"

using namespace pcc;
using namespace pcc::test;
using server::Rows;
using server::Store;
using server::StoreError;
using server::Transaction;
using server::Values;

namespace {

struct Ways {
    int made = 0;
    std::size_t in_vain = 0;  // statements that were foreseen, and never asked
};

/// Counts as a database does that is far away: what was foreseen goes along, in the same words.
class FarTransaction final : public WrappedTransaction {
  public:
    FarTransaction(std::unique_ptr<Transaction> inner, Ways& ways)
        : WrappedTransaction(std::move(inner)), ways_(ways) {}
    ~FarTransaction() override { ways_.in_vain += foreseen_.size() + under_way_.size(); }

    auto foresees() const -> bool override { return true; }
    void foresee(std::string_view sql, server::ValuesView values) override {
        foreseen_.push_back(statement(sql, values));
    }
    void enter(const std::string& organization) override {
        forget();
        WrappedTransaction::enter(organization);
    }

  protected:
    auto run(std::string_view sql, server::ValuesView values, Rows* rows)
        -> Result<long long, StoreError> override {
        const auto asked = statement(sql, values);
        if (!take(under_way_, asked)) {
            ++ways_.made;
            take(foreseen_, asked);
            under_way_.insert(under_way_.end(), foreseen_.begin(), foreseen_.end());
            foreseen_.clear();
        }
        return WrappedTransaction::run(sql, values, rows);
    }

  private:
    using Statement = std::pair<std::string, Values>;

    static auto statement(std::string_view sql, server::ValuesView values) -> Statement {
        return {std::string(sql), Values(values.begin(), values.end())};
    }
    static auto take(std::vector<Statement>& from, const Statement& asked) -> bool {
        const auto found = std::find(from.begin(), from.end(), asked);
        if (found == from.end()) return false;
        from.erase(found);
        return true;
    }
    void forget() {
        ways_.in_vain += foreseen_.size() + under_way_.size();
        foreseen_.clear();
        under_way_.clear();
    }

    Ways& ways_;
    std::vector<Statement> foreseen_;
    std::vector<Statement> under_way_;
};

class FarStore final : public WrappedStore {
  public:
    FarStore(Store& inner, Ways& ways) : WrappedStore(inner), ways_(ways) {}

  private:
    auto wrap(Began inner, bool writes) -> Began override {
        if (!inner || writes) return inner;
        return std::make_unique<FarTransaction>(std::move(*inner), ways_);
    }
    Ways& ways_;
};

struct Acting {
    Acting() : ana(backend.sign_in("ana@aurora.example")), made(backend.generate(ana)) {
        tab = backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
    }

    /// The same answer as without all this, and what it took.
    auto ways_of(const api::Endpoint& endpoint) -> Ways {
        Ways ways;
        FarStore far(*backend.store, ways);
        const api::HttpRequest request{
            api::Method::Get,
            api::endpoint_target(endpoint),
            {{"Cookie", tab.cookie}, {"PCC-Assumption", tab.assumption.value}},
            {}};
        const auto reply = server::handle({request, "192.0.2.7", "req_x"}, far, backend.world());
        const auto plain = backend.ask(tab, endpoint).response;
        CHECK(reply.response.status == plain.status);
        if (plain.status == 200) CHECK(reply.response.body == plain.body);
        return ways;
    }

    Backend backend;
    Tab ana;
    api::GeneratedToken made;
    Tab tab;
};

}  // namespace

TEST_CASE_FIXTURE(Acting, "who acts for a client has the answer after three ways") {
    api::NetworkQuery searched;
    searched.search = "porto";
    searched.sort = api::ListSort::MostClients;
    for (const auto& endpoint : std::vector<api::Endpoint>{
             api::GetNetworks{}, api::GetNetworks{searched}, api::GetNetwork{backend.demo.porto},
             api::GetAccessPoints{backend.demo.porto}}) {
        INFO(api::endpoint_target(endpoint));
        const auto ways = ways_of(endpoint);
        CHECK(ways.made == 3);
        CHECK(ways.in_vain == 0);
    }
}

TEST_CASE_FIXTURE(Acting, "a page that does not end the list is counted on one way more") {
    api::NetworkQuery first;
    first.limit = 1;
    const auto ways = ways_of(api::GetNetworks{first});
    CHECK(ways.made == 4);
    CHECK(ways.in_vain == 0);
    auto second = first;
    second.cursor =
        api::decode_networks(backend.ask(tab, api::GetNetworks{first}).response.body)->next;
    CHECK_FALSE(second.cursor.empty());
    CHECK(ways_of(api::GetNetworks{second}).in_vain == 0);
}

TEST_CASE_FIXTURE(Acting, "what was foreseen is not told where the token has ended") {
    REQUIRE(backend.ask(ana, api::ExpireToken{made.token.handle}).response.status == 200);
    Ways ways;
    FarStore far(*backend.store, ways);
    const api::HttpRequest request{
        api::Method::Get,
        api::endpoint_target(api::GetNetwork{backend.demo.porto}),
        {{"Cookie", tab.cookie}, {"PCC-Assumption", tab.assumption.value}},
        {}};
    const auto reply = server::handle({request, "192.0.2.7", "req_x"}, far, backend.world());
    CHECK(reply.response.status == 410);
    CHECK(code_of(reply) == "assumption_ended");
    CHECK(reply.response.body.find("Porto") == std::string::npos);
}
