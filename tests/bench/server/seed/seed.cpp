#include "tests/bench/server/seed/seed.hpp"

#include <algorithm>

#include "core/access/assumption.hpp"
#include "server/accounts.hpp"
#include "server/demo/demo_networks.hpp"
#include "server/store/assumptions.hpp"
#include "server/store/sessions.hpp"
#include "server/store/tokens.hpp"

namespace pcc::bench {
namespace {

using namespace pcc::server;

constexpr long long batch = 10'000;  // Units: tokens in one transaction
constexpr long long one_active_in = 50;
constexpr long long one_by_another_in = 997;
constexpr std::chrono::hours a_year{24 * 365};

auto message_of(const AccountError& error) {
    return failed(error.message);
}

struct Account {
    OrganizationId organization;
    UserId user;
};

auto add_account(Store& store, const World& world, const std::string& organization,
                 access::Role role, const std::string& name, const std::string& email)
    -> Made<Account> {
    const auto made = create_organization(store, world, organization);
    if (!made) return failed(made.error());
    const auto user =
        create_user(store, world, {*made, role, name, email, Secret(bench_password), {}});
    if (!user) return failed(user.error());
    return Account{*made, *user};
}

/// A session as signing in leaves one, without the wait for Argon2.
auto add_session(Transaction& tx, const World& world, const Account& account, Secret& cookie)
    -> SessionRow {
    cookie = random_secret(world.random);
    SessionRow session;
    session.id = random_id<SessionId>(world.random, "ses_");
    session.organization = account.organization;
    session.user = account.user;
    session.created_at = session.last_seen_at = session.proven_at = world.now;
    session.expires_at = world.now + session_longest;
    insert_session(tx, session, world.keys.session_hash(cookie));
    return session;
}

/// The oldest, one in two hundred, are of somebody who left; of the others one in a thousand is of
/// another admin.
auto admin_of(long long number, long long count) -> std::string {
    if (number >= count - count / 200) return "Otto Lima";
    return number % one_by_another_in == 0 ? "Rita Melo" : "Ana Reis";
}

/// Token `number` of `count`: one in fifty is active, the others' time ran out within the year
/// before, the last ones' first.
auto token_at(const World& world, const Account& admin, long long number, long long count)
    -> access::AccessToken {
    const bool active = number % one_active_in == 0;
    const Millis age =
        active ? Millis{number % 3'600'000}
               : std::chrono::hours{25} + Millis{Millis{a_year}.count() / count * number};
    const auto validity = access::Validity::of_hours(active ? 24 : 8);
    return access::generate_token(random_id<TokenHandle>(world.random, "tok_"), admin.organization,
                                  {}, validity, world.now - age,
                                  {admin.user, admin_of(number, count)});
}

auto add_token(Transaction& tx, const World& world, access::AccessToken& token) -> Secret {
    const auto id = random_token_id(world.random);
    token.hint = access::token_id_hint(id);
    insert_token(tx, token, world.keys.token_lookup(id),
                 world.keys.seal(id, token.organization, token.handle, world.random));
    return id.text();
}

auto add_tokens(Store& store, const World& world, const Account& admin, long long count,
                std::vector<Secret>& active) -> Result<void, std::string> {
    for (long long from = 0; from < count; from += batch) {
        auto tx = store.write();
        if (!tx) return failed(tx.error().message);
        (*tx)->enter(admin.organization.value);
        for (auto number = from; number < std::min(from + batch, count); ++number) {
            auto token = token_at(world, admin, number, count);
            auto id = add_token(**tx, world, token);
            const bool kept = number % one_active_in == 0 && active.size() < most_known;
            if (kept) active.push_back(std::move(id));
        }
        write_run_out(**tx, admin.organization, world.now);
        if (auto done = (*tx)->finish(); !done) return failed(done.error().message);
    }
    return {};
}

/// The engineer acts under a token of the administrator's organization that has no end.
auto add_assumption(Transaction& tx, const World& world, const Account& admin,
                    const Account& engineer, const SessionRow& session) -> AssumptionId {
    auto token =
        access::generate_token(random_id<TokenHandle>(world.random, "tok_"), admin.organization, {},
                               access::Validity::lifetime(), world.now, {admin.user, "Ana Reis"});
    (void)add_token(tx, world, token);
    StoredAssumption stored;
    stored.engineer_organization = engineer.organization;
    stored.session = session.id;
    stored.assumption.id = random_id<AssumptionId>(world.random, "asm_");
    stored.assumption.organization = admin.organization;
    stored.assumption.token = token.handle;
    stored.assumption.engineer.id = engineer.user;
    stored.assumption.started_at = world.now;
    stored.assumption.ends_at =
        access::assumption_ends_at(token, world.now, world.now + session_longest);
    insert_assumption(tx, stored);
    return stored.assumption.id;
}

auto add_sessions(Store& store, const World& world, const Account& admin, const Account& engineer,
                  Seeded& seeded) -> Result<void, std::string> {
    auto tx = store.write();
    if (!tx) return failed(tx.error().message);
    (*tx)->enter(admin.organization.value);
    (*tx)->enter(engineer.organization.value);
    (void)add_session(**tx, world, admin, seeded.admin_cookie);
    (void)add_session(**tx, world, engineer, seeded.idle_engineer_cookie);
    const auto session = add_session(**tx, world, engineer, seeded.engineer_cookie);
    seeded.assumption = add_assumption(**tx, world, admin, engineer, session);
    if (auto done = (*tx)->finish(); !done) return failed(done.error().message);
    return {};
}

}  // namespace

auto seed(Store& store, const World& world, long long tokens) -> Result<Seeded, std::string> {
    const auto admin =
        add_account(store, world, "Aurora Hotels", access::Role::Admin, "Ana Reis", admin_email);
    if (!admin) return message_of(admin.error());
    const auto engineer = add_account(store, world, "NetCare Support", access::Role::NetworkAdmin,
                                      "Sam Ortiz", engineer_email);
    if (!engineer) return message_of(engineer.error());
    const auto networks = add_demo_networks(store, world, admin->organization, "Aurora Hotels");
    if (!networks) return failed(networks.error());
    Seeded seeded;
    if (auto added = add_sessions(store, world, *admin, *engineer, seeded); !added) {
        return failed(added.error());
    }
    if (auto added = add_tokens(store, world, *admin, tokens, seeded.token_ids); !added) {
        return failed(added.error());
    }
    return seeded;
}

}  // namespace pcc::bench
