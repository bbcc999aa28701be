// Placing, clipping, pressing and writing: what every kind of node is made of.
// Layer: web/ui. Knows nothing of single kinds of node.
#include "web/ui/pen.hpp"

#include <algorithm>

#include <imgui_internal.h>

namespace pcc::ui {

namespace {

constexpr float finger_height = 44;

// A link opened in a new tab or window is the browser's business: the <a> above the canvas has it.
auto browser_takes_it(const view::Node& node) -> bool {
    const ImGuiIO& io = ImGui::GetIO();
    return !node.href.empty() && (io.KeyCtrl || io.KeySuper || io.KeyShift);
}

auto is_covered(const Pen& pen) -> bool {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    return contains(pen.cover, mouse.x, mouse.y);
}

}  // namespace

auto Pen::ink(Role role, float alpha) const -> ImU32 {
    return ink_of(color(picture.theme, role), alpha);
}

auto Pen::faint() const -> Role {
    return ground == Ground::Page ? Role::Muted : Role::Faint;
}

auto place(const Pen& pen, const view::Node& node, view::Part part, std::size_t index,
           view::Key key, const Rect& rect) -> std::uint32_t {
    pen.frame.placed.push_back({&node, part, index, pen.self, key, rect, pen.clip});
    return static_cast<std::uint32_t>(pen.frame.placed.size() - 1);
}

auto clipped(const Pen& pen, const Rect& rect) -> Pen {
    Pen inner = pen;
    inner.clip = intersection(pen.clip, rect);
    ImGui::PushClipRect({rect.x, rect.y}, {right(rect), bottom(rect)}, true);
    return inner;
}

void unclip(const Pen&) {
    ImGui::PopClipRect();
}

auto press_area(const Pen& pen, const Rect& rect, view::Key id) -> Hit {
    const Rect seen = intersection(rect, pen.clip);
    if (pen.inert || seen.width <= 0 || seen.height <= 0) return {};
    if (is_covered(pen) && ImGui::GetActiveID() != id) return {};
    const ImRect box{seen.x, seen.y, right(seen), bottom(seen)};
    if (!ImGui::ItemAdd(box, id)) return {};
    Hit hit;
    hit.pressed = ImGui::ButtonBehavior(box, id, &hit.hovered, &hit.held);
    if (hit.hovered) pen.state.cursor = 1;
    hit.hovered = hit.hovered && !pen.input.touch;
    return hit;
}

auto press_node(const Pen& pen, const view::Node& node, const Rect& rect) -> Hit {
    if (!node.on_press || node.disabled || node.busy) return {};
    const Hit hit = press_area(pen, rect, pen.key);
    if (hit.pressed && !browser_takes_it(node)) pen.inbox.push_back(*node.on_press);
    return hit;
}

auto hovers(const Pen& pen, const Rect& rect) -> bool {
    if (pen.inert || pen.input.touch || is_covered(pen)) return false;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    return contains(intersection(rect, pen.clip), mouse.x, mouse.y);
}

auto touch_height(const Pen& pen, float height) -> float {
    return pen.finger ? std::max(height, finger_height) : height;
}

void write(const Pen& pen, Type type, Role role, float x, float y, std::string_view text,
           float width) {
    if (width > 0) {
        const std::string kept = shortened(pen.fonts, type, text, width);
        draw_text(pen.list, pen.fonts, type, pen.ink(role), x, y, kept);
    } else {
        draw_text(pen.list, pen.fonts, type, pen.ink(role), x, y, text);
    }
}

auto write_lines(const Pen& pen, Type type, Role role, float x, float y, std::string_view text,
                 float width) -> Rect {
    const auto lines = break_lines(pen.fonts, type, text, width);
    const auto most = pen.lines == 0 ? lines.size() : static_cast<std::size_t>(pen.lines);
    Rect written{x, y, width, 0};
    for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) {
        const float top = bottom(written);
        written.height += type.line;
        if (i + 1 < most || lines.size() <= most) {
            write(pen, type, role, x, top, lines[i]);
            continue;
        }
        // The last line that is allowed stands for all that is left.
        const auto from = static_cast<std::size_t>(lines[i].data() - text.data());
        write(pen, type, role, x, top, text.substr(from), width);
    }
    return written;
}

void name_stands_at(const Pen& pen, const Rect& rect) {
    pen.frame.written.push_back({pen.self, false, rect});
}

void detail_stands_at(const Pen& pen, const Rect& rect) {
    pen.frame.written.push_back({pen.self, true, rect});
}

auto measure_lines(const Pen& pen, Type type, std::string_view text, float width) -> Size {
    const auto lines = break_lines(pen.fonts, type, text, width);
    float widest = 0;
    for (const std::string_view line : lines)
        widest = std::max(widest, text_width(pen.fonts, type, line));
    const std::size_t most = pen.in_cell() ? static_cast<std::size_t>(pen.lines) : lines.size();
    const auto count = static_cast<float>(std::min(lines.size(), most));
    return {std::min(widest, width), count * type.line};
}

}  // namespace pcc::ui
