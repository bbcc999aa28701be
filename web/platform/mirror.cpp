// Compares each frame's elements with those that stand, and hands what differs to the page.
// Layer: web/platform. What an element is for a node is decided in elements.cpp.
#include "web/platform/mirror.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

extern "C" {
float pcc_mirror_height();
void pcc_mirror_begin();
void pcc_mirror_create(std::uint32_t key, const char* tag, std::size_t length, int use);
void pcc_mirror_copy(std::uint32_t key, std::uint32_t model);
int pcc_mirror_place(std::uint32_t key, std::uint32_t parent, std::uint32_t before);
void pcc_mirror_remove(std::uint32_t key);
void pcc_mirror_text(std::uint32_t key, const char* text, std::size_t length);
void pcc_mirror_attribute(std::uint32_t key, const char* name, std::size_t name_length,
                          const char* value, std::size_t value_length, int present);
void pcc_mirror_rect(std::uint32_t key, float x, float y, float width, float height);
void pcc_mirror_value(std::uint32_t key, const char* value, std::size_t length);
void pcc_mirror_scroll(std::uint32_t key, float offset);
void pcc_mirror_settle(std::uint32_t dialog, std::uint32_t autofocus);
}

namespace pcc::platform {

namespace {

using ByKey = std::vector<std::pair<view::Key, std::size_t>>;  // sorted; the place in `all`

struct Mirror {
    Elements elements;
    ByKey by_key;
};

auto mirror() -> Mirror& {
    static Mirror standing;
    return standing;
}

auto sorted_by_key(const Elements& elements) -> ByKey {
    ByKey by_key;
    by_key.reserve(elements.all.size());
    for (std::size_t i = 0; i < elements.all.size(); ++i) {
        by_key.emplace_back(elements.all[i].key, i);
    }
    std::sort(by_key.begin(), by_key.end());
    return by_key;
}

auto find(Elements& elements, const ByKey& by_key, view::Key key) -> Element* {
    const auto at = std::lower_bound(by_key.begin(), by_key.end(), std::pair(key, std::size_t{0}));
    return at != by_key.end() && at->first == key ? &elements.all[at->second] : nullptr;
}

auto same_kind(const Element& a, const Element& b) -> bool {
    return std::string_view(a.tag) == b.tag && a.use == b.use;
}

void put_attribute(view::Key key, const Attribute& attribute, bool present) {
    const std::string_view name = attribute.name;
    pcc_mirror_attribute(key, name.data(), name.size(), attribute.value.data(),
                         attribute.value.size(), present ? 1 : 0);
}

void lay_attributes(const Element& now, const std::vector<Attribute>& before) {
    for (const auto& attribute : before) {
        const bool stays = std::any_of(
            now.attributes.begin(), now.attributes.end(),
            [&](const auto& one) { return std::string_view(one.name) == attribute.name; });
        if (!stays) put_attribute(now.key, attribute, false);
    }
    for (const auto& attribute : now.attributes) {
        if (std::find(before.begin(), before.end(), attribute) == before.end()) {
            put_attribute(now.key, attribute, true);
        }
    }
}

// The DOM field holds what was typed; only a model that says otherwise writes into it. Of a
// password the model tells no more than whether it holds one.
void lay_value(Element& now, const Element& before) {
    if (now.field->kind == view::FieldKind::Password && now.field->filled) now.value = before.value;
    if (now.value != before.value) pcc_mirror_value(now.key, now.value.data(), now.value.size());
}

/// What has been made for this frame, and what has come to stand elsewhere.
struct Fresh {
    std::vector<view::Key> keys;         // sorted; children of what is new have to be placed again
    std::vector<view::Key> moved;        // sorted; so has what follows one that moved
    std::vector<const Element*> models;  // the first of each kind, that others are copied from
};

void note(std::vector<view::Key>& sorted, view::Key key) {
    sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), key), key);
}

auto has(const std::vector<view::Key>& sorted, view::Key key) -> bool {
    return std::binary_search(sorted.begin(), sorted.end(), key);
}

// Behind the same one as before, an element stands right only where that one has not moved.
void lay_place(const Element& now, const Element& before, bool is_new, Fresh& fresh) {
    const bool same = !is_new && now.parent == before.parent && now.before == before.before;
    if (same && !has(fresh.keys, now.before) && !has(fresh.moved, now.before)) return;
    const bool moved = pcc_mirror_place(now.key, now.parent, now.before) != 0;
    if (moved && !is_new) note(fresh.moved, now.key);
}

void lay(Element& now, const Element& before, bool is_new, Fresh& fresh) {
    lay_attributes(now, before.attributes);
    if (now.text != before.text) pcc_mirror_text(now.key, now.text.data(), now.text.size());
    if (is_new || !(now.rect == before.rect)) {
        pcc_mirror_rect(now.key, now.rect.x, now.rect.y, now.rect.width, now.rect.height);
    }
    if (now.use == Use::Field) lay_value(now, before);
    lay_place(now, before, is_new, fresh);
}

void remove_what_left(const Elements& before, Elements& now, const ByKey& by_key) {
    for (const auto& element : before.all) {
        const auto* stays = find(now, by_key, element.key);
        if (!stays || !same_kind(*stays, element)) pcc_mirror_remove(element.key);
    }
}

// A field's copy would hold what was typed into it, and an area's how far it was scrolled.
auto may_be_copied(const Element& element) -> bool {
    return element.use != Use::Field && !element.scrolls;
}

// An element as it stands before it is laid: of most only what differs from the first one of their
// kind is told.
auto make(const Element& now, Fresh& fresh) -> Element {
    note(fresh.keys, now.key);
    Element made;
    const auto model = std::find_if(fresh.models.begin(), fresh.models.end(),
                                    [&](const Element* one) { return same_kind(*one, now); });
    if (model != fresh.models.end() && may_be_copied(now)) {
        pcc_mirror_copy(now.key, (*model)->key);
        made.attributes = (*model)->attributes;
        return made;
    }
    const std::string_view tag = now.tag;
    pcc_mirror_create(now.key, tag.data(), tag.size(), static_cast<int>(now.use));
    if (may_be_copied(now)) fresh.models.push_back(&now);
    return made;
}

void lay_one(Element& now, Fresh& fresh) {
    const Element* before = standing_element(now.key);
    if (!before || !same_kind(*before, now)) return lay(now, make(now, fresh), true, fresh);
    lay(now, *before, has(fresh.keys, now.parent), fresh);
}

void lay_all(Elements& now) {
    Fresh fresh;
    for (auto& element : now.all)
        lay_one(element, fresh);
    // Only now is the content as high as it will be.
    for (auto& element : now.all) {
        const Element* before = standing_element(element.key);
        const bool same = before && before->scrolls && before->scroll == element.scroll;
        if (element.scrolls && !same) pcc_mirror_scroll(element.key, element.scroll);
    }
}

}  // namespace

void lay_mirror(const view::Frame& frame, const std::vector<ScrollArea>& areas, bool plain) {
    Elements now = elements_of(frame, areas, plain);
    ByKey by_key = sorted_by_key(now);
    pcc_mirror_begin();
    remove_what_left(mirror().elements, now, by_key);
    lay_all(now);
    mirror().elements = std::move(now);
    mirror().by_key = std::move(by_key);
    pcc_mirror_settle(mirror().elements.dialog, mirror().elements.autofocus);
}

auto plain_height() -> float {
    return pcc_mirror_height();
}

auto standing_element(view::Key key) -> Element* {
    return find(mirror().elements, mirror().by_key, key);
}

}  // namespace pcc::platform
