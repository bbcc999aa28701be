#include "server/demo/visitor.hpp"

#include "core/api/codec.hpp"
#include "server/crypto/random.hpp"

namespace pcc::server {

auto Visitor::send(Moment& moment, const api::Endpoint& call, std::string body)
    -> api::HttpResponse {
    Arrival arrival;
    arrival.http.method = api::endpoint_method(call);
    arrival.http.target = api::endpoint_target(call);
    arrival.http.body = std::move(body);
    auto& headers = arrival.http.headers;
    if (!arrival.http.body.empty()) headers.emplace_back("content-type", "application/json");
    if (!cookie_.empty()) headers.emplace_back("cookie", cookie_);
    if (!csrf_.empty()) headers.emplace_back(api::header_name::csrf, csrf_);
    if (!assumption_.empty()) {
        headers.emplace_back(api::header_name::assumption, assumption_.value);
    }
    arrival.ip = "127.0.0.1";
    arrival.request_id = random_name(moment.world.random, "req_");
    return handle(arrival, moment.store, moment.world).response;
}

auto Visitor::sign_in(Moment& moment) -> bool {
    cookie_.clear();
    csrf_.clear();
    assumption_ = {};
    const auto answer =
        send(moment, api::PostSession{}, api::encode_sign_in({account_.email, account_.password}));
    const auto session = api::decode_session(answer.body);
    if (answer.status != 200 || !session) return false;
    const auto set_cookie = api::header(answer.headers, "Set-Cookie");
    cookie_ = set_cookie.substr(0, set_cookie.find(';'));
    csrf_ = session->csrf;
    return true;
}

auto Visitor::generate(Moment& moment, access::Validity validity)
    -> std::optional<api::GeneratedToken> {
    const auto answer = send(moment, api::PostToken{}, api::encode_generate_token({validity}));
    auto generated = api::decode_generated_token(answer.body);
    if (answer.status != 201 || !generated) return std::nullopt;
    return *generated;
}

auto Visitor::expire(Moment& moment, const TokenHandle& token) -> bool {
    return send(moment, api::ExpireToken{token}, {}).status == 200;
}

auto Visitor::assume(Moment& moment, const Secret& token_id) -> bool {
    const auto answer = send(moment, api::PostAssumption{}, api::encode_token_id(token_id));
    const auto assumption = api::decode_assumption(answer.body);
    if (answer.status != 201 || !assumption) return false;
    assumption_ = assumption->id;
    return true;
}

auto Visitor::go_back(Moment& moment) -> bool {
    const auto assumption = assumption_;
    const bool done = send(moment, api::DeleteAssumption{assumption}, {}).status == 204;
    assumption_ = {};
    return done;
}

auto Visitor::sign_out(Moment& moment) -> bool {
    return send(moment, api::DeleteSession{}, {}).status == 204;
}

}  // namespace pcc::server
