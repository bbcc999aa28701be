// The console in the browser: messages in, one frame after another out.
// Layer: web. Wires app, view, ui and platform together; decides nothing itself.
#include <memory>
#include <utility>

#include <imgui.h>

#include "core/app/update.hpp"
#include "core/view/view.hpp"
#include "web/guest.hpp"
#include "web/platform/canvas.hpp"
#include "web/platform/canvas_glyphs.hpp"
#include "web/platform/canvas_input.hpp"
#include "web/platform/effects.hpp"
#include "web/platform/frames.hpp"
#include "web/platform/keys.hpp"
#include "web/platform/mirror.hpp"
#include "web/platform/page.hpp"
#include "web/ui/draw.hpp"

namespace {

using namespace pcc;

struct Console {
    app::Model model;
    std::unique_ptr<view::Picture> picture;  // what `frame` points into
    view::Frame frame;
    ui::Fonts fonts;
    ui::DrawState draw;
};

auto console() -> Console& {
    static Console only;
    return only;
}

void take(const app::Msg& msg) {
    if (guest::takes(msg)) return;
    auto step = app::update(std::move(console().model), msg);
    console().model = std::move(step.model);
    platform::carry_out(step.effects);
}

/// Whether something of it may be seen.
auto drain_inbox() -> bool {
    take(app::Ticked{platform::browser_now()});
    bool seen = false;
    for (const auto& msg : platform::take_inbox()) {
        seen = seen || app::may_be_seen(console().model, msg);
        take(msg);
    }
    return seen;
}

// The browser scrolls to what it looks for, and the keyboard moves the focus to what is out of
// sight. The browser then scrolls as well, by a measure of its own: ours counts, which knows where
// the last frame was laid.
void follow_the_page() {
    auto& draw = console().draw;
    const auto scrolled = platform::take_scrolled();
    const auto key = platform::take_moved_focus();
    const bool drawn = console().picture && !console().picture->plain;
    if (key && drawn && ui::scroll_into_view(draw, console().frame, *key)) return;
    for (const auto& moved : scrolled) {
        for (auto& scroller : draw.scrollers) {
            if (scroller.key == moved.key) scroller.offset = moved.offset;
        }
    }
}

auto scroll_areas() -> std::vector<platform::ScrollArea> {
    std::vector<platform::ScrollArea> areas;
    for (const auto& scroller : console().draw.scrollers) {
        areas.push_back({scroller.key, scroller.offset, scroller.content});
    }
    return areas;
}

// Laid out as on a desktop, from the top and without a pointer: the page itself wraps and scrolls.
void lay_plain(ui::DrawInput& input) {
    constexpr float width = 1280;
    for (auto& scroller : console().draw.scrollers)
        scroller.offset = 0;
    input.width = width;
    input.height = platform::plain_height();
    input.touch = true;
}

void draw(std::unique_ptr<view::Picture> picture, platform::Sight sight) {
    auto& self = console();
    const auto size = platform::begin_canvas_frame();
    const auto focus = platform::current_focus();
    ui::DrawInput input{focus.key,
                        focus.visible,
                        size.width,
                        size.height,
                        platform::is_touched(),
                        platform::is_shift_held(),
                        platform::is_command_held()};
    if (picture->plain) lay_plain(input);
    std::vector<app::Msg> raised;
    auto frame = ui::draw_picture(*picture, self.fonts, input, self.draw, raised);
    for (auto& msg : raised)
        platform::post(std::move(msg));
    const bool shown = sight == platform::Sight::Now && !picture->plain;
    shown ? platform::present_canvas() : platform::drop_canvas_frame();
    // What was laid points into its frame: one that nobody sees leaves the last one standing.
    if (sight == platform::Sight::Later) return;
    platform::lay_mirror(frame, scroll_areas(), picture->plain);
    self.frame = std::move(frame);
    self.picture = std::move(picture);
    guest::is_seen(self.frame, self.draw);
    platform::show_cursor(ui::hovered_cursor(self.draw));
}

void keep_pace(view::Pace pace) {
    using std::chrono::minutes;
    using std::chrono::seconds;
    switch (pace) {
        case view::Pace::Never: return platform::tick_each(Millis{0}, Millis{0});
        case view::Pace::EachMinute:
            return platform::tick_each(minutes{1}, console().model.clock.offset);
        case view::Pace::EachSecond: return platform::tick_each(seconds{1}, Millis{0});
    }
}

// The next picture, and the page around it as it says.
auto next_picture() -> std::unique_ptr<view::Picture> {
    auto picture = std::make_unique<view::Picture>(view::view(console().model));
    guest::dresses(*picture);
    platform::dress_page(*picture);
    keep_pace(picture->pace);
    return picture;
}

void run_frame(platform::Sight sight) {
    const bool seen = drain_inbox();
    if (sight == platform::Sight::Unasked) {
        if (seen) platform::ask_frames(1);
        return;
    }
    auto picture = next_picture();
    if (sight == platform::Sight::Nobody) return;
    follow_the_page();
    draw(std::move(picture), sight);
    if (ui::wants_another_frame(console().draw) || platform::has_input_left()) {
        platform::ask_frames(1);
    }
}

void open_imgui() {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors;
    io.Fonts->TexMinHeight = 256;  // room for a first page: growing, all of it is copied
    console().fonts = ui::add_fonts(*io.Fonts, platform::glyph_loader());
}

}  // namespace

auto main() -> int {
    open_imgui();
    const bool has_canvas = platform::open_canvas();
    platform::listen_to_pointers();
    platform::listen_to_keys();
    platform::on_frame(run_frame);
    // Nobody sees the canvas before there is a session. While one waits for it, a frame makes ready
    // what the first page needs; one that is already there waits for no such frame.
    take(platform::describe_start(has_canvas));
    next_picture();
    platform::ask_idle_frame();
    platform::ready_for_session();
    return 0;
}
