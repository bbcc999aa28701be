// The Model: all that the console knows, and nothing that it does not.
// Layer: app. Plain data; changed by update alone.
#pragma once

#include <optional>
#include <string>

#include "core/access/assumption.hpp"
#include "core/api/types.hpp"
#include "core/app/columns.hpp"
#include "core/app/context.hpp"
#include "core/app/msg.hpp"
#include "core/app/outbox.hpp"
#include "core/app/route.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::app {

enum class Phase {
    Starting,     // it is not known yet whether somebody is signed in
    SignedOut,    // the sign-in form stands in front
    Unreachable,  // the first answer did not come
    Ready,
};

/// How access ended, for the screen that says so.
struct EndedAccess {
    access::Assumption assumption;
    std::string detail;  // the server's sentence, where no event told more
};

/// The trusted clock: the browser's, corrected by what the server's answers say.
struct Clock {
    Instant browser;
    Millis offset{0};      // server minus browser
    bool trusted = false;  // an answer has told the server's time
    auto now() const -> Instant { return browser + offset; }
};
/// From where on the browser's clock is called wrong.
inline constexpr std::chrono::seconds clock_tolerance{30};

struct Display {
    float width = 0;  // Units: CSS px
    float height = 0;
    SystemLook system;
    std::string theme_choice;  // `light`, `dark` or empty for the system's
    bool plain_choice = false;
    bool has_canvas = true;
};

/// Whether the address bar gets a new entry, has its entry replaced, or says it already.
enum class Address { Push, Replace, Keep };

/// What stands in the address bar, and what the entry on top was made for.
struct AddressBar {
    std::string shown;  // path and query
    Address wanted = Address::Keep;
    bool overlay_entry = false;  // made for a dialog, the menu or the help
    bool stepping_back = false;  // a StepBack is under way
};

struct Pages {
    tokens::Model tokens;
    assume::Model assume;
    networks::Model networks;
    network::Model network;
    sessions::Model sessions;
    settings::Model settings;
    audit::Model audit;
};

struct Model {
    Phase phase = Phase::Starting;
    Clock clock;
    Zone zone;
    Display display;
    std::string wanted_path;  // the deep link, kept through sign-in
    AssumptionId resume;      // what this tab acted under before a reload, still to be asked about
    Route route;
    AddressBar address_bar;
    std::optional<api::Session> session;           // set exactly when Ready
    std::optional<access::Assumption> assumption;  // while acting for another organization
    std::optional<EndedAccess> ended;              // after it, until the person moves on
    std::optional<api::ApiError> start_error;
    bool going_back = false;
    bool menu_open = false;
    bool help_open = false;
    bool reachable = true;  // the last request was answered
    int events_failures = 0;
    Instant events_heard;  // the last of the event stream; the browser's clock
    Columns columns;       // of every table; outlives the pages
    Wires wires;
    Pages pages;
};

/// What pages may look at. Only while Ready.
auto context_of(const Model& model) -> Context;
auto is_dark(const Display& display) -> bool;
/// Whether the page is shown without a canvas: chosen, or because nothing else is possible. A
/// canvas cannot take part in forced colours; plain HTML does.
auto is_plain(const Display& display) -> bool;
/// Whether a screen is for this person; where not, the screen says why.
auto can_open(Screen screen, const access::Actor& actor) -> access::Verdict;
/// The screen that opens when no path asks for another.
auto home_route(const api::Session& session) -> Route;

}  // namespace pcc::app
