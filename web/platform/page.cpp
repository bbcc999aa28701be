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
void pcc_page_remember_theme(const char* choice, std::size_t length);
std::size_t pcc_page_theme_choice();
std::size_t pcc_page_seed();
int pcc_page_prefers(const char* query, std::size_t length);
double pcc_page_width();
double pcc_page_height();
void pcc_page_title(const char* title, std::size_t length);
void pcc_page_dress(int dark, int assuming, int still);
void pcc_page_announce(const char* words, std::size_t length);
void pcc_page_ready();
}

namespace pcc::platform {

namespace {

struct Dress {
    std::string title;
    bool assuming = false;
    bool dark = false;
    bool still = false;
    unsigned announcement = 0;
    bool put_on = false;
};

auto prefers(std::string_view query) -> bool {
    return pcc_page_prefers(query.data(), query.size()) != 0;
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

void carry_out(const app::RememberTheme& remember) {
    pcc_page_remember_theme(remember.choice.data(), remember.choice.size());
}

auto describe_start() -> app::Started {
    app::Started start;
    start.now = browser_now();
    start.zone = browser_zone(start.now);
    start.path = current_path();
    start.assumption = remembered_assumption();
    start.width = static_cast<float>(pcc_page_width());
    start.height = static_cast<float>(pcc_page_height());
    start.dark = prefers("(prefers-color-scheme: dark)");
    const std::size_t choice = pcc_page_theme_choice();
    start.theme_choice = LeftTexts().take(choice);
    const std::size_t seed = pcc_page_seed();
    start.seed = LeftTexts().take(seed);
    start.reduced_motion = prefers("(prefers-reduced-motion: reduce)");
    return start;
}

void dress_page(const view::Picture& picture) {
    static Dress worn;
    announce(picture, worn);
    if (!worn.put_on || worn.title != picture.title) {
        pcc_page_title(picture.title.data(), picture.title.size());
        worn.title = picture.title;
    }
    const bool dark = picture.theme == view::Theme::Dark;
    if (worn.put_on && worn.dark == dark && worn.assuming == picture.assuming &&
        worn.still == picture.reduced_motion) {
        return;
    }
    pcc_page_dress(dark, picture.assuming, picture.reduced_motion);
    worn.dark = dark;
    worn.assuming = picture.assuming;
    worn.still = picture.reduced_motion;
    worn.put_on = true;
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
}

/// What happened to the page, in the order of page.js.
extern "C" EMSCRIPTEN_KEEPALIVE void pcc_page_happened(int what, int value) {
    switch (what) {
        case 0: return platform::post(app::BecameVisible{});
        case 1: return platform::post(app::CameOnline{});
        case 2: return platform::post(app::WentOffline{});
        case 3: return platform::post(app::SignedOutElsewhere{});
        case 4: return platform::post(app::SystemThemeChanged{value != 0});
        default: return;
    }
}
