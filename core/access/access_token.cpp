#include "core/access/access_token.hpp"

#include <algorithm>
#include <utility>

namespace pcc::access {

auto generate_token(TokenHandle handle, OrganizationId organization, std::string hint,
                    Validity validity, Instant generated_at, Person generated_by) -> AccessToken {
    AccessToken token;
    token.handle = std::move(handle);
    token.organization = std::move(organization);
    token.hint = std::move(hint);
    token.validity = validity;
    token.generated_at = generated_at;
    token.expires_at = expiry_of(validity, generated_at);
    token.generated_by = std::move(generated_by);
    return token;
}

auto end_of(const AccessToken& token, Instant now) -> std::optional<TokenEnd> {
    if (token.ended) return token.ended;
    if (token.expires_at && now >= *token.expires_at) {
        return TokenEnd{*token.expires_at, std::nullopt, EndReason::Time};
    }
    return std::nullopt;
}

auto state_of(const AccessToken& token, Instant now) -> TokenState {
    return is_active(token, now) ? TokenState::Active : TokenState::Expired;
}

auto is_active(const AccessToken& token, Instant now) -> bool {
    return !token.ended && (!token.expires_at || now < *token.expires_at);
}

auto time_left(const AccessToken& token, Instant now) -> std::optional<Millis> {
    if (!is_active(token, now)) return Millis{0};
    if (!token.expires_at) return std::nullopt;
    return *token.expires_at - now;
}

auto fraction_left(const AccessToken& token, Instant now) -> std::optional<double> {
    if (!token.expires_at) return std::nullopt;
    const auto whole = *token.expires_at - token.generated_at;
    const auto left = time_left(token, now).value_or(Millis{0});
    if (whole <= Millis{0}) return 0.0;
    return std::min(1.0, static_cast<double>(left.count()) / static_cast<double>(whole.count()));
}

auto end_token(AccessToken token, EndReason reason, Person by, Instant now) -> AccessToken {
    if (is_active(token, now) && reason != EndReason::Time) {
        token.ended = TokenEnd{now, std::move(by), reason};
    }
    return token;
}

auto end_reason_wire(EndReason reason) -> std::string {
    switch (reason) {
        case EndReason::Time: return "time";
        case EndReason::Expired: return "expired";
        case EndReason::Deleted: return "deleted";
    }
    return {};
}

auto parse_end_reason(std::string_view wire) -> std::optional<EndReason> {
    for (const auto reason : {EndReason::Time, EndReason::Expired, EndReason::Deleted}) {
        if (end_reason_wire(reason) == wire) return reason;
    }
    return std::nullopt;
}

}  // namespace pcc::access
