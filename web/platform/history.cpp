// Writes the address bar; Back and Forward become UrlChanged.
// Layer: web/platform. What an address means is for the app to say.
#include "web/platform/history.hpp"

#include <emscripten.h>

#include "web/platform/bridge.hpp"
#include "web/platform/frames.hpp"

extern "C" {
void pcc_history_write(const char* path, std::size_t length, int replace);
void pcc_history_back();
void pcc_history_remember(const char* assumption, std::size_t length);
std::size_t pcc_history_path();
std::size_t pcc_history_remembered();
}

namespace pcc::platform {

void carry_out(const app::PushUrl& push) {
    pcc_history_write(push.path.data(), push.path.size(), 0);
}

void carry_out(const app::ReplaceUrl& replace) {
    pcc_history_write(replace.path.data(), replace.path.size(), 1);
}

void carry_out(const app::StepBack&) {
    pcc_history_back();
}

void carry_out(const app::RememberAssumption& remember) {
    const auto& id = remember.assumption.value;
    pcc_history_remember(id.data(), id.size());
}

auto current_path() -> std::string {
    const std::size_t length = pcc_history_path();
    return LeftTexts().take(length);
}

auto remembered_assumption() -> AssumptionId {
    const std::size_t length = pcc_history_remembered();
    return AssumptionId(LeftTexts().take(length));
}

}  // namespace pcc::platform

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_history_changed() {
    pcc::platform::post(pcc::app::UrlChanged{pcc::platform::current_path()});
}
