#include "server/handle.hpp"

#include <type_traits>
#include <utility>

#include "core/api/endpoint.hpp"
#include "server/call.hpp"
#include "server/routes/routes.hpp"

namespace pcc::server {
namespace {

namespace code = api::code;

constexpr std::size_t largest_body = 64 * 1024;  // Units: bytes

template <class T, class... Others>
inline constexpr bool is_one_of = (std::is_same_v<T, Others> || ...);

template <class Ask>
constexpr auto mode_of() -> Mode {
    // Most look at a token that is there; a guess has to be counted.
    if (std::is_same_v<Ask, api::PostPreflight>) return Mode::ReadFirst;
    return is_one_of<Ask, api::GetSession, api::GetOrganization, api::GetPolicy, api::GetTokens,
                     api::GetToken, api::GetAssumptions, api::GetNetworks, api::GetNetwork,
                     api::GetAccessPoints, api::GetAudit, api::GetEvents>
               ? Mode::Read
               : Mode::Write;
}

/// Leaving has to work from a tab whose assumption is over.
template <class Ask>
constexpr auto assuming_of() -> Assuming {
    return is_one_of<Ask, api::DeleteSession, api::DeleteAssumption> ? Assuming::MayHaveEnded
                                                                     : Assuming::MustLive;
}

auto dispatch(const Exchange& exchange, const api::Endpoint& endpoint) -> Outcome {
    return std::visit(
        [&exchange](const auto& ask) -> Outcome {
            using Ask = std::decay_t<decltype(ask)>;
            if constexpr (std::is_same_v<Ask, api::PostSession>) {
                return sign_in(exchange);
            } else if constexpr (std::is_same_v<Ask, api::RevealToken>) {
                return reveal_token(exchange, ask.handle);
            } else {
                const auto foresight = [&ask](const Call& call, const access::Actor& actor) {
                    foresee(call, actor, ask);
                };
                return run_signed_in(
                    exchange, mode_of<Ask>(), assuming_of<Ask>(),
                    [&ask](Call& call) { return answer(call, ask); }, foresight);
            }
        },
        endpoint);
}

auto allowed_methods(std::string_view target) -> std::string {
    std::string allowed;
    for (const auto method : api::methods_of(target)) {
        if (!allowed.empty()) allowed += ", ";
        allowed += api::method_name(method);
    }
    return allowed;
}

auto code_of(api::EndpointError error) -> std::string_view {
    switch (error) {
        case api::EndpointError::PathMalformed: return code::path_malformed;
        case api::EndpointError::NotFound: return code::not_found;
        case api::EndpointError::MethodNotAllowed: return code::method_not_allowed;
        case api::EndpointError::QueryInvalid: return code::query_invalid;
    }
    return code::not_found;
}

/// What is asked before anybody is known: the path, the size, where it comes from, and its type.
auto admit(const Exchange& exchange) -> Checked<api::Endpoint> {
    const auto& request = exchange.arrival.http;
    const auto& asked = exchange.arrival.asked;
    auto endpoint = asked ? *asked : api::parse_endpoint(request.method, request.target);
    if (!endpoint) return refuse(code_of(endpoint.error()));
    if (request.body.size() > largest_body) return refuse(code::body_too_large);
    if (request.method == api::Method::Get) return std::move(*endpoint);
    if (auto checked = check_origin(request, exchange.world.secure_cookies); !checked) {
        return failed(std::move(checked.error()));
    }
    if (auto checked = check_media_type(request); !checked) {
        return failed(std::move(checked.error()));
    }
    return std::move(*endpoint);
}

auto answer_exchange(const Exchange& exchange) -> Outcome {
    auto endpoint = admit(exchange);
    if (!endpoint) return {failed(std::move(endpoint.error())), {}, {}};
    return dispatch(exchange, *endpoint);
}

void add_headers(api::HttpResponse& response, const Exchange& exchange) {
    put_stamp(response, exchange.arrival.request_id, exchange.store.about(exchange.world.now));
    if (response.status == 405) {
        response.headers.emplace_back("Allow", allowed_methods(exchange.arrival.http.target));
    }
}

}  // namespace

void put_stamp(api::HttpResponse& response, const std::string& request_id, Instant now) {
    auto& headers = response.headers;
    headers.emplace_back(api::header_name::request_id, request_id);
    headers.emplace_back("Cache-Control", "no-store");
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back(api::header_name::time, std::to_string(millis_since_epoch(now)));
}

auto act_of(const std::string& request_id, const api::Event& event) -> std::string {
    auto act = request_id + '\n' + event.name + '\n' + event.token.value;
    if (event.name.rfind("assumption.", 0) == 0) act += '\n' + event.assumption.value;
    return act;
}

auto handle(const Arrival& arrival, Store& store, const World& world) -> Reply {
    const Exchange exchange{arrival, store, world};
    auto outcome = answer_exchange(exchange);
    Reply reply;
    reply.noted = std::move(outcome.noted);
    reply.is_look = reply.noted.acts.empty();
    if (outcome.answer) {
        reply.response = std::move(*outcome.answer);
        reply.notices = std::move(outcome.notices);
        for (auto& notice : reply.notices)
            notice.act = act_of(arrival.request_id, notice.event);
        reply.subscription = std::move(outcome.subscription);
    } else {
        auto error = std::move(outcome.answer.error());
        error.request_id = arrival.request_id;
        reply.response = problem_response(error);
    }
    add_headers(reply.response, exchange);
    return reply;
}

}  // namespace pcc::server
