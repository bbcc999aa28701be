// Messages: facts that have happened, the only way anything reaches the model.
// Layer: app. Pages bring their own; this file adds those that come from the browser.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/access/assumption.hpp"
#include "core/api/http.hpp"
#include "core/app/columns.hpp"
#include "core/app/effect.hpp"
#include "core/app/pages/assume.hpp"
#include "core/app/pages/audit.hpp"
#include "core/app/pages/network.hpp"
#include "core/app/pages/networks.hpp"
#include "core/app/pages/sessions.hpp"
#include "core/app/pages/settings.hpp"
#include "core/app/pages/tokens.hpp"
#include "core/app/route.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::app {

/// What the system asks of every page.
struct SystemLook {
    bool dark = false;
    bool reduced_motion = false;
    bool more_contrast = false;
    bool forced_colors = false;  // the person's own few colours replace all others
};

/// The page is up. Comes first, once.
struct Started {
    Instant now;  // the browser's clock
    Zone zone;
    std::string path;         // path and query of the address bar
    AssumptionId assumption;  // what this tab acted under before a reload, or empty
    float width = 0;          // Units: CSS px
    float height = 0;
    SystemLook system;
    std::string theme_choice;  // `light`, `dark` or empty
    std::string seed;          // random, for idempotency keys; Units: 16 or more hex digits
    bool plain_choice = false;
    bool has_canvas = true;
};
/// The answer to `GET /session` at the start, or to the sign-in form's `POST /session`.
struct SessionArrived {
    api::HttpResponse response;
};
struct HttpReplied {
    RequestId id = 0;
    api::HttpResponse response;
};
struct HttpFailed {
    RequestId id = 0;
};
struct EventsOpened {};
struct EventArrived {
    std::string name;
    std::string data;
};
/// `status` is that of a refusal, or 0 when the connection broke.
struct EventsClosed {
    int status = 0;
    bool answered = false;  // asked about it, the server did answer
};
struct Copied {
    bool done = false;
};
/// Before each frame: each second while something counts down, else each minute. The browser's
/// clock.
struct Ticked {
    Instant now;
};
struct TimerFired {
    TimerId id = TimerId::RetryEvents;
};
struct Resized {
    float width = 0;
    float height = 0;
};
struct SystemLookChanged {
    SystemLook look;
};
/// Another screen is there to draw on, or none any more.
struct CanvasChanged {
    bool there = true;
};
/// The person went Back or Forward, or an address was opened.
struct UrlChanged {
    std::string path;
};
struct BecameVisible {};
struct WentOffline {};
struct CameOnline {};
struct SignedOutElsewhere {};
struct PressedEscape {};
struct PressedShortcut {
    char key = 0;  // `/`, `?`, `g`...; never while a field has the focus
};

// Raised by what stands around every page.
struct ClickedNavigation {
    Route route;
};
struct ClickedGoBack {};
struct ClickedSignOut {};
struct ClickedTheme {};
/// The page is to be shown plain, as HTML without a canvas, or drawn again.
struct ChosePlain {
    bool plain = false;
};
struct ClickedRetry {};
struct ClickedMenu {};
struct ClickedHelp {};
struct DismissedToast {
    int id = 0;
};
struct ClickedToastAction {
    int id = 0;
};
struct DismissedEnded {};
/// The words of a table's cell are wanted on the clipboard.
struct AskedToCopy {
    std::string words;
};
/// Pointer or focus came to the toasts, or left them: they stay as long as they are being read.
struct HeldToasts {
    bool held = false;
};
/// The answer to Go Back and to Sign out.
struct WentBack {
    std::optional<api::ApiError> error;
};
struct SignedOut {
    std::optional<api::ApiError> error;
};
/// A page assumed an organization, and this tab acts for it from now on.
struct BeganAssumption {
    access::Assumption assumption;
};

/// One's own organization has another name now.
struct RenamedOwnOrganization {
    std::string name;
};

using Fact =
    std::variant<Started, SessionArrived, HttpReplied, HttpFailed, EventsOpened, EventArrived,
                 EventsClosed, Copied, Ticked, TimerFired, Resized, SystemLookChanged,
                 CanvasChanged, UrlChanged, BecameVisible, WentOffline, CameOnline,
                 SignedOutElsewhere, PressedEscape, PressedShortcut, ClickedNavigation,
                 ClickedGoBack, ClickedSignOut, ClickedTheme, ChosePlain, ClickedRetry, ClickedMenu,
                 ClickedHelp, DismissedToast, ClickedToastAction, DismissedEnded, AskedToCopy,
                 HeldToasts, ChangedColumns, WentBack, SignedOut, BeganAssumption,
                 RenamedOwnOrganization, tokens::Msg, assume::Msg, networks::Msg, network::Msg,
                 sessions::Msg, settings::Msg, audit::Msg>;

/// Any of the facts. A class of its own, so that copying and destroying the large variant is
/// compiled once and not in every file that names a message.
struct Msg {
    Fact fact;

    template <class T, class = std::enable_if_t<!std::is_same_v<std::decay_t<T>, Msg>>>
    Msg(T&& happened) : fact(std::forward<T>(happened)) {}
    Msg(const Msg&);
    Msg(Msg&&) noexcept;
    auto operator=(const Msg&) -> Msg&;
    auto operator=(Msg&&) noexcept -> Msg&;
    ~Msg();
};

}  // namespace pcc::app
