// One frame: a window over the whole canvas, the picture in it.
// Layer: web/ui. No browser; the caller makes the frame.
#include "web/ui/draw.hpp"

#include "web/ui/kinds/kinds.hpp"

namespace pcc::ui {

namespace {

constexpr ImGuiWindowFlags window_flags =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse |
    ImGuiWindowFlags_NoBringToFrontOnFocus;

void begin_window(const DrawInput& input) {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({input.width, input.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::Begin("console", nullptr, window_flags);
    ImGui::PopStyleVar(3);
}

auto first_pen(const view::Picture& picture, const Fonts& fonts, const DrawInput& input,
               DrawState& state, std::vector<app::Msg>& inbox, view::Frame& frame) -> Pen {
    Pen pen{picture, fonts, input, state, inbox, frame, *ImGui::GetWindowDrawList()};
    pen.clip = {0, 0, input.width, input.height};
    pen.narrow = input.width < narrow_width;
    pen.finger = input.touch || pen.narrow;
    return pen;
}

}  // namespace

auto draw_picture(const view::Picture& picture, const Fonts& fonts, const DrawInput& input,
                  DrawState& state, std::vector<app::Msg>& inbox) -> view::Frame {
    view::Frame frame;
    state.one_more = false;
    state.cursor = 0;
    // Corners are small and everywhere: a finer curve than the default shows.
    ImGui::GetStyle().CircleTessellationMaxError = 0.12F;
    begin_window(input);
    Pen pen = first_pen(picture, fonts, input, state, inbox, frame);
    pen.key = view::key_of(0, picture.root, 0);
    pen.self = place(pen, picture.root, view::Part::Whole, 0, pen.key, pen.clip);
    rules_of(picture.root.kind).draw(pen, picture.root, pen.clip);
    ImGui::End();
    return frame;
}

auto wants_another_frame(const DrawState& state) -> bool {
    return state.one_more;
}

auto hovered_cursor(const DrawState& state) -> int {
    return state.cursor;
}

}  // namespace pcc::ui
