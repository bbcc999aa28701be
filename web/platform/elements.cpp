// Which element each kind of node becomes.
// Layer: web/platform. Tables, fields and choices have files of their own.
#include "web/platform/elements.hpp"

#include <algorithm>

#include "web/platform/elements_builder.hpp"

namespace pcc::platform {

namespace {

using view::Kind;
using view::Placed;

constexpr const char* heading_tags[] = {"h1", "h2", "h3"};

void add_words(ElementsBuilder& builder, const Placed& placed, const char* tag) {
    auto& words = builder.add(placed, tag, Use::Leaf);
    put_words(builder, words, *placed.node);
    // A role that may have a name of its own: what is spoken of running time is not what is shown.
    if (builder.plain && !placed.node->label.empty()) set(words, "role", "timer");
    if (placed.node->selected) set(words, "aria-current", "page");
}

void add_container(ElementsBuilder& builder, const Placed& placed, const char* tag,
                   const char* role, const std::string& label) {
    auto& container = builder.add(placed, tag, Use::Container);
    if (*role) set(container, "role", role);
    if (!label.empty()) set(container, "aria-label", label);
    builder.hold(placed);
}

// Name and detail of a container, as two paragraphs before its children.
void add_name_and_detail(ElementsBuilder& builder, const Placed& placed, const char* name_tag) {
    const auto add = [&](const char* part, const char* tag, const std::string& words,
                         bool is_detail) {
        if (words.empty()) return;
        const auto key = part_key(placed, part);
        auto stands = placed;
        stands.rect = builder.written_at(placed, is_detail);
        auto& element = builder.add_part(stands, builder.own(), key, tag, Use::Leaf);
        element.text = words;
        set(element, "id", element_id(key));
    };
    add("name", name_tag, spoken(*placed.node), false);
    add("detail", "p", placed.node->detail, true);
}

void add_heading(ElementsBuilder& builder, const Placed& placed) {
    const int level = std::min(std::max(placed.node->level, 1), 3);
    auto& heading = builder.add(placed, heading_tags[level - 1], Use::Leaf);
    heading.text = spoken(*placed.node);
    if (level == 1) set(heading, "tabindex", "-1");
}

void add_link(ElementsBuilder& builder, const Placed& placed) {
    const auto& node = *placed.node;
    if (node.href.empty() && !node.on_press) return add_words(builder, placed, "span");
    auto& link = builder.add(placed, node.href.empty() ? "button" : "a", Use::Control);
    put_words(builder, link, node);
    if (!node.href.empty()) set(link, "href", node.href);
    if (node.selected) set(link, "aria-current", "page");
}

void add_button(ElementsBuilder& builder, const Placed& placed) {
    const auto& node = *placed.node;
    auto& button = builder.add(placed, "button", Use::Control);
    put_words(builder, button, node);
    // Stays focusable: a button that vanishes under somebody's focus loses them their place.
    if (node.disabled || node.busy) set(button, "aria-disabled", "true");
    if (node.busy) set(button, "aria-busy", "true");
    if (node.selected) set(button, "aria-pressed", "true");
}

void add_checkbox(ElementsBuilder& builder, const Placed& placed) {
    const auto& node = *placed.node;
    auto& box = builder.add(placed, "button", Use::Control);
    put_words(builder, box, node);
    set(box, "role", "checkbox");
    set(box, "aria-checked", node.selected ? "true" : "false");
    if (node.disabled) set(box, "aria-disabled", "true");
}

void add_bar(ElementsBuilder& builder, const Placed& placed) {
    const auto& node = *placed.node;
    auto& bar = builder.add(placed, "div", Use::Leaf);
    set(bar, "role", "progressbar");
    set(bar, "aria-label", spoken(node));
    set(bar, "aria-valuemin", "0");
    set(bar, "aria-valuemax", "100");
    set(bar, "aria-valuenow", std::to_string(static_cast<int>(node.fraction * 100)));
    if (!builder.plain) return;
    builder.hold(placed);
    auto& filled =
        builder.add_part(placed, builder.own(), part_key(placed, "filled"), "div", Use::Container);
    filled.rect.width *= node.fraction;
}

void add_fact(ElementsBuilder& builder, const Placed& placed) {
    builder.add(placed, "div", Use::Container);
    builder.hold(placed);
    auto& term = builder.add_part(placed, builder.own(), part_key(placed, "term"), "dt", Use::Leaf);
    term.text = spoken(*placed.node);
    builder.add_part(placed, builder.own(), part_key(placed, "description"), "dd", Use::Container);
    builder.hold(placed);
}

void add_dialog(ElementsBuilder& builder, const Placed& placed) {
    const auto& node = *placed.node;
    auto& dialog = builder.add(placed, "div", Use::Container);
    set(dialog, "role", node.alert ? "alertdialog" : "dialog");
    set(dialog, "aria-modal", "true");
    set(dialog, "tabindex", "-1");
    set(dialog, "aria-labelledby", element_id(part_key(placed, "name")));
    if (!node.detail.empty()) {
        set(dialog, "aria-describedby", element_id(part_key(placed, "detail")));
    }
    builder.elements.dialog = placed.key;
    builder.hold(placed);
    add_name_and_detail(builder, placed, "h2");
}

void add_block(ElementsBuilder& builder, const Placed& placed, const char* role) {
    add_container(builder, placed, "div", role, {});
    add_name_and_detail(builder, placed, "p");
}

// Spoken by the page's live region, which tells everything once: so not by itself as well.
void add_toast(ElementsBuilder& builder, const Placed& placed) {
    const std::size_t at = builder.elements.all.size();
    add_block(builder, placed, "status");
    set(builder.elements.all[at], "aria-live", "off");
}

void add_code(ElementsBuilder& builder, const Placed& placed) {
    add_container(builder, placed, "div", "group", spoken(*placed.node));
    auto& code =
        builder.add_part(placed, builder.own(), part_key(placed, "code"), "code", Use::Leaf);
    code.text = placed.node->detail;
}

void add_main(ElementsBuilder& builder, const Placed& placed) {
    set(builder.add(placed, "main", Use::Container), "tabindex", "-1");
    builder.hold(placed);
}

void add_frame_kind(ElementsBuilder& builder, const Placed& placed) {
    const auto& node = *placed.node;
    switch (node.kind) {
        case Kind::Banner: return add_container(builder, placed, "div", "region", spoken(node));
        case Kind::Sidebar: return add_container(builder, placed, "nav", "", spoken(node));
        case Kind::NavGroup: return add_container(builder, placed, "div", "group", spoken(node));
        case Kind::TopBar: return add_container(builder, placed, "header", "", {});
        case Kind::Breadcrumb: return add_container(builder, placed, "nav", "", "Breadcrumb");
        case Kind::Main: return add_main(builder, placed);
        case Kind::Toasts: return add_container(builder, placed, "div", "", {});
        case Kind::Toast: return add_toast(builder, placed);
        case Kind::Dialog: return add_dialog(builder, placed);
        case Kind::OrgCard:
        case Kind::Profile: return add_block(builder, placed, "");
        case Kind::Root: return;
        default:  // layout
            if (builder.plain) add_container(builder, placed, "div", "", {});
    }
}

void add_kind(ElementsBuilder& builder, const Placed& placed, const view::Frame& frame) {
    switch (placed.node->kind) {
        case Kind::Heading: return add_heading(builder, placed);
        case Kind::Brand:
        case Kind::Text:
        case Kind::Chip:
        case Kind::Dot: return add_words(builder, placed, "span");
        case Kind::Skeleton:
            add_words(builder, placed, "p");
            return set(builder.elements.all.back(), "aria-busy", "true");
        case Kind::Sentence: return add_container(builder, placed, "p", "", {});
        case Kind::Bar: return add_bar(builder, placed);
        case Kind::Button: return add_button(builder, placed);
        case Kind::NavLink:
        case Kind::Link: return add_link(builder, placed);
        case Kind::TextField: return add_field(builder, placed);
        case Kind::ChoiceGroup:
        case Kind::Choice: return add_choice(builder, placed, frame);
        case Kind::Checkbox: return add_checkbox(builder, placed);
        case Kind::Table: return add_table_part(builder, placed);
        case Kind::Facts: return add_container(builder, placed, "dl", "", {});
        case Kind::Fact: return add_fact(builder, placed);
        case Kind::Notice: return add_block(builder, placed, placed.node->alert ? "alert" : "");
        case Kind::Empty: return add_block(builder, placed, "");
        case Kind::CodeBox: return add_code(builder, placed);
        default: return add_frame_kind(builder, placed);
    }
}

// On a narrow screen the sidebar lies over the page as a drawer.
auto is_under_drawer(const Elements& elements, const Element& main) -> bool {
    const auto drawer = std::find_if(elements.all.begin(), elements.all.end(), [](const auto& one) {
        return one.parent == 0 && std::string_view(one.tag) == "nav";
    });
    return drawer != elements.all.end() && drawer->rect.x + drawer->rect.width > main.rect.x + 1;
}

// What is covered cannot be reached: all but an open dialog, and the page under a drawer.
void make_rest_inert(Elements& elements) {
    for (auto& element : elements.all) {
        const bool is_covered =
            elements.dialog
                ? element.parent == 0 && element.key != elements.dialog
                : std::string_view(element.tag) == "main" && is_under_drawer(elements, element);
        if (is_covered) set(element, "inert", "");
    }
}

// What a node is dressed as, for shell/plain.css: in the order of Kind, Tone, TextStyle,
// ButtonStyle.
auto look_of(const view::Node& node) -> std::string {
    constexpr const char* kinds[] = {
        "",      "banner",  "sidebar", "brand",   "org",   "group",  "nav",    "profile",
        "bar",   "crumb",   "main",    "toasts",  "toast", "row",    "column", "spacer",
        "head",  "text",    "text",    "chip",    "dot",   "meter",  "button", "link",
        "field", "choices", "choice",  "box",     "card",  "header", "table",  "facts",
        "fact",  "notice",  "empty",   "loading", "code",  "dialog", "actions"};
    constexpr const char* tones[] = {"", " accent", " ok", " warn", " bad", " acting"};
    constexpr const char* styles[] = {"",       " strong",      " muted", " muted",
                                      " small", " small muted", " mono"};
    constexpr const char* buttons[] = {"", " primary", " danger", " quiet", " acting"};
    std::string look = kinds[static_cast<int>(node.kind)];
    look += tones[static_cast<int>(node.tone)];
    look += styles[static_cast<int>(node.style)];
    look += buttons[static_cast<int>(node.button)];
    if (node.small) look += " small";
    if (node.wide) look += " wide";
    if (node.width > 0) look += " held";  // to a width
    return look;
}

}  // namespace

auto elements_of(const view::Frame& frame, const std::vector<ScrollArea>& areas, bool plain)
    -> Elements {
    ElementsBuilder builder(frame, areas, plain);
    for (const auto& placed : frame.placed) {
        builder.step(placed);
        if (placed.node == only_words(builder, frame.placed[placed.parent])) continue;
        const std::size_t own = builder.elements.all.size();
        add_kind(builder, placed, frame);
        if (plain && placed.part == view::Part::Whole && builder.elements.all.size() > own)
            set(builder.elements.all[own], "data-look", look_of(*placed.node));
        const bool takes_focus = placed.node->autofocus && placed.part == view::Part::Whole;
        if (takes_focus && !placed.node->disabled) builder.elements.autofocus = placed.key;
    }
    make_rest_inert(builder.elements);
    return std::move(builder.elements);
}

}  // namespace pcc::platform
