// What travels over the contract, as plain values.
// Layer: api. No parsing, no paths; rules live in core/access.
#pragma once

#include "core/access/access_token.hpp"
#include "core/access/assumption.hpp"
#include "core/access/policy.hpp"
#include "core/base/id.hpp"
#include "core/base/secret.hpp"
#include "core/base/timestamp.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pcc::api {

template <class T>
struct Page {
    std::vector<T> items;
    std::string next;  // cursor of the next page, empty on the last
    long long total = 0;
};

struct UserRef {
    UserId id;
    std::string email;
    std::string name;
};

struct OrganizationRef {
    OrganizationId id;
    std::string name;
};

struct Session {
    UserRef user;
    OrganizationRef organization;
    access::Role role = access::Role::Guest;
    std::string csrf;
    Instant expires_at;
    std::optional<access::Assumption> assumption;  // when the request named one that lives
};

struct SignIn {
    std::string email;
    Secret password;
};

struct Organization {
    OrganizationId id;
    std::string name;
    Instant created_at;
    long long network_count = 0;
};

struct OrganizationPolicy {
    std::vector<access::Validity> validities;
};

struct GenerateToken {
    access::Validity validity = access::Validity::of_hours(2);
};

/// The one answer that carries the secret of a new token.
struct GeneratedToken {
    access::AccessToken token;
    Secret token_id;
};

/// What a Token ID would open, without using it.
struct Preflight {
    OrganizationRef organization;
    TokenHandle token;
    access::Validity validity = access::Validity::lifetime();
    access::Person granted_by;
    Instant granted_at;
    std::optional<Instant> expires_at;
    Instant would_end_at;  // when an assumption started now would end
    long long network_count = 0;
    bool may_write = true;
};

struct Network {
    NetworkId id;
    std::string name;
    std::vector<std::string> tags;
    long long access_point_count = 0;
    long long access_points_online = 0;
    long long client_count = 0;
    bool may_write = false;  // whether the asker may change it
    Instant updated_at;
};

enum class AccessPointState { Online, Offline, Restarting };

struct AccessPoint {
    AccessPointId id;
    NetworkId network;
    std::string name;
    std::string model;
    std::string mac;
    AccessPointState state = AccessPointState::Offline;
    long long client_count = 0;
    std::optional<Instant> restarted_at;
};

enum class SsidSecurity { Open, Wpa2Personal, Wpa3Personal, Wpa2Enterprise };

struct Ssid {
    SsidId id;
    NetworkId network;
    std::string name;
    bool enabled = false;
    SsidSecurity security = SsidSecurity::Wpa2Personal;
};

/// One network with what is in it. `GET /networks/{id}`.
struct NetworkDetail {
    Network network;
    std::vector<Ssid> ssids;
};

struct ChangeNetwork {
    std::optional<std::string> name;
    std::optional<std::vector<std::string>> tags;
};
struct ChangeSsid {
    std::optional<std::string> name;
    std::optional<bool> enabled;
};

struct AuditActor {
    UserId id;
    std::string name;
    std::string organization;
};

struct AuditEvent {
    AuditEventId id;
    Instant at;
    AuditActor actor;
    std::string on_behalf_of;  // organization name, empty when acting for one's own
    AssumptionId assumption;   // empty outside an assumption
    std::string action;        // `token.generated`
    std::string target;        // handle or id of what was acted on
    std::string summary;       // `Renamed Aurora Porto to Aurora Porto Centro`
    std::string request_id;
    std::string ip;
    std::string hash;
    std::string prev_hash;
};

/// A server-sent event as an open tab hears it.
struct Event {
    std::string name;           // `token.expired`, `assumption.ended`, `session.ended`, `ping`
    TokenHandle token;          // where it concerns one
    AssumptionId assumption;    // where it concerns one
    std::optional<access::Assumption> ended_assumption;  // with `assumption.ended`
    Instant at;
};

// Longest values a field takes. Units: characters (Unicode code points).
inline constexpr std::size_t longest_name = 80;
inline constexpr std::size_t longest_tag = 32;
inline constexpr std::size_t most_tags = 12;
inline constexpr std::size_t longest_email = 254;
inline constexpr std::size_t shortest_password = 15;
inline constexpr std::size_t longest_password = 128;
inline constexpr std::size_t longest_search = 120;

}  // namespace pcc::api
