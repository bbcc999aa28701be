// A sentence: texts and links that run on as one paragraph.
// Layer: web/ui. One kind.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Kind;
using view::Node;

// Some words of one child, on one line.
struct Piece {
    std::size_t child = 0;
    std::string_view words;
    Rect rect;
};

auto words_in_sentence(const Pen& pen, const Node& part) -> Words {
    Words words = words_of(pen, part);
    if (part.kind == Kind::Link && !pen.on_dark()) words.role = Role::Accent;
    return words;
}

// Lays the words of one part down from where the last one ended.
struct Flow {
    const Pen& pen;
    Rect area;
    std::vector<Piece> pieces;
    float x = 0;
    float y = 0;
    float line = 20;

    void break_line() {
        x = 0;
        y += line;
    }

    void add(std::size_t child, Type type, std::string_view words) {
        const float width = text_width(pen.fonts, type, words);
        pieces.push_back({child, words, {area.x + x, area.y + y, width, type.line}});
        x += width;
    }

    // The words that fit on the rest of this line; breaks before a word that does not.
    void run(std::size_t child, Type type, std::string_view words) {
        line = type.line;
        while (!words.empty()) {
            const auto lines = break_lines(pen.fonts, type, words, area.width - x);
            const bool fits = text_width(pen.fonts, type, lines[0]) <= area.width - x + 0.5F;
            const bool cut_word =
                lines.size() > 1 && lines[0].data() + lines[0].size() == lines[1].data();
            if (x > 0 && (!fits || cut_word)) {
                break_line();
                while (!words.empty() && words.front() == ' ')
                    words.remove_prefix(1);
                continue;
            }
            add(child, type, lines[0]);
            if (lines.size() == 1) return;
            words.remove_prefix(static_cast<std::size_t>(lines[1].data() - words.data()));
            break_line();
        }
    }
};

auto flow_of(const Pen& pen, const Node& node, const Rect& area) -> Flow {
    Flow flow{pen, area, {}, 0, 0, 20};
    for (std::size_t i = 0; i < node.children.size(); ++i)
        flow.run(i, words_in_sentence(pen, node.children[i]).type, node.children[i].name);
    return flow;
}

auto united(const Rect& one, const Rect& other) -> Rect {
    const float x = std::min(one.x, other.x);
    const float y = std::min(one.y, other.y);
    return {x, y, std::max(right(one), right(other)) - x, std::max(bottom(one), bottom(other)) - y};
}

auto bounds_of(const Flow& flow, std::size_t child) -> Rect {
    Rect bounds;
    for (const Piece& piece : flow.pieces)
        if (piece.child == child)
            bounds = bounds.height > 0 ? united(bounds, piece.rect) : piece.rect;
    return bounds;
}

// A link may stand on two lines: each piece can be pressed.
auto press_pieces(const Pen& pen, const Node& part, const Flow& flow, std::size_t child) -> bool {
    bool hovered = false;
    for (std::size_t i = 0; i < flow.pieces.size(); ++i) {
        if (flow.pieces[i].child != child) continue;
        Pen piece = pen;
        piece.key = view::child_key(pen.key, Kind::Link, i);
        hovered = press_node(piece, part, flow.pieces[i].rect).hovered || hovered;
    }
    return hovered;
}

void draw_part(const Pen& pen, const Node& node, const Flow& flow, std::size_t child) {
    const Node& part = node.children[child];
    Pen inner = pen;
    inner.key = view::key_of(pen.key, part, child);
    const Rect bounds = bounds_of(flow, child);
    inner.self = place(pen, part, view::Part::Whole, 0, inner.key, bounds);
    const Words words = words_in_sentence(pen, part);
    const bool hovered = part.kind == Kind::Link && press_pieces(inner, part, flow, child);
    for (const Piece& piece : flow.pieces) {
        if (piece.child != child) continue;
        write(pen, words.type, words.role, piece.rect.x, piece.rect.y, piece.words);
        if (hovered)
            hairline(pen.list, piece.rect.x, bottom(piece.rect) - 3, piece.rect.width,
                     pen.ink(words.role));
    }
    if (part.kind == Kind::Link && pen.input.focus_visible && pen.input.focused == inner.key)
        ring(pen.list, bounds, pen.ink(pen.picture.assuming ? Role::ActingRing : Role::Ring), 4);
}

}  // namespace

auto measure_sentence(const Pen& pen, const Node& node, float width) -> Size {
    const Flow flow = flow_of(pen, node, {0, 0, width, 0});
    float widest = 0;
    for (const Piece& piece : flow.pieces)
        widest = std::max(widest, right(piece.rect));
    return {std::min(width, widest), flow.y + flow.line};
}

void draw_sentence(const Pen& pen, const Node& node, const Rect& rect) {
    const Flow flow = flow_of(pen, node, rect);
    for (std::size_t i = 0; i < node.children.size(); ++i)
        draw_part(pen, node, flow, i);
}

}  // namespace pcc::ui
