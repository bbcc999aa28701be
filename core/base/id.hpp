// Strong identifiers: an organization's id is never passed where a token's handle is meant.
// Layer: base. Says nothing of how an identifier is made or stored.
#pragma once

#include <string>
#include <utility>

namespace pcc {

template <class Tag>
struct Id {
    std::string value;

    Id() = default;
    explicit Id(std::string text) : value(std::move(text)) {}

    auto empty() const -> bool { return value.empty(); }
    friend auto operator==(const Id& a, const Id& b) -> bool { return a.value == b.value; }
    friend auto operator!=(const Id& a, const Id& b) -> bool { return a.value != b.value; }
    friend auto operator<(const Id& a, const Id& b) -> bool { return a.value < b.value; }
};

using OrganizationId = Id<struct OrganizationTag>;  // org_...
using UserId = Id<struct UserTag>;                  // usr_...
using SessionId = Id<struct SessionTag>;            // ses_..., the row's name, never the cookie
using TokenHandle = Id<struct TokenTag>;            // tok_..., public; the Token ID is a Secret
using AssumptionId = Id<struct AssumptionTag>;      // asm_...
using NetworkId = Id<struct NetworkTag>;            // net_...
using AccessPointId = Id<struct AccessPointTag>;    // ap_...
using SsidId = Id<struct SsidTag>;                  // ssid_...
using AuditEventId = Id<struct AuditEventTag>;      // evt_...

}  // namespace pcc
