// Turns keys into messages.
// Layer: web/platform. What a key does is for the app to say.
#include "web/platform/keys.hpp"

#include <emscripten.h>

#include "web/platform/frames.hpp"

extern "C" void pcc_keys_listen();

namespace pcc::platform {

void listen_to_keys() {
    pcc_keys_listen();
}

}  // namespace pcc::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void pcc_keys_escape() {
    pcc::platform::post(pcc::app::PressedEscape{});
}

EMSCRIPTEN_KEEPALIVE void pcc_keys_shortcut(int key) {
    pcc::platform::post(pcc::app::PressedShortcut{static_cast<char>(key)});
}

}  // extern "C"
