// View Token ID: the secret of a living token once more, to an admin who has just shown who they
// are. Layer: server. The password is checked outside any transaction.
#include "core/api/codec.hpp"
#include "server/crypto/passwords.hpp"
#include "server/routes/routes.hpp"
#include "server/store/throttles.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

namespace code = api::code;

struct Reveal {
    TokenHandle handle;
    Secret password;
    bool proven = false;  // the password was given, now or a moment ago
    std::string counter;
    std::string password_hash;
};

auto counter_of(const Call& call) -> std::string {
    // The same counter as at sign-in: this is no second place to guess at.
    return call.keys().throttle_name("sign_in\n" + normal_email(call.caller.user.email));
}

auto find_living_token(Call& call, const TokenHandle& handle) -> Checked<StoredToken> {
    if (const auto may = access::can_reveal(call.caller.actor); !may) return refuse(may.error());
    auto stored = find_token(call.tx, call.caller.organization(), handle, call.now());
    if (!stored || stored->deleted_at) return refuse(code::not_found);
    if (!access::is_active(stored->token, call.now())) {
        return refuse(code::token_ended,
                      "This token has ended, and its Token ID was erased. Generate a new token.");
    }
    return std::move(*stored);
}

/// Whether it may be shown at all, and whether the password is needed first.
auto prepare(const Exchange& exchange, Reveal& reveal) -> Outcome {
    return run_signed_in(
        exchange, Mode::Write, Assuming::MustLive, [&reveal](Call& call) -> Answer {
            const auto token = find_living_token(call, reveal.handle);
            if (!token) return failed(token.error());
            auto given = api::decode_reveal(call.request().body);
            if (!given) return refuse(given.error());
            reveal.password = std::move(*given);
            reveal.proven = call.now() - call.caller.session.proven_at <= password_proof;
            if (reveal.proven) return no_content();
            if (reveal.password.empty()) return refuse(code::password_required);
            reveal.counter = counter_of(call);
            reveal.password_hash = call.caller.user.password_hash;
            const auto wait = blocked_for(call.tx, reveal.counter, call.now());
            if (wait > Millis{0}) return refuse_for(code::rate_limited, wait);
            count_failure(call.tx, sign_in_throttle, reveal.counter, call.now());
            return no_content();
        });
}

auto refuse_password(const Exchange& exchange, const Reveal& reveal) -> Outcome {
    return run_signed_in(
        exchange, Mode::Write, Assuming::MustLive, [&reveal](Call& call) -> Answer {
            call.keeps_refusal = true;
            record(call, {"session.failed", reveal.handle.value,
                          "Gave a wrong password when asking for a Token ID", reveal.handle});
            return refuse(code::password_required, "This is not your password. Try again.",
                          "password");
        });
}

auto give_up(const Exchange& exchange, const Reveal& reveal) -> Outcome {
    return run_open(exchange, Mode::Write, [&reveal](Call& call) -> Answer {
        uncount_failure(call.tx, reveal.counter);
        call.keeps_refusal = true;
        return refuse(code::busy);
    });
}

auto show(const Exchange& exchange, const Reveal& reveal, bool proven_now) -> Outcome {
    return run_signed_in(exchange, Mode::Write, Assuming::MustLive, [&](Call& call) -> Answer {
        const auto stored = find_living_token(call, reveal.handle);
        if (!stored) return failed(stored.error());
        if (proven_now) {
            if (call.caller.user.password_hash != reveal.password_hash) {
                return refuse(code::password_required);
            }
            forget_failures(call.tx, reveal.counter);
            prove_session(call.tx, call.caller.session, call.now());
        }
        const auto token_id =
            call.keys().open(stored->sealed, stored->token.organization, reveal.handle);
        if (!token_id) return refuse(code::unavailable);
        record(call, {"token.revealed", reveal.handle.value,
                      "Viewed the Token ID of " + stored->token.hint, reveal.handle});
        return json_response(200, api::encode_revealed(*token_id));
    });
}

}  // namespace

auto reveal_token(const Exchange& exchange, const TokenHandle& handle) -> Outcome {
    Reveal reveal;
    reveal.handle = handle;
    auto prepared = prepare(exchange, reveal);
    if (!prepared.answer) return prepared;
    if (reveal.proven) return show(exchange, reveal, false);
    const auto right = exchange.world.passwords.verify(reveal.password_hash, reveal.password);
    if (!right) return give_up(exchange, reveal);
    if (!*right) return refuse_password(exchange, reveal);
    return show(exchange, reveal, true);
}

}  // namespace pcc::server
