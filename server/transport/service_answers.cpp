#include "server/transport/service_answers.hpp"

#include "core/api/api_error.hpp"
#include "server/transport/answers.hpp"

namespace pcc::server {

auto busy_answer() -> api::HttpResponse {
    return problem_answer({503, api::code::busy, "The server is busy",
                           "More is going on than it can take. Try again in a few seconds.", 2});
}

auto stalled_answer() -> api::HttpResponse {
    return problem_answer({503, api::code::unavailable, "The server stood still",
                           "What it had read may be over by now. Try again.", 1});
}

auto stopping_answer() -> api::HttpResponse {
    return problem_answer({503, api::code::unavailable, "The server is stopping",
                           "It is being restarted or shut down. Try again in a few seconds.", 2});
}

auto locked_answer(std::string_view why) -> api::HttpResponse {
    return problem_answer({503, "locked", "The server is locked", why, 0});
}

auto clear_answer() -> api::HttpResponse {
    return problem_answer({403, api::code::forbidden, "Only over https",
                           "The request came to the proxy unencrypted. Use https.", 0});
}

auto not_ready_answer(std::string_view part, std::string_view detail) -> api::HttpResponse {
    return problem_answer(
        {503, api::code::unavailable, "The server is not ready", detail, 2, part});
}

auto unwell_answer(HealthPart part) -> api::HttpResponse {
    switch (part) {
        case HealthPart::Database: break;
        case HealthPart::Schema:
            return not_ready_answer(
                "schema", "The database's schema is not one that this program can work with.");
        case HealthPart::Audit:
            return not_ready_answer("audit", "The audit cannot be appended to.");
        case HealthPart::Keys:
            return not_ready_answer("keys", "The keys do not open what they sealed.");
    }
    return not_ready_answer("database", "The database cannot be read and written.");
}

}  // namespace pcc::server
