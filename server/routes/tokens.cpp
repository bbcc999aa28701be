// The Generated Tokens List: generating, listing, expiring and deleting.
// Layer: server. Rules are asked of core/access; viewing the Token ID is in reveal.cpp.
#include "server/store/tokens.hpp"

#include "core/api/codec.hpp"
#include "server/cursor.hpp"
#include "server/endings.hpp"
#include "server/idempotency.hpp"
#include "server/routes/routes.hpp"

namespace pcc::server {
namespace {

namespace code = api::code;

constexpr std::string_view generate_call = "token.generate";

auto find_listed_token(Call& call, const TokenHandle& handle) -> Checked<StoredToken> {
    auto stored = find_token(call.tx, call.caller.organization(), handle, call.now());
    if (!stored || stored->deleted_at) return refuse(code::not_found);
    return std::move(*stored);
}

auto cursor_scope(const Call& call, const api::TokenQuery& query) -> CursorScope {
    return {"tokens", call.caller.organization().value,
            std::to_string(static_cast<int>(query.state)),
            std::to_string(static_cast<int>(query.sort)), query.search};
}

auto generated_response(Call& call, const access::AccessToken& token, Secret token_id) -> Answer {
    return json_response(201,
                         api::encode_generated_token({token, std::move(token_id)}, call.now()));
}

/// The answer that the same request had before, as long as the token still lives.
auto generated_before(Call& call, const TokenHandle& handle) -> Answer {
    const auto stored = find_listed_token(call, handle);
    if (!stored || !access::is_active(stored->token, call.now())) {
        return refuse(code::token_ended,
                      "This token was generated already and has ended since. Generate a new one.");
    }
    auto token_id = call.keys().open(stored->sealed, stored->token.organization, handle);
    if (!token_id) return refuse(code::unavailable);
    return generated_response(call, stored->token, std::move(*token_id));
}

auto validity_in(const Call& call) -> Checked<access::Validity> {
    const auto given = api::decode_generate_token(call.request().body);
    if (!given) return refuse(given.error());
    if (!access::is_offered(given->validity)) {
        return refuse(code::validity_not_allowed, {}, "validity");
    }
    return given->validity;
}

auto generate(Call& call, access::Validity validity, const Repetition& repetition) -> Answer {
    const auto& organization = call.caller.organization();
    const auto token_id = random_token_id(call.random());
    const auto handle = random_id<TokenHandle>(call.random(), "tok_");
    const auto token = access::generate_token(handle, organization, access::token_id_hint(token_id),
                                              validity, call.now(), call.caller.person());
    write_run_out(call.tx, organization, call.now());
    insert_token(call.tx, token, call.keys().token_lookup(token_id),
                 call.keys().seal(token_id, organization, handle, call.random()));
    keep_repetition(call, repetition, generate_call, handle.value);
    record(call, {"token.generated", handle.value,
                  "Generated a token, " + access::validity_label(validity), handle});
    tell_admins(call, organization, "token.generated", handle);
    return generated_response(call, token, token_id.text());
}

/// Ends whoever acts under a token that was just ended by hand.
void end_all_under(Call& call, const std::vector<StoredAssumption>& live,
                   access::EndReason reason) {
    end_assumptions(call, live, access::assumption_end_for(reason));
}

}  // namespace

auto answer(Call& call, const api::GetTokens& ask) -> Answer {
    if (const auto may = access::can_list_tokens(call.caller.actor); !may)
        return refuse(may.error());
    const auto scope = cursor_scope(call, ask.query);
    const auto start = read_cursor(call.keys(), scope, ask.query.cursor, call.now());
    if (!start) return failed(start.error());
    auto slice = list_tokens(call.tx, call.caller.organization(), ask.query, *start, call.now());
    api::Page<access::AccessToken> page;
    page.total = slice.total;
    page.next = make_cursor(call.keys(), scope, slice.next, call.now());
    page.items = std::move(slice.items);
    return json_response(200, api::encode_tokens(page, call.now()));
}

auto answer(Call& call, const api::PostToken&) -> Answer {
    if (const auto may = access::can_generate(call.caller.actor); !may) return refuse(may.error());
    const auto validity = validity_in(call);
    if (!validity) return failed(validity.error());
    const auto repetition = find_repetition(call, generate_call);
    if (!repetition) return failed(repetition.error());
    if (repetition->made_id) return generated_before(call, TokenHandle(*repetition->made_id));
    return generate(call, *validity, *repetition);
}

auto answer(Call& call, const api::GetToken& ask) -> Answer {
    if (const auto may = access::can_list_tokens(call.caller.actor); !may)
        return refuse(may.error());
    const auto stored = find_listed_token(call, ask.handle);
    if (!stored) return failed(stored.error());
    return json_response(200, api::encode_token(stored->token, call.now()));
}

auto answer(Call& call, const api::ExpireToken& ask) -> Answer {
    if (const auto may = access::can_expire(call.caller.actor); !may) return refuse(may.error());
    const auto stored = find_listed_token(call, ask.handle);
    if (!stored) return failed(stored.error());
    if (!access::is_active(stored->token, call.now())) {
        return json_response(200, api::encode_token(stored->token, call.now()));
    }
    const auto live =
        live_assumptions_of_token(call.tx, stored->token.organization, ask.handle, call.now());
    auto ended = access::end_token(stored->token, access::EndReason::Expired, call.caller.person(),
                                   call.now());
    write_token_end(call.tx, ended);
    ended.live_count = 0;
    record(call,
           {"token.expired", ask.handle.value, "Expired the token " + ended.hint, ask.handle});
    end_all_under(call, live, access::EndReason::Expired);
    tell_admins(call, ended.organization, "token.expired", ask.handle);
    return json_response(200, api::encode_token(ended, call.now()));
}

auto answer(Call& call, const api::DeleteToken& ask) -> Answer {
    if (const auto may = access::can_delete(call.caller.actor); !may) return refuse(may.error());
    const auto stored = find_token(call.tx, call.caller.organization(), ask.handle, call.now());
    if (!stored) return refuse(code::not_found);
    if (stored->deleted_at) return no_content();
    const auto& token = stored->token;
    const auto live =
        live_assumptions_of_token(call.tx, token.organization, ask.handle, call.now());
    if (access::is_active(token, call.now())) {
        write_token_end(call.tx, access::end_token(token, access::EndReason::Deleted,
                                                   call.caller.person(), call.now()));
    }
    write_token_deleted(call.tx, token, call.now());
    record(call,
           {"token.deleted", ask.handle.value, "Deleted the token " + token.hint, ask.handle});
    end_all_under(call, live, access::EndReason::Deleted);
    tell_admins(call, token.organization, "token.deleted", ask.handle);
    return no_content();
}

}  // namespace pcc::server
