// Text fields as real inputs, and radio groups with one stop for the Tab key.
// Layer: web/platform. The browser draws the text of a field; the canvas draws the box around it.
#include "web/platform/elements_builder.hpp"

namespace pcc::platform {

namespace {

auto input_type(view::FieldKind kind) -> const char* {
    switch (kind) {
        case view::FieldKind::Search: return "search";
        case view::FieldKind::Password: return "password";
        case view::FieldKind::Email: return "email";
        default: return "text";
    }
}

auto placed_key_of_group(const view::Placed& placed, const view::Frame& frame) -> std::uint32_t {
    std::uint32_t at = placed.parent;
    while (at != 0 && frame.placed[at].node->kind != view::Kind::ChoiceGroup) {
        at = frame.placed[at].parent;
    }
    return at;
}

// The selected choice below a node, else the first one.
auto tab_stop(const view::Node& node) -> const view::Node* {
    const view::Node* first = nullptr;
    for (const auto& child : node.children) {
        const auto* found = child.kind == view::Kind::Choice ? &child : tab_stop(child);
        if (found && found->selected) return found;
        if (!first) first = found;
    }
    return first;
}

void describe_input(Element& input, const view::Node& node, const std::string& note_id) {
    const auto& field = *node.field;
    set(input, "id", element_id(input.key));
    set(input, "type", input_type(field.kind));
    if (field.kind == view::FieldKind::TokenId) set(input, "data-face", "mono");
    set(input, "autocomplete", field.autocomplete);
    set(input, "autocapitalize", "off");
    set(input, "spellcheck", "false");
    if (!field.placeholder.empty()) set(input, "placeholder", field.placeholder);
    if (field.longest) set(input, "maxlength", std::to_string(field.longest));
    // Not `disabled`: while something is saved, who typed it would lose their place on the page.
    if (node.disabled) set(input, "readonly", "");
    if (!field.error.empty()) set(input, "aria-invalid", "true");
    if (!note_id.empty()) set(input, "aria-describedby", note_id);
}

}  // namespace

void add_field(ElementsBuilder& builder, const view::Placed& placed) {
    const auto& node = *placed.node;
    const auto& field = *node.field;
    builder.wrap(placed);
    auto& label =
        builder.add_part(placed, builder.outer(), part_key(placed, "label"), "label", Use::Leaf);
    label.text = spoken(node).empty() ? field.placeholder : spoken(node);
    set(label, "for", element_id(placed.key));

    const auto& note = field.error.empty() ? field.hint : field.error;
    const view::Key note_key = part_key(placed, "note");
    auto& input = builder.add(placed, "input", Use::Field);
    describe_input(input, node, note.empty() ? std::string() : element_id(note_key));
    input.field = &field;
    input.value = field.value;
    if (note.empty()) return;
    auto& words = builder.add_part(placed, builder.outer(), note_key, "p", Use::Leaf);
    words.text = note;
    set(words, "id", element_id(note_key));
}

void add_choice(ElementsBuilder& builder, const view::Placed& placed, const view::Frame& frame) {
    const auto& node = *placed.node;
    if (node.kind == view::Kind::ChoiceGroup) {
        auto& group = builder.add(placed, "div", Use::Container);
        set(group, "role", "radiogroup");
        set(group, "aria-label", spoken(node));
        return builder.hold(placed);
    }
    const auto& group = *frame.placed[placed_key_of_group(placed, frame)].node;
    const view::Key name_key = part_key(placed, "name");
    const view::Key detail_key = part_key(placed, "detail");
    auto& radio = builder.add(placed, "button", Use::Control);
    set(radio, "role", "radio");
    set(radio, "aria-checked", node.selected ? "true" : "false");
    set(radio, "tabindex", tab_stop(group) == &node ? "0" : "-1");
    set(radio, "aria-labelledby", element_id(name_key));
    if (!node.detail.empty()) set(radio, "aria-describedby", element_id(detail_key));
    if (node.disabled) set(radio, "aria-disabled", "true");
    builder.hold(placed);
    auto& name = builder.add_part(placed, builder.own(), name_key, "span", Use::Container);
    name.text = spoken(node);
    set(name, "id", element_id(name_key));
    if (node.detail.empty()) return;
    auto& detail = builder.add_part(placed, builder.own(), detail_key, "span", Use::Container);
    detail.text = node.detail;
    set(detail, "id", element_id(detail_key));
}

}  // namespace pcc::platform
