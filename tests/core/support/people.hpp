// Invented people, organizations and instants that several tests share.
// Layer: tests.
#pragma once

#include <string_view>

#include "core/access/access_token.hpp"
#include "core/access/assumption.hpp"
#include "core/base/timestamp.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::tests {

inline auto at(std::string_view text) -> Instant {
    const auto instant = parse_rfc3339(text);
    REQUIRE(instant.has_value());
    return *instant;
}

inline auto ana() -> access::Person {
    return {UserId("usr_ana"), "Ana Reyes"};
}

inline auto ben() -> access::Person {
    return {UserId("usr_ben"), "Ben Okafor"};
}

inline auto token_of(access::Validity validity, Instant generated) -> access::AccessToken {
    return access::generate_token(TokenHandle("tok_1"), OrganizationId("org_aurora"),
                                  "pcc_7K2M\u2026XWM4", validity, generated, ana());
}

inline auto assumption_from(Instant started, Instant ends) -> access::Assumption {
    access::Assumption assumption;
    assumption.id = AssumptionId("asm_1");
    assumption.organization = OrganizationId("org_aurora");
    assumption.organization_name = "Aurora Hotels";
    assumption.token = TokenHandle("tok_1");
    assumption.engineer = {UserId("usr_sam"), "Sam Ortiz", "sam@netcare.example", "NetCare"};
    assumption.started_at = started;
    assumption.ends_at = ends;
    return assumption;
}

}  // namespace pcc::tests
