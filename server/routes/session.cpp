// Signing in, asking who is signed in, signing out.
// Layer: server. A cookie is made here and nowhere else.
#include "core/api/codec.hpp"
#include "server/crypto/passwords.hpp"
#include "server/endings.hpp"
#include "server/routes/routes.hpp"
#include "server/store/organizations.hpp"
#include "server/store/throttles.hpp"

namespace pcc::server {
namespace {

namespace code = api::code;

struct Attempt {
    api::SignIn given;
    std::string counter;
    std::optional<User> user;
};

auto set_cookie(std::string_view value, bool secure) -> api::Header {
    auto text =
        cookie_name(secure) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Strict";
    if (secure) text += "; Secure";
    if (value.empty()) text += "; Max-Age=0";
    return {"Set-Cookie", text};
}

auto session_value(const Caller& caller, const Keys& keys) -> api::Session {
    api::Session value;
    value.user = {caller.user.id, caller.user.email, caller.user.name};
    value.organization = {caller.user.organization, caller.user.organization_name};
    value.role = caller.user.role;
    value.csrf = csrf_of(caller, keys).reveal();
    value.expires_at = caller.session.expires_at;
    if (caller.assumption) value.assumption = caller.assumption->assumption;
    return value;
}

/// Counts the attempt as failed before the password is looked at: many at once are counted, too.
auto count_attempt(const Exchange& exchange, Attempt& attempt) -> Outcome {
    return run_open(exchange, Mode::Write, [&attempt](Call& call) -> Answer {
        hold_counter(call.tx, sign_in_throttle, attempt.counter, call.now());
        const auto wait = blocked_for(call.tx, attempt.counter, call.now());
        if (wait > Millis{0}) return refuse_for(code::rate_limited, wait);
        count_failure(call.tx, sign_in_throttle, attempt.counter, call.now());
        attempt.user = find_user_by_email(call.tx, attempt.given.email);
        return no_content();
    });
}

auto check_password(const Exchange& exchange, const Attempt& attempt)
    -> Result<bool, PasswordFault> {
    auto& passwords = exchange.world.passwords;
    if (!attempt.user) return passwords.verify_nobody(attempt.given.password);
    return passwords.verify(attempt.user->password_hash, attempt.given.password);
}

auto give_up(const Exchange& exchange, const Attempt& attempt) -> Outcome {
    return run_open(exchange, Mode::Write, [&attempt](Call& call) -> Answer {
        uncount_failure(call.tx, attempt.counter);
        call.keeps_refusal = true;
        return refuse(code::busy);
    });
}

auto refuse_attempt(const Exchange& exchange, const Attempt& attempt) -> Outcome {
    return run_open(exchange, Mode::Write, [&attempt](Call& call) -> Answer {
        call.keeps_refusal = true;
        if (attempt.user) hold_organization(call.tx, attempt.user->organization);
        // Written for nobody, too, so that the answer takes as long.
        touch_failures(call.tx, attempt.counter);
        if (attempt.user) {
            call.caller.user = *attempt.user;
            call.caller.actor.home = attempt.user->organization;
            record(call, {"session.failed", attempt.user->id.value, "Gave a wrong password", {}});
        }
        return refuse(code::sign_in_failed);
    });
}

/// Ends the session whose cookie the browser still sends: it is about to be replaced.
void end_replaced_session(Call& call) {
    const auto claim = claim_of(call.request(), call.exchange.world);
    if (!claim) return;
    auto replaced = authenticate(call.tx, *claim, call.now());
    if (!replaced) return;
    call.caller = std::move(*replaced);
    end_caller_session(call);
}

auto begin_session(Call& call, const Attempt& attempt) -> Answer {
    const auto user = find_user_by_email(call.tx, attempt.given.email);
    if (!user || user->password_hash != attempt.user->password_hash) {
        return refuse(code::sign_in_failed);
    }
    hold_organization(call.tx, user->organization);
    end_replaced_session(call);
    forget_failures(call.tx, attempt.counter);
    const auto cookie = random_secret(call.random());
    SessionRow session;
    session.id = random_id<SessionId>(call.random(), "ses_");
    session.organization = user->organization;
    session.user = user->id;
    session.created_at = session.last_seen_at = session.proven_at = call.now();
    session.expires_at = call.now() + session_longest;
    session.cookie_hash = call.keys().session_hash(cookie);
    insert_session(call.tx, session, session.cookie_hash);
    call.caller = {};
    call.caller.user = *user;
    call.caller.session = session;
    call.caller.cookie = cookie;
    call.caller.actor.home = user->organization;
    record(call, {"session.started", session.id.value, "Signed in", {}});
    auto response = json_response(
        200, api::encode_session(session_value(call.caller, call.keys()), call.now()));
    response.headers.push_back(set_cookie(cookie.reveal(), call.exchange.world.secure_cookies));
    return response;
}

}  // namespace

auto sign_in(const Exchange& exchange) -> Outcome {
    auto given = api::decode_sign_in(exchange.arrival.http.body);
    if (!given) return {refuse(given.error()), {}, {}};
    Attempt attempt{std::move(*given), {}, {}};
    attempt.counter =
        exchange.world.keys.throttle_name("sign_in\n" + normal_email(attempt.given.email));
    if (auto counted = count_attempt(exchange, attempt); !counted.answer) return counted;
    const auto right = check_password(exchange, attempt);
    if (!right) return give_up(exchange, attempt);
    if (!*right) return refuse_attempt(exchange, attempt);
    return run_open(exchange, Mode::Write,
                    [&attempt](Call& call) { return begin_session(call, attempt); });
}

auto answer(Call& call, const api::GetSession&) -> Answer {
    return json_response(200,
                         api::encode_session(session_value(call.caller, call.keys()), call.now()));
}

auto answer(Call& call, const api::DeleteSession&) -> Answer {
    end_caller_session(call);
    auto response = no_content();
    response.headers.push_back(set_cookie({}, call.exchange.world.secure_cookies));
    return response;
}

}  // namespace pcc::server
