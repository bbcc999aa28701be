// Dresses the page and turns what happens to it into messages.
// Layer: web/platform. Never sees a password.
#include "web/platform/page.hpp"

#include <emscripten.h>

#include "web/platform/bridge.hpp"
#include "web/platform/fetch.hpp"
#include "web/platform/frames.hpp"
#include "web/platform/history.hpp"
#include "web/platform/zone.hpp"

extern "C" {
void pcc_page_sign_in(const char* notice, std::size_t length);
void pcc_page_signed_in();
void pcc_page_tell_signed_out();
void pcc_page_remember_look(const char* theme, std::size_t length, int plain);
std::size_t pcc_page_theme_choice();
std::size_t pcc_page_seed();
int pcc_page_look();
int pcc_page_plain_choice();
double pcc_page_width();
double pcc_page_height();
void pcc_page_title(const char* title, std::size_t length);
void pcc_page_dress(int classes);
void pcc_page_announce(const char* words, std::size_t length);
void pcc_page_ready();
}

namespace pcc::platform {

namespace {

struct Dress {
    std::string title;
    int classes = -1;
    unsigned announcement = 0;
};

// Bits in the order of page.js.
auto look_of(int bits) -> app::SystemLook {
    return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0};
}

auto classes_of(const view::Picture& picture) -> int {
    const bool dark =
        picture.theme == view::Theme::Dark || picture.theme == view::Theme::StrongDark;
    return (dark ? 1 : 2) | (picture.assuming ? 4 : 0) | (picture.reduced_motion ? 8 : 0) |
           (picture.plain ? 16 : 0);
}

void announce(const view::Picture& picture, Dress& worn) {
    if (picture.announcement_number == worn.announcement) return;
    worn.announcement = picture.announcement_number;
    pcc_page_announce(picture.announcement.data(), picture.announcement.size());
}

}  // namespace

void carry_out(const app::ShowSignIn& show) {
    pcc_page_sign_in(show.notice.data(), show.notice.size());
}

void carry_out(const app::HideSignIn&) {
    pcc_page_signed_in();
}

void carry_out(const app::TellSignedOut&) {
    pcc_page_tell_signed_out();
}

void carry_out(const app::RememberLook& remember) {
    pcc_page_remember_look(remember.theme.data(), remember.theme.size(), remember.plain ? 1 : 0);
}

auto describe_start(bool has_canvas) -> app::Started {
    app::Started start;
    start.now = browser_now();
    start.zone = browser_zone(start.now);
    start.path = current_path();
    start.assumption = remembered_assumption();
    start.width = static_cast<float>(pcc_page_width());
    start.height = static_cast<float>(pcc_page_height());
    start.system = look_of(pcc_page_look());
    start.plain_choice = pcc_page_plain_choice() != 0;
    start.has_canvas = has_canvas;
    const std::size_t choice = pcc_page_theme_choice();
    start.theme_choice = LeftTexts().take(choice);
    const std::size_t seed = pcc_page_seed();
    start.seed = LeftTexts().take(seed);
    return start;
}

void dress_page(const view::Picture& picture) {
    static Dress worn;
    announce(picture, worn);
    const int classes = classes_of(picture);
    if (worn.classes != classes) pcc_page_dress(classes);
    worn.classes = classes;
    if (worn.title == picture.title) return;
    pcc_page_title(picture.title.data(), picture.title.size());
    worn.title = picture.title;
}

void ready_for_session() {
    pcc_page_ready();
}

}  // namespace pcc::platform

using namespace pcc;

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_page_session(int status, std::size_t headers,
                                                      std::size_t body) {
    platform::LeftTexts texts;
    app::SessionArrived arrived;
    arrived.response.status = status;
    arrived.response.headers = platform::read_header_lines(texts.take(headers));
    arrived.response.body = texts.take(body);
    platform::post(std::move(arrived));
    platform::hurry_frame();  // somebody waits for the first page
}

/// What happened to the page, in the order of page.js.
extern "C" EMSCRIPTEN_KEEPALIVE void pcc_page_happened(int what, int value) {
    switch (what) {
        case 0: return platform::post(app::BecameVisible{});
        case 1: return platform::post(app::CameOnline{});
        case 2: return platform::post(app::WentOffline{});
        case 3: return platform::post(app::SignedOutElsewhere{});
        case 4: return platform::post(app::SystemLookChanged{platform::look_of(value)});
        case 5: return platform::post(app::ChosePlain{value != 0});
        default: return;
    }
}
