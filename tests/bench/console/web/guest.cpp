// The benchmark's page in the place of the console's own, and what the harness may ask of it.
// Layer: tests/bench. Linked into the bench build alone; JavaScript half in probe.js.
#include "web/guest.hpp"

#include <algorithm>
#include <optional>

#include <emscripten.h>

#include "tests/bench/console/page.hpp"

extern "C" {
unsigned pcc_bench_wanted();
void pcc_bench_shown(unsigned count, const char* first, std::size_t length, float top, float most);
}

namespace pcc::guest {

namespace {

struct Bench {
    std::optional<bench::List> list;
    const view::Frame* frame = nullptr;  // the one on the screen
};

auto self() -> Bench& {
    static Bench only;
    return only;
}

auto main_of(view::Picture& picture) -> view::Node* {
    for (auto& child : picture.root.children)
        if (child.kind == view::Kind::Main) return &child;
    return nullptr;
}

// Signed in, and not only waiting for it.
auto is_ready(const view::Picture& picture) -> bool {
    return picture.root.children.size() > 1;
}

auto find(const view::Frame& frame, view::Kind kind) -> const view::Placed* {
    for (const auto& placed : frame.placed)
        if (placed.node->kind == kind) return &placed;
    return nullptr;
}

auto scroller_of(const view::Frame& frame, const ui::DrawState& draw) -> ui::Scroller {
    const auto* main = find(frame, view::Kind::Main);
    for (const auto& scroller : draw.scrollers)
        if (main && scroller.key == main->key) return scroller;
    return {};
}

}  // namespace

auto takes(const app::Msg& msg) -> bool {
    if (const auto* start = std::get_if<app::Started>(&msg.fact))
        self().list = bench::make_list(pcc_bench_wanted(), start->now);
    return self().list && bench::take(*self().list, msg);
}

void dresses(view::Picture& picture) {
    auto* main = main_of(picture);
    if (!self().list || !main || !is_ready(picture)) return;
    main->children = bench::view_list(*self().list);
    picture.pace = view::Pace::EachSecond;
}

void is_seen(const view::Frame& frame, const ui::DrawState& draw) {
    self().frame = &frame;
    if (!self().list || !find(frame, view::Kind::Table)) return;
    const auto& list = *self().list;
    const auto first =
        list.shown.empty() ? std::string() : bench::token_id(list.rows, list.shown[0]);
    const auto scroller = scroller_of(frame, draw);
    pcc_bench_shown(static_cast<unsigned>(list.shown.size()), first.data(), first.size(),
                    scroller.offset, scroller.content - scroller.room);
}

}  // namespace pcc::guest

namespace {

using namespace pcc;

enum class Part { Search, Rows, Label, ExpiresAt };  // in the order of probe.js

auto is_part(const view::Placed& placed, Part part) -> bool {
    if (part == Part::Search) return placed.node->kind == view::Kind::TextField;
    if (part == Part::Rows) return placed.part == view::Part::TableBody;
    if (placed.part != view::Part::TableColumn) return false;
    const auto& id = placed.node->table->columns[placed.index].id;
    return id == (part == Part::Label ? "label" : "expiresAt");
}

auto seen_of(const view::Placed& placed) -> view::Rect {
    const auto& rect = placed.rect;
    const float x = std::max(rect.x, placed.clip.x);
    const float y = std::max(rect.y, placed.clip.y);
    const float right = std::min(rect.x + rect.width, placed.clip.x + placed.clip.width);
    const float bottom = std::min(rect.y + rect.height, placed.clip.y + placed.clip.height);
    return {x, y, right - x, bottom - y};
}

}  // namespace

/// Where a part stands on the screen, as far as it is in sight. Units: CSS px.
extern "C" EMSCRIPTEN_KEEPALIVE auto pcc_bench_rect(int part) -> const float* {
    static view::Rect seen;
    seen = {};
    const auto* frame = guest::self().frame;
    if (!frame) return &seen.x;
    for (const auto& placed : frame->placed)
        if (is_part(placed, static_cast<Part>(part))) seen = seen_of(placed);
    return &seen.x;
}
