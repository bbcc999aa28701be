// Opens and closes the event stream.
// Layer: web/platform. Whether to try again is for the app to say.
#include "web/platform/events.hpp"

#include <emscripten.h>

#include "core/api/endpoint.hpp"
#include "web/platform/bridge.hpp"
#include "web/platform/frames.hpp"

extern "C" {
void pcc_events_open(const char* head, std::size_t head_length);
void pcc_events_close();
}

namespace pcc::platform {

void carry_out(const app::OpenEvents& open) {
    std::string head =
        "GET\n" + api::endpoint_target(api::GetEvents{}) + "\nAccept: text/event-stream";
    if (!open.assumption.empty()) {
        head += '\n' + std::string(api::header_name::assumption) + ": " + open.assumption.value;
    }
    pcc_events_open(head.data(), head.size());
}

void carry_out(const app::CloseEvents&) {
    pcc_events_close();
}

}  // namespace pcc::platform

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_events_opened() {
    pcc::platform::work_unasked(pcc::app::EventsOpened{});
}

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_events_arrived(std::size_t name, std::size_t data) {
    pcc::platform::LeftTexts texts;
    auto event = pcc::app::EventArrived{texts.take(name), {}};
    event.data = texts.take(data);
    pcc::platform::work_unasked(std::move(event));  // most are pings
}

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_events_closed(int status) {
    pcc::platform::post(pcc::app::EventsClosed{status});
}
