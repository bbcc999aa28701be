// Hands the text to the page and tells whether it arrived.
// Layer: web/platform. Keeps no copy.
#include "web/platform/clipboard.hpp"

#include <emscripten.h>

#include "web/platform/frames.hpp"

extern "C" void pcc_clipboard_write(const char* text, std::size_t length);

namespace pcc::platform {

void carry_out(const app::CopyText& copy) {
    const auto text = copy.text.reveal();
    pcc_clipboard_write(text.data(), text.size());
}

}  // namespace pcc::platform

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_clipboard_done(int done) {
    pcc::platform::post(pcc::app::Copied{done != 0});
}
