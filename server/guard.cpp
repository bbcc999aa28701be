#include "server/guard.hpp"

#include <algorithm>

#include "server/crypto/keys.hpp"
#include "server/store/organizations.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

namespace code = api::code;

auto same_letters(std::string_view a, std::string_view b) -> bool {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [lower](char x, char y) { return lower(x) == lower(y); });
}

auto trim(std::string_view text) -> std::string_view {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

auto count_headers(const api::Headers& headers, std::string_view name) -> long {
    return std::count_if(headers.begin(), headers.end(),
                         [name](const auto& header) { return same_letters(header.first, name); });
}

/// Hands every `name=value` of the Cookie headers to `visit`.
template <class Visit>
void each_cookie(const api::Headers& headers, Visit visit) {
    for (const auto& [name, value] : headers) {
        if (!same_letters(name, "Cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto end = std::min(rest.find(';'), rest.size());
            const auto pair = trim(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos) {
                visit(pair.substr(0, equals), pair.substr(equals + 1));
            }
        }
    }
}

auto actor_of(const User& user) -> access::Actor {
    access::Actor actor;
    actor.user = user.id;
    actor.home = user.organization;
    actor.role = user.role;
    actor.home_reach = user.reach;
    return actor;
}

auto when(Instant at) -> std::string {
    return "on " + format_full(at, utc());
}

/// What remains of an assumption when its token is over without it.
void end_with_token(Transaction& tx, access::Assumption& assumption, Instant now) {
    if (assumption.ended) return;
    const auto token = find_token_life(tx, assumption.organization, assumption.token);
    const auto token_end = token ? access::end_of(*token, now) : std::optional<access::TokenEnd>();
    if (token && !token_end) return;
    access::AssumptionEnd end{now, std::nullopt, access::AssumptionEndReason::TokenExpired};
    if (token_end) {
        end = {token_end->at, token_end->by, access::assumption_end_for(token_end->reason)};
    }
    assumption.ended = end;
}

}  // namespace

auto cookie_name(bool secure) -> std::string {
    return secure ? "__Host-pcc_session" : "pcc_session";
}

auto session_cookie(const api::HttpRequest& request, bool secure) -> Checked<Secret> {
    const auto wanted = cookie_name(secure);
    int found = 0;
    std::string cookie;
    each_cookie(request.headers, [&](std::string_view name, std::string_view value) {
        if (name != wanted) return;
        ++found;
        cookie = value;
    });
    if (found > 1) {
        return refuse(code::not_signed_in,
                      "Your browser sent two sign-ins at once, so none of them counts. Delete the "
                      "cookies of this page, then sign in again.");
    }
    return Secret(std::move(cookie));
}

auto check_origin(const api::HttpRequest& request, bool secure) -> Checked<void> {
    const auto site = api::header(request.headers, "Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin") return refuse(code::csrf_failed);
    if (count_headers(request.headers, "Origin") == 0) return {};
    const auto origin = api::header(request.headers, "Origin");
    const auto host = api::header(request.headers, "Host");
    const auto own = std::string(secure ? "https://" : "http://") + std::string(host);
    const bool one_each = count_headers(request.headers, "Origin") == 1 &&
                          count_headers(request.headers, "Host") == 1;
    if (host.empty() || !one_each || !same_letters(origin, own)) return refuse(code::csrf_failed);
    return {};
}

auto check_media_type(const api::HttpRequest& request) -> Checked<void> {
    const auto type = api::header(request.headers, api::header_name::content_type);
    if (type.empty() && request.body.empty()) return {};
    const auto essence = trim(type.substr(0, type.find(';')));
    if (!same_letters(essence, "application/json")) return refuse(code::media_type_not_supported);
    return {};
}

auto csrf_of(const Caller& caller, const Keys& keys) -> Secret {
    return keys.csrf(caller.cookie, caller.session.cookie_hash);
}

auto check_csrf(const api::HttpRequest& request, const Caller& caller, const Keys& keys)
    -> Checked<void> {
    const Secret given(std::string(api::header(request.headers, api::header_name::csrf)));
    if (!same_secret(given, csrf_of(caller, keys))) return refuse(code::csrf_failed);
    return {};
}

auto claim_of(const api::HttpRequest& request, const World& world) -> Checked<Claim> {
    auto cookie = session_cookie(request, world.secure_cookies);
    if (!cookie) return failed(std::move(cookie.error()));
    if (cookie->empty()) return refuse(code::not_signed_in);
    Claim claim;
    claim.session_hashes = world.keys.session_hashes(*cookie);
    claim.cookie = std::move(*cookie);
    const auto named = count_headers(request.headers, api::header_name::assumption);
    if (named == 0) return claim;
    claim.assumption.emplace();
    const auto id = api::header(request.headers, api::header_name::assumption);
    // What cannot be one is not asked of the database, which may not even take its bytes for text.
    if (named == 1 && api::is_identifier(id, "asm_")) claim.assumption->value = id;
    return claim;
}

void foresee_claim(Transaction& tx, const Claim& claim) {
    if (tx.foresees()) foresee_session_by_cookie(tx, claim.session_hashes);
}

void hold_acting_organization(Transaction& tx, const Claim& claim) {
    if (tx.lock_clause().empty()) return;
    const auto session = find_session_by_cookie(tx, claim.session_hashes);
    if (!session) return;
    tx.enter(session->organization.value);
    const auto acting = organization_of_assumption(tx, claim.assumption.value_or(AssumptionId()));
    hold_organization(tx, acting.value_or(session->organization));
}

auto authenticate(Transaction& tx, const Claim& claim, Instant now) -> Checked<Caller> {
    auto session = find_session_by_cookie(tx, claim.session_hashes);
    if (!session || !is_live(*session, now)) return refuse(code::not_signed_in);
    tx.enter(session->organization.value);
    if (claim.assumption && tx.foresees()) foresee_assumption_of(tx, *session, *claim.assumption);
    auto user = find_user(tx, session->organization, session->user);
    if (!user) return refuse(code::not_signed_in);
    Caller caller;
    caller.actor = actor_of(*user);
    caller.user = std::move(*user);
    caller.session = std::move(*session);
    caller.cookie = claim.cookie;
    return caller;
}

auto current_assumption(Transaction& tx, const AssumptionId& id, Instant now)
    -> std::optional<StoredAssumption> {
    auto stored = find_assumption(tx, id, now);
    if (!stored) return stored;
    tx.enter(stored->assumption.organization.value);
    end_with_token(tx, stored->assumption, now);
    return stored;
}

auto take_up_assumption(Transaction& tx, const Claim& claim, Caller& caller, Instant now,
                        const std::function<void(const access::Actor&)>& about_to_act)
    -> Checked<void> {
    if (!claim.assumption) return {};
    auto found = find_assumption_of(tx, caller.session, *claim.assumption, now);
    if (!found) return refuse(code::assumption_unknown);
    tx.enter(found->organization.value);
    auto acting = caller.actor;
    acting.assumed = found->organization;
    about_to_act(acting);
    end_with_token(tx, *found, now);
    if (!access::is_live(*found, now)) {
        return refuse(code::assumption_ended, explain_end(*found, now));
    }
    const auto& user = caller.user;
    found->engineer = {user.id, user.name, user.email, user.organization_name};
    caller.actor = std::move(acting);
    caller.assumption =
        StoredAssumption{std::move(*found), caller.session.organization, caller.session.id};
    return {};
}

auto explain_end(const access::Assumption& assumption, Instant now) -> std::string {
    const auto end = access::end_of(assumption, now);
    if (!end) return {};
    const auto who = end->by ? end->by->name : std::string("An admin");
    const auto at = when(end->at);
    const auto kept = ". What you changed is kept.";
    switch (end->reason) {
        case access::AssumptionEndReason::Time:
            return "Your time in " + assumption.organization_name + " was over " + at + kept;
        case access::AssumptionEndReason::TokenExpired:
            return who + " expired the token " + at + kept;
        case access::AssumptionEndReason::TokenDeleted:
            return who + " deleted the token " + at + kept;
        case access::AssumptionEndReason::WentBack:
            return "You left " + assumption.organization_name + " " + at + kept;
        case access::AssumptionEndReason::EndedByAdmin:
            return who + " ended your access " + at + kept;
        case access::AssumptionEndReason::SignedOut: return "You were signed out " + at + kept;
    }
    return {};
}

}  // namespace pcc::server
