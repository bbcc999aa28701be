// Effects: what update asks the outside world to do. Plain values; web/platform carries them out.
// Layer: app. Nothing here acts, and every answer comes back as a Msg.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/api/http.hpp"
#include "core/base/id.hpp"
#include "core/base/secret.hpp"

namespace pcc::app {

/// Names one request for as long as its reply may matter.
using RequestId = std::uint32_t;

/// -> HttpReplied, or HttpFailed when no answer came.
struct SendHttp {
    RequestId id = 0;
    api::HttpRequest request;
};
/// Stops a request; nothing comes back.
struct AbortHttp {
    RequestId id = 0;
};
/// Opens the event stream, closing the one before. -> EventsOpened, EventArrived..., EventsClosed.
struct OpenEvents {
    AssumptionId assumption;  // empty: as oneself
};
struct CloseEvents {};
/// Puts text on the clipboard while the person's click still counts. -> Copied.
struct CopyText {
    Secret text;
};
/// The address bar: a new entry, or the present one replaced.
struct PushUrl {
    std::string path;
};
struct ReplaceUrl {
    std::string path;
};
/// Back by one entry, which is one of ours. -> UrlChanged.
struct StepBack {};
/// What this tab acts under, kept with the tab (never in the URL or in web storage), so that a
/// reload or an address typed in it finds it again. Empty forgets it.
struct RememberAssumption {
    AssumptionId assumption;
};
/// Shows the sign-in form, with a sentence about why. -> SessionArrived.
struct ShowSignIn {
    std::string notice;
};
/// Hides the sign-in form and shows the console.
struct HideSignIn {};
/// One TimerFired after the delay; a timer of the same id is replaced.
enum class TimerId : std::uint8_t {
    RetryEvents,
    CheckToken,
    Search,
    DismissToast,
    RefreshAccessPoints,
};
struct StartTimer {
    TimerId id = TimerId::RetryEvents;
    int delay = 0;  // Units: milliseconds
};
/// Tells the other tabs of this browser that the session is over. -> SignedOutElsewhere there.
struct TellSignedOut {};
/// Keeps what was chosen in this browser: the theme (`light`, `dark` or empty for the system's),
/// and whether the page is plain.
struct RememberLook {
    std::string theme;
    bool plain = false;
};

using Effect = std::variant<SendHttp, AbortHttp, OpenEvents, CloseEvents, CopyText, PushUrl,
                            ReplaceUrl, StepBack, RememberAssumption, ShowSignIn, HideSignIn,
                            StartTimer, TellSignedOut, RememberLook>;
using Effects = std::vector<Effect>;

}  // namespace pcc::app
