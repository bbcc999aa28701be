#include "tests/bench/server/seed/plans.hpp"

#include "server/crypto/keys.hpp"
#include "server/store/assumptions.hpp"
#include "server/store/networks.hpp"
#include "server/store/tokens.hpp"
#include "server/store/users.hpp"
#include "tests/bench/server/seed/seed.hpp"

namespace pcc::bench {
namespace {

using namespace pcc::server;

/// Runs everything in another transaction, and prints each statement's plan the first time.
class Explaining final : public Transaction {
  public:
    Explaining(Transaction& inner, std::ostream& out) : inner_(inner), out_(out) {}

    auto lock_clause() const -> std::string_view override { return inner_.lock_clause(); }
    auto dialect() const -> Dialect override { return inner_.dialect(); }
    void enter(const std::string& organization) override { inner_.enter(organization); }
    void show_keys(const std::vector<std::string>& keys) override { inner_.show_keys(keys); }
    void enter_all() override { inner_.enter_all(); }

  protected:
    auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError> override {
        explain(std::string(sql), parameters);
        auto found = inner_.query(sql, parameters);
        const auto count = static_cast<long long>(found.size());
        if (rows != nullptr) *rows = std::move(found);
        return count;
    }
    auto commit() -> Result<void, StoreError> override { return inner_.finish(); }

  private:
    void explain(const std::string& sql, ValuesView parameters) {
        if (sql == last_) return;
        last_ = sql;
        const bool lite = dialect() == Dialect::Sqlite;
        out_ << sql << '\n';
        for (const auto& row :
             inner_.query((lite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + sql, parameters)) {
            out_ << "    " << row.text(lite ? 3 : 0) << '\n';
        }
    }

    Transaction& inner_;
    std::ostream& out_;
    std::string last_;
};

void explain_list(Transaction& tx, const OrganizationId& organization, const api::TokenQuery& query,
                  Instant now, std::ostream& out) {
    out << "\n## " << (query.state == api::TokenListState::Active ? "active" : "expired")
        << " tokens by " << api::sort_name(query.sort)
        << (query.search.empty() ? "" : ", search of ") << query.search << '\n';
    (void)list_tokens(tx, organization, query, {}, now);
}

void explain_lists(Transaction& tx, const OrganizationId& organization, Instant now,
                   std::ostream& out) {
    for (const auto state : {api::TokenListState::Active, api::TokenListState::Expired}) {
        for (const auto* search : {"", "7k2m", "rita", "ana"}) {
            for (const auto sort :
                 {api::ListSort::Newest, api::ListSort::EndsLast, api::ListSort::LastUsed}) {
                api::TokenQuery query;
                query.state = state;
                query.search = search;
                query.sort = sort;
                explain_list(tx, organization, query, now, out);
            }
        }
    }
}

void explain_guard(Transaction& tx, const User& engineer, const AssumptionId& assumption,
                   Instant now, std::ostream& out) {
    out << "\n## acting as\n";
    (void)find_session_by_cookie(tx, {std::string("none")});
    (void)find_user(tx, engineer.organization, engineer.id);
    const auto stored = find_assumption(tx, assumption, now);
    if (!stored) return;
    const auto& organization = stored->assumption.organization;
    tx.enter(organization.value);
    (void)find_token_life(tx, organization, stored->assumption.token);
    access::NetworkReach reach;
    reach.all = true;
    (void)list_networks(tx, organization, reach, {}, {}, now);
}

}  // namespace

auto print_plans(Store& store, const World& world, std::ostream& out) -> Result<void, std::string> {
    auto inner = store.read();
    if (!inner) return failed(inner.error().message);
    Explaining tx(**inner, out);
    const auto admin = find_user_by_email(**inner, admin_email);
    const auto engineer = find_user_by_email(**inner, engineer_email);
    if (!admin || !engineer) return failed(std::string("It was not filled by this program."));
    const auto row = (*inner)->query_one("SELECT id FROM assumptions LIMIT 1");
    if (!row) return failed(std::string("It holds no assumption."));
    explain_lists(tx, admin->organization, world.now, out);
    out << "\n## look-up by Token ID\n";
    (void)find_token_by_lookup(tx, {"none"}, world.now);
    explain_guard(tx, *engineer, row->id<AssumptionId>(0), world.now, out);
    if (auto done = tx.finish(); !done) return failed(done.error().message);
    return {};
}

}  // namespace pcc::bench
