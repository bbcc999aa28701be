// Keeps parents, siblings and offsets right while elements are collected.
// Layer: web/platform. Knows no kind of node.
#include "web/platform/elements_builder.hpp"

#include <algorithm>

namespace pcc::platform {

ElementsBuilder::ElementsBuilder(const view::Frame& frame, const std::vector<ScrollArea>& areas,
                                 bool plain_page)
    : plain(plain_page), frame_(frame), areas_(areas) {
    elements.all.reserve(frame.placed.size() + 16);
    holders_.push_back({});
    holder_of_.reserve(frame.placed.size());
}

void ElementsBuilder::step(const view::Placed& placed) {
    outer_ = placed.parent < holder_of_.size() ? holder_of_[placed.parent] : 0;
    holder_of_.push_back(outer_);
}

// A list that grew while it was paged may hold the same row twice; elements may not.
auto ElementsBuilder::unused(view::Key key) -> view::Key {
    auto at = std::lower_bound(used_.begin(), used_.end(), key);
    while (at != used_.end() && *at == key) {
        key = view::child_key(key, "again");
        at = std::lower_bound(used_.begin(), used_.end(), key);
    }
    used_.insert(at, key);
    return key;
}

auto ElementsBuilder::add_part(const view::Placed& placed, std::size_t holder, view::Key key,
                               const char* tag, Use use) -> Element& {
    auto& into = holders_[holder];
    Element element;
    element.key = unused(key);
    element.parent = into.key;
    element.before = into.last_child ? elements.all[into.last_child - 1].key : 0;
    element.tag = tag;
    element.use = use;
    element.rect = placed.rect;
    element.rect.x -= into.x;
    element.rect.y -= into.y;
    elements.all.push_back(std::move(element));
    into.last_child = elements.all.size();
    return elements.all.back();
}

auto ElementsBuilder::add(const view::Placed& placed, const char* tag, Use use) -> Element& {
    auto& element = add_part(placed, outer_, placed.key, tag, use);
    const auto& node = *placed.node;
    if (use == Use::Control && !node.disabled && !node.busy) element.on_press = &node.on_press;
    return element;
}

void ElementsBuilder::hold(const view::Placed& placed) {
    holders_.push_back({elements.all.back().key, placed.rect.x, placed.rect.y, 0});
    holder_of_.back() = holders_.size() - 1;
    for (const auto& area : areas_) {
        if (area.key == placed.key) hold_scrolling(placed, area);
    }
}

void ElementsBuilder::wrap(const view::Placed& placed) {
    if (!plain) return;
    add_part(placed, outer_, part_key(placed, "wrap"), "div", Use::Container);
    hold(placed);
    outer_ = own();
}

auto ElementsBuilder::written_at(const view::Placed& placed, bool is_detail) const -> view::Rect {
    for (const auto& written : frame_.written) {
        const bool fits = &frame_.placed[written.placed] == &placed;
        if (fits && written.is_detail == is_detail) return written.rect;
    }
    return placed.rect;
}

// Something as high as the content stands inside, so that the browser can scroll to what it looks
// for.
void ElementsBuilder::hold_scrolling(const view::Placed& placed, const ScrollArea& area) {
    auto& scrolling = elements.all.back();
    scrolling.scrolls = true;
    scrolling.scroll = area.offset;
    holders_.back().y -= area.offset;
    auto& height = add_part(placed, own(), part_key(placed, "height"), "div", Use::Container);
    height.rect = {0, 0, 1, area.content};
    set(height, "aria-hidden", "true");
}

auto part_key(const view::Placed& placed, const char* part) -> view::Key {
    return view::child_key(placed.key, std::string("\1") + part);  // no id begins like this
}

auto element_id(view::Key key) -> std::string {
    return "n" + std::to_string(key);
}

void set(Element& element, const char* name, std::string_view value) {
    element.attributes.push_back({name, std::string(value)});
}

void put_words(const ElementsBuilder& builder, Element& element, const view::Node& node) {
    element.text = spoken(node);
    if (!builder.plain || node.label.empty()) return;
    element.text = node.name;
    set(element, "aria-label", node.label);
}

auto spoken(const view::Node& node) -> const std::string& {
    return node.label.empty() ? node.name : node.label;
}

}  // namespace pcc::platform
