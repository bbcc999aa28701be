// Turns requests into calls of the page and its answers into messages.
// Layer: web/platform. Does not read bodies.
#include "web/platform/fetch.hpp"

#include <algorithm>

#include <emscripten.h>

#include "web/platform/bridge.hpp"
#include "web/platform/frames.hpp"

extern "C" {
void pcc_fetch_send(std::uint32_t id, const char* head, std::size_t head_length, const char* body,
                    std::size_t body_length);
void pcc_fetch_abort(std::uint32_t id);
}

namespace pcc::platform {

auto read_header_lines(const std::string& lines) -> api::Headers {
    api::Headers headers;
    std::size_t at = 0;
    while (at < lines.size()) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        const std::size_t colon = lines.find(": ", at);
        if (colon < end) {
            headers.emplace_back(lines.substr(at, colon - at),
                                 lines.substr(colon + 2, end - colon - 2));
        }
        at = end + 1;
    }
    return headers;
}

void carry_out(const app::SendHttp& send) {
    std::string head(api::method_name(send.request.method));
    head += '\n' + send.request.target;
    for (const auto& [name, value] : send.request.headers)
        head += '\n' + name + ": " + value;
    const auto& body = send.request.body;
    pcc_fetch_send(send.id, head.data(), head.size(), body.data(), body.size());
}

void carry_out(const app::AbortHttp& abort) {
    pcc_fetch_abort(abort.id);
}

}  // namespace pcc::platform

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_fetch_replied(std::uint32_t id, int status,
                                                       std::size_t headers, std::size_t body) {
    using namespace pcc;
    platform::LeftTexts texts;
    api::HttpResponse response;
    response.status = status;
    response.headers = platform::read_header_lines(texts.take(headers));
    response.body = texts.take(body);
    platform::post(app::HttpReplied{id, std::move(response)});
}

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_fetch_failed(std::uint32_t id) {
    pcc::platform::post(pcc::app::HttpFailed{id});
}
