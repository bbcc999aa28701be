// What the service itself has to say: that it is busy, stopping, or not ready, and why.
// Layer: server/transport. Decides nothing.
#pragma once

#include <string_view>

#include "core/api/http.hpp"
#include "server/health.hpp"

namespace pcc::server {

auto busy_answer() -> api::HttpResponse;
/// Where what was read may be over by now.
auto stalled_answer() -> api::HttpResponse;
auto stopping_answer() -> api::HttpResponse;
/// To all, while the server does not know what has ended: why, and what to do.
auto locked_answer(std::string_view why) -> api::HttpResponse;
/// To whoever asked a trusted proxy without TLS.
auto clear_answer() -> api::HttpResponse;
/// The part that is at fault stands in `field`.
auto not_ready_answer(std::string_view part, std::string_view detail) -> api::HttpResponse;
auto unwell_answer(HealthPart part) -> api::HttpResponse;

}  // namespace pcc::server
