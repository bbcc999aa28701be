#include "server/demo/seed.hpp"

#include <map>
#include <system_error>

#include "server/accounts.hpp"
#include "server/cli/data_folder.hpp"
#include "server/demo/demo_networks.hpp"
#include "server/demo/visitor.hpp"
#include "server/files.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;

constexpr hours beginning{24 * 83};  // how long ago the organizations came to be

// What every step of the seeding needs.
struct Seeding {
    Store& store;
    const World& present;
    const std::vector<DemoAccount>& accounts;

    // The world as it was `ago` before now. Steps have to be taken from the oldest to the newest.
    auto at(Millis ago) const -> Moment {
        return Moment{store, World{present.now - ago, present.random, present.passwords,
                                   present.keys, false}};
    }
    auto visitor(std::string_view first_name) const -> Visitor {
        for (const auto& account : accounts) {
            if (account.name.substr(0, first_name.size()) == first_name) return Visitor(account);
        }
        return Visitor(accounts.front());
    }
};

// The first two networks are within reach of those who do not reach all.
auto reach_of(access::Role role, const std::vector<NetworkId>& networks) -> access::NetworkReach {
    access::NetworkReach reach;
    reach.all = role == access::Role::Admin;
    reach.may_write = role != access::Role::Guest;
    for (std::size_t i = 0; !reach.all && i < networks.size() && i < 2; ++i) {
        reach.selected.push_back(networks[i]);
    }
    return reach;
}

struct Place {
    OrganizationId organization;
    std::vector<NetworkId> networks;
};

auto add_people_and_networks(const Seeding& seeding) -> Result<void, std::string> {
    const auto world = seeding.at(beginning).world;
    std::map<std::string, Place> places;
    for (const auto& account : seeding.accounts) {
        auto place = places.find(account.organization);
        if (place == places.end()) {
            const auto organization =
                create_organization(seeding.store, world, account.organization);
            if (!organization) return failed(organization.error().message);
            auto networks =
                add_demo_networks(seeding.store, world, *organization, account.organization);
            if (!networks) return failed(networks.error());
            place = places.emplace(account.organization, Place{*organization, *networks}).first;
        }
        const auto user =
            create_user(seeding.store, world,
                        {place->second.organization, account.role, account.name, account.email,
                         account.password, reach_of(account.role, place->second.networks)});
        if (!user) return failed(user.error().message);
    }
    return {};
}

// Ana signs in, generates one token of each validity, and leaves.
auto generate_all(const Seeding& seeding, Millis ago,
                  const std::vector<access::Validity>& validities,
                  std::vector<api::GeneratedToken>& tokens) -> bool {
    auto moment = seeding.at(ago);
    auto ana = seeding.visitor("Ana");
    if (!ana.sign_in(moment)) return false;
    for (const auto validity : validities) {
        auto token = ana.generate(moment, validity);
        if (!token) return false;
        tokens.push_back(*token);
    }
    return ana.sign_out(moment);
}

// Somebody signs in, works with each token for a while in turn, and leaves.
auto use_all(const Seeding& seeding, std::string_view who, Millis ago,
             const std::vector<const Secret*>& token_ids) -> bool {
    auto visitor = seeding.visitor(who);
    auto moment = seeding.at(ago);
    if (!visitor.sign_in(moment)) return false;
    for (const auto* token_id : token_ids) {
        auto begin = seeding.at(ago);
        ago -= minutes(4);
        auto end = seeding.at(ago);
        if (!visitor.assume(begin, *token_id) || !visitor.go_back(end)) return false;
    }
    auto leaving = seeding.at(ago);
    return visitor.sign_out(leaving);
}

// A token that Ana expired by hand once Sam was done.
auto expire_one_by_hand(const Seeding& seeding) -> bool {
    auto moment = seeding.at(hours(49));
    auto ana = seeding.visitor("Ana");
    if (!ana.sign_in(moment)) return false;
    const auto token = ana.generate(moment, access::Validity::of_hours(2));
    if (!token || !use_all(seeding, "Sam", hours(49) - minutes(12), {&token->token_id}))
        return false;
    auto later = seeding.at(hours(49) - minutes(26));
    return ana.expire(later, token->token.handle) && ana.sign_out(later);
}

auto live_through_weeks(const Seeding& seeding) -> bool {
    const auto h = [](int count) { return access::Validity::of_hours(count); };
    std::vector<api::GeneratedToken> made;
    if (!generate_all(seeding, hours(24 * 82), {access::Validity::lifetime()}, made)) return false;
    if (!generate_all(seeding, hours(24 * 8), {h(8), h(12)}, made)) return false;
    if (!use_all(seeding, "Lee", hours(24 * 8) - hours(1),
                 {&made[0].token_id, &made[1].token_id})) {
        return false;
    }
    if (!expire_one_by_hand(seeding)) return false;
    if (!generate_all(seeding, hours(21), {h(24)}, made)) return false;
    if (!generate_all(seeding, hours(7) + minutes(18), {h(8)}, made)) return false;
    if (!use_all(seeding, "Sam", hours(3), {&made[4].token_id})) return false;
    if (!generate_all(seeding, minutes(18), {h(2)}, made)) return false;
    return use_all(seeding, "Sam", minutes(10), {&made[5].token_id});
}

auto fill(Store& store, const std::vector<DemoAccount>& accounts, const World& present)
    -> Result<void, std::string> {
    const Seeding seeding{store, present, accounts};
    if (auto added = add_people_and_networks(seeding); !added) return added;
    if (!live_through_weeks(seeding)) {
        return failed(std::string("The demo data could not be made: a step of it was refused."));
    }
    return {};
}

// Without syncing: a database that was not finished is thrown away anyway.
auto fill_file(const fs::path& file, const std::vector<DemoAccount>& accounts, const World& present)
    -> Result<void, std::string> {
    auto store = open_sqlite_store(file.string(), present.now - beginning, SqliteOptions{1, false});
    if (!store) return failed(explain(store.error(), {file, {}}));
    return fill(**store, accounts, present);
}

// With the invented time instead of the database's own.
auto fill_shared(const DatabasePlace& place, const std::vector<DemoAccount>& accounts,
                 const World& present) -> Result<void, std::string> {
    auto store = open_postgres_store(place.url, present.now - beginning, PostgresOptions{2, false});
    if (!store) return failed(explain(store.error(), place));
    return fill(**store, accounts, present);
}

void remove_database(const fs::path& file) {
    std::error_code ignored;
    for (const auto* ending : {"", "-wal", "-shm", "-journal", ".lock"}) {
        fs::remove(file.string() + ending, ignored);
    }
}

}  // namespace

auto seed_demo(const fs::path& folder, const DatabasePlace& place, const World& present)
    -> Result<void, std::string> {
    const auto accounts = invent_demo_accounts(present.random);
    if (auto kept = keep_demo_accounts(folder, accounts); !kept) return kept;
    if (place.is_shared()) return fill_shared(place, accounts, present);
    const fs::path unfinished = place.file.string() + ".unfinished";
    remove_database(unfinished);
    if (auto filled = fill_file(unfinished, accounts, present); !filled) {
        remove_database(unfinished);
        return filled;
    }
    std::error_code error;
    if (sync_at(unfinished.string())) fs::rename(unfinished, place.file, error);
    const bool done = !error && fs::exists(place.file, error);
    remove_database(unfinished);
    if (!done) return failed("The demo data could not be put into " + place.name() + ".");
    return {};
}

}  // namespace pcc::server
