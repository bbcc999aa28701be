#include "server/accounts.hpp"

#include <functional>

#include "core/api/text.hpp"
#include "server/crypto/keys.hpp"
#include "server/crypto/passwords.hpp"
#include "server/crypto/random.hpp"
#include "server/retry.hpp"
#include "server/store/audit.hpp"
#include "server/store/networks.hpp"
#include "server/store/organizations.hpp"
#include "server/store/store.hpp"
#include "server/store/users.hpp"

namespace pcc::server {
namespace {

using Fault = AccountError::Fault;

auto refuse_account(Fault fault, std::string message) -> tl::unexpected<AccountError> {
    return failed(AccountError{fault, std::move(message)});
}

auto store_fault(const StoreError& error) -> tl::unexpected<AccountError> {
    if (error.kind == StoreError::Kind::Constraint) {
        return refuse_account(Fault::Store,
                              "Something this belongs to is not there, so nothing was kept.");
    }
    return refuse_account(Fault::Store, error.message);
}

using Act = std::function<void(Transaction&)>;

auto keep_once(Store& store, const World& world, const OrganizationId& organization, const Act& act)
    -> Result<void, StoreError> {
    auto tx = store.write();
    if (!tx) return failed(std::move(tx.error()));
    hold_organization(**tx, organization);
    act(**tx);
    store.keep_mark(**tx, store.decide_at(**tx, world.now));
    return (*tx)->finish();
}

/// Runs the act on an organization in a transaction and keeps what it did, all or nothing.
auto keep(Store& store, const World& world, const OrganizationId& organization, const Act& act)
    -> Made<void> {
    const auto kept =
        with_retries(world.random, [&] { return keep_once(store, world, organization, act); });
    if (!kept) return store_fault(kept.error());
    return {};
}

auto clean_name(const std::string& name, std::string_view what) -> Made<std::string> {
    auto clean = api::clean_text(name, api::longest_name);
    if (!clean) {
        return refuse_account(Fault::NameInvalid,
                              api::explain(clean.error(), what, api::longest_name));
    }
    return std::move(*clean);
}

/// An entry of the installation itself, which nobody is signed in to.
auto entry_of(const World& world, const OrganizationId& organization, std::string action,
              std::string target, std::string summary) -> AuditEntry {
    AuditEntry entry;
    entry.organization = organization;
    entry.event.id = random_id<AuditEventId>(world.random, "evt_");
    entry.event.at = world.now;
    entry.event.actor = {UserId(), "Installation", std::string()};
    entry.event.action = std::move(action);
    entry.event.target = std::move(target);
    entry.event.summary = std::move(summary);
    return entry;
}

/// An address as people have them: one `@` with something before it and a dotted name after it.
auto is_email(const std::string& text) -> bool {
    const auto at = text.find('@');
    if (at == std::string::npos || at == 0 || text.find('@', at + 1) != std::string::npos) {
        return false;
    }
    const auto dot = text.find('.', at);
    return dot != std::string::npos && dot > at + 1 && dot + 1 < text.size() &&
           text.find_first_of(" \t,;<>()\"") == std::string::npos;
}

auto clean_email(const std::string& email) -> Made<std::string> {
    auto clean = api::clean_text(email, api::longest_email);
    if (!clean || !is_email(*clean)) {
        return refuse_account(Fault::EmailInvalid, "\"" + email +
                                                       "\" is no e-mail address. Give one such as "
                                                       "ana@example.com.");
    }
    return std::move(*clean);
}

auto hash_password(const World& world, const Secret& password) -> Made<std::string> {
    const auto length = api::code_point_count(password.reveal());
    if (length < api::shortest_password || length > api::longest_password ||
        !api::is_utf8(password.reveal())) {
        return refuse_account(Fault::PasswordInvalid,
                              "A password has " + std::to_string(api::shortest_password) + " to " +
                                  std::to_string(api::longest_password) +
                                  " characters. Several words in a row are easy to remember.");
    }
    auto hash = world.passwords.hash(password);
    if (!hash) {
        return refuse_account(Fault::Busy,
                              "The password could not be hashed: this machine lacks the memory "
                              "or the time at the moment. Try again.");
    }
    return std::move(*hash);
}

auto user_of(const World& world, const NewUser& wanted) -> Made<User> {
    auto name = clean_name(wanted.name, "A person's name");
    if (!name) return failed(name.error());
    auto email = clean_email(wanted.email);
    if (!email) return failed(email.error());
    auto hash = hash_password(world, wanted.password);
    if (!hash) return failed(hash.error());
    User user;
    user.id = random_id<UserId>(world.random, "usr_");
    user.organization = wanted.organization;
    user.name = std::move(*name);
    user.email = std::move(*email);
    user.role = wanted.role;
    user.reach = wanted.reach;
    user.password_hash = std::move(*hash);
    return user;
}

}  // namespace

auto create_organization(Store& store, const World& world, const std::string& name)
    -> Made<OrganizationId> {
    const auto clean = clean_name(name, "The name of an organization");
    if (!clean) return failed(clean.error());
    const auto id = random_id<OrganizationId>(world.random, "org_");
    const auto kept = keep(store, world, id, [&](Transaction& tx) {
        insert_organization(tx, {id, *clean, world.now, 0});
        append_audit(tx, entry_of(world, id, "organization.created", id.value,
                                  "Created the organization " + *clean));
    });
    if (!kept) return failed(kept.error());
    return id;
}

auto create_user(Store& store, const World& world, const NewUser& wanted) -> Made<UserId> {
    const auto user = user_of(world, wanted);
    if (!user) return failed(user.error());
    bool taken = false;
    const auto kept = keep(store, world, user->organization, [&](Transaction& tx) {
        taken = find_user_by_email(tx, user->email).has_value();
        if (taken) return;
        insert_user(tx, *user, world.now);
        append_audit(tx, entry_of(world, user->organization, "user.created", user->id.value,
                                  "Added " + user->name + " as " + access::role_label(user->role)));
    });
    if (!kept) return failed(kept.error());
    if (taken) {
        return refuse_account(Fault::EmailTaken, "Somebody signs in with " + user->email +
                                                     " already. Give another e-mail address.");
    }
    return user->id;
}

auto add_network(Store& store, const World& world, const NewNetwork& wanted) -> Made<NetworkId> {
    const auto name = clean_name(wanted.name, "A network name");
    if (!name) return failed(name.error());
    api::Network network;
    network.id = random_id<NetworkId>(world.random, "net_");
    network.name = *name;
    network.tags = wanted.tags;
    network.updated_at = world.now;
    const auto kept = keep(store, world, wanted.organization, [&](Transaction& tx) {
        insert_network(tx, wanted.organization, network);
        append_audit(tx, entry_of(world, wanted.organization, "network.created", network.id.value,
                                  "Added the network " + network.name));
    });
    if (!kept) return failed(kept.error());
    return network.id;
}

auto add_access_point(Store& store, const World& world, const NewAccessPoint& wanted)
    -> Made<AccessPointId> {
    const auto name = clean_name(wanted.name, "The name of an access point");
    if (!name) return failed(name.error());
    api::AccessPoint point;
    point.id = random_id<AccessPointId>(world.random, "ap_");
    point.network = wanted.network;
    point.name = *name;
    point.model = wanted.model;
    point.mac = wanted.mac;
    point.state = wanted.online ? api::AccessPointState::Online : api::AccessPointState::Offline;
    point.client_count = wanted.client_count;
    const auto kept = keep(store, world, wanted.organization, [&](Transaction& tx) {
        insert_access_point(tx, wanted.organization, point);
    });
    if (!kept) return failed(kept.error());
    return point.id;
}

auto add_ssid(Store& store, const World& world, const NewSsid& wanted) -> Made<SsidId> {
    const auto name = clean_name(wanted.name, "An SSID");
    if (!name) return failed(name.error());
    api::Ssid ssid;
    ssid.id = random_id<SsidId>(world.random, "ssid_");
    ssid.network = wanted.network;
    ssid.name = *name;
    ssid.enabled = wanted.enabled;
    ssid.security = wanted.security;
    const auto kept = keep(store, world, wanted.organization, [&](Transaction& tx) {
        insert_ssid(tx, wanted.organization, ssid, world.now);
    });
    if (!kept) return failed(kept.error());
    return ssid.id;
}

auto has_organizations(Store& store) -> Made<bool> {
    auto tx = store.read();
    if (!tx) return store_fault(tx.error());
    (*tx)->enter_all();
    const bool any = count_organizations(**tx) > 0;
    if (auto finished = (*tx)->finish(); !finished) return store_fault(finished.error());
    return any;
}

}  // namespace pcc::server
