// Scrolling: how far each area stands, and what moves it.
// Layer: web/ui. Knows areas, not what is in them.
#include "web/ui/scroll.hpp"

#include <algorithm>
#include <cmath>

#include <imgui_internal.h>

#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

// Units: CSS px.
constexpr float wheel_step = 100;
constexpr float drag_threshold = 8;
constexpr float least_speed = 40;  // a second; slower is standing still
constexpr float bar_width = 6;
constexpr float bar_grip = 12;
constexpr float shortest_thumb = 32;

// How quickly a finger's speed is forgotten, and that of an area which glides. Units: seconds.
constexpr float finger_memory = 0.05F;
constexpr float glide_memory = 0.325F;

auto find_scroller(DrawState& state, view::Key key) -> Scroller* {
    for (Scroller& scroller : state.scrollers)
        if (scroller.key == key) return &scroller;
    return nullptr;
}

auto scroller_of(DrawState& state, view::Key key) -> Scroller& {
    if (Scroller* known = find_scroller(state, key)) return *known;
    state.scrollers.push_back({key, 0, 0, 0});
    return state.scrollers.back();
}

auto furthest(const Scroller& scroller) -> float {
    return std::max(0.F, scroller.content - scroller.room);
}

void clamp(Scroller& scroller) {
    scroller.offset = std::floor(std::clamp(scroller.offset, 0.F, furthest(scroller)) + 0.5F);
}

auto is_gliding(const DrawState& state) -> bool {
    return state.gliding != 0 && std::fabs(state.glide_speed) >= least_speed;
}

// A touch stops what glides, and then presses nothing.
void begin_drag(const Pen& pen) {
    DrawState& state = pen.state;
    state.dragging = is_gliding(state);
    state.dragged = pen.key;
    state.drag_start = ImGui::GetIO().MousePos.y;
    state.gliding = 0;
    state.glide_speed = 0;
}

// Speed is how far the last moves went, the older the less; a finger that rests has none.
void measure_speed(DrawState& state) {
    const ImGuiIO& io = ImGui::GetIO();
    const float kept = std::exp(-io.DeltaTime / finger_memory);
    state.glide_speed = state.glide_speed * kept - io.MouseDelta.y / io.DeltaTime * (1 - kept);
}

void end_drag(const Pen& pen, const Scroller& scroller) {
    DrawState& state = pen.state;
    state.dragged = 0;
    if (!state.dragging || pen.picture.reduced_motion) return;
    state.gliding = pen.key;
    state.glide_at = scroller.offset;
    state.one_more = state.one_more || is_gliding(state);
}

void follow_finger(const Pen& pen, const Rect& area, Scroller& scroller) {
    const ImGuiIO& io = ImGui::GetIO();
    DrawState& state = pen.state;
    // How it came there is no move of the finger.
    if (ImGui::IsMouseClicked(0) && contains(area, io.MousePos.x, io.MousePos.y))
        return begin_drag(pen);
    if (state.dragged != pen.key) return;
    if (std::fabs(io.MousePos.y - state.drag_start) > drag_threshold) state.dragging = true;
    measure_speed(state);
    if (state.dragging) {
        ImGui::ClearActiveID();  // what lies under the finger is not pressed
        scroller.offset -= io.MouseDelta.y;
    }
    if (!io.MouseDown[0]) end_drag(pen, scroller);
}

// On by what is left of the finger's speed, until that is used up or the end is reached.
void glide(const Pen& pen, Scroller& scroller) {
    DrawState& state = pen.state;
    if (state.gliding != pen.key) return;
    const float time = ImGui::GetIO().DeltaTime;
    state.glide_at += state.glide_speed * time;
    state.glide_speed *= std::exp(-time / glide_memory);
    scroller.offset = state.glide_at;
    const bool at_end = state.glide_at < 0 || state.glide_at > furthest(scroller);
    if (at_end || !is_gliding(state)) state.gliding = 0;
    state.one_more = state.one_more || state.gliding != 0;
}

void follow_keys(const Pen& pen, const Rect& area, Scroller& scroller) {
    if (ImGui::IsKeyPressed(ImGuiKey_PageDown)) scroller.offset += area.height * 0.9F;
    if (ImGui::IsKeyPressed(ImGuiKey_PageUp)) scroller.offset -= area.height * 0.9F;
    if (pen.input.focused != 0) return;  // these two belong to a field that may have the focus
    if (ImGui::IsKeyPressed(ImGuiKey_Home)) scroller.offset = 0;
    if (ImGui::IsKeyPressed(ImGuiKey_End)) scroller.offset = scroller.content;
}

auto thumb_of(const Rect& area, const Scroller& scroller) -> Rect {
    const float height = std::max(shortest_thumb, area.height * scroller.room / scroller.content);
    const float way = (area.height - height) * scroller.offset / furthest(scroller);
    return {right(area) - bar_width - 3, area.y + way, bar_width, height};
}

// The ancestors of a placed node, from the node itself up; stops at the root.
auto scroller_around(DrawState& state, const view::Frame& frame, std::size_t place) -> Scroller* {
    for (;;) {
        const view::Placed& placed = frame.placed[place];
        if (Scroller* found = find_scroller(state, placed.key)) return found;
        if (placed.parent == place) return nullptr;
        place = placed.parent;
    }
}

}  // namespace

auto scroll_offset(const Pen& pen, const Rect& area, float content) -> float {
    Scroller& scroller = scroller_of(pen.state, pen.key);
    scroller.content = content;
    scroller.room = area.height;
    if (!pen.inert) {
        const ImGuiIO& io = ImGui::GetIO();
        if (contains(area, io.MousePos.x, io.MousePos.y))
            scroller.offset -= io.MouseWheel * wheel_step;
        glide(pen, scroller);
        if (pen.input.touch) follow_finger(pen, area, scroller);
        follow_keys(pen, area, scroller);
    }
    clamp(scroller);
    return scroller.offset;
}

void draw_scrollbar(const Pen& pen, const Rect& area) {
    Scroller& scroller = scroller_of(pen.state, pen.key);
    if (furthest(scroller) <= 0) return;
    Rect thumb = thumb_of(area, scroller);
    const Rect grip{right(area) - bar_grip, thumb.y, bar_grip, thumb.height};
    const Hit hit = press_area(pen, grip, view::child_key(pen.key, "scrollbar"));
    if (hit.held && area.height > thumb.height) {
        scroller.offset +=
            ImGui::GetIO().MouseDelta.y * furthest(scroller) / (area.height - thumb.height);
        clamp(scroller);
        thumb = thumb_of(area, scroller);
        pen.state.one_more = true;
    }
    const bool strong = hit.hovered || hit.held;
    fill(pen.list, thumb, pen.ink(Role::Faint, strong ? 0.8F : 0.4F), bar_width / 2);
}

void scroll_to_top(DrawState& state, view::Key key) {
    if (Scroller* known = find_scroller(state, key)) known->offset = 0;
}

auto scroll_into_view(DrawState& state, const view::Frame& frame, view::Key key) -> bool {
    constexpr float margin = 12;
    for (std::size_t i = 0; i < frame.placed.size(); ++i) {
        if (frame.placed[i].key != key) continue;
        Scroller* scroller = scroller_around(state, frame, i);
        if (scroller == nullptr) return false;
        const Rect& rect = frame.placed[i].rect;
        const Rect& seen = frame.placed[i].clip;
        const float above = seen.y + margin - rect.y;
        const float below = bottom(rect) - (bottom(seen) - margin);
        const float before = scroller->offset;
        if (above > 0)
            scroller->offset -= above;
        else if (below > 0)
            scroller->offset += std::min(below, -above);
        clamp(*scroller);
        state.one_more = state.one_more || scroller->offset != before;
        return scroller->offset != before;
    }
    return false;
}

}  // namespace pcc::ui
