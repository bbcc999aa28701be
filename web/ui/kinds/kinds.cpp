// The table from kind to how it is measured and drawn.
// Layer: web/ui. No drawing of its own.
#include "web/ui/kinds/kinds.hpp"

#include <array>

namespace pcc::ui {

namespace {

using view::Kind;

struct Entry {
    Kind kind;
    KindRules rules;
};

constexpr bool stretches = true;
constexpr bool shrinks = true;

// In the order of Kind.
constexpr std::array entries{
    Entry{Kind::Root, {measure_root, draw_root}},
    Entry{Kind::Banner, {measure_banner, draw_banner, stretches}},
    Entry{Kind::Sidebar, {measure_sidebar, draw_sidebar}},
    Entry{Kind::Brand, {measure_brand, draw_brand, stretches}},
    Entry{Kind::OrgCard, {measure_org_card, draw_org_card, stretches}},
    Entry{Kind::NavGroup, {measure_nav_group, draw_nav_group, stretches}},
    Entry{Kind::NavLink, {measure_nav_link, draw_nav_link, stretches}},
    Entry{Kind::Profile, {measure_profile, draw_profile, stretches}},
    Entry{Kind::TopBar, {measure_top_bar, draw_top_bar, stretches}},
    Entry{Kind::Breadcrumb, {measure_breadcrumb, draw_breadcrumb, false, shrinks}},
    Entry{Kind::Main, {measure_main, draw_main, stretches}},
    Entry{Kind::Toasts, {measure_toasts, draw_toasts}},
    Entry{Kind::Toast, {measure_toast, draw_toast, stretches}},
    Entry{Kind::Row, {measure_row, draw_row, stretches, shrinks}},
    Entry{Kind::Column, {measure_column, draw_column, stretches, shrinks}},
    Entry{Kind::Spacer, {measure_spacer, draw_spacer}},
    Entry{Kind::Heading, {measure_heading, draw_heading, stretches, shrinks}},
    Entry{Kind::Text, {measure_text, draw_text, stretches, shrinks}},
    Entry{Kind::Sentence, {measure_sentence, draw_sentence, stretches, shrinks}},
    Entry{Kind::Chip, {measure_chip, draw_chip}},
    Entry{Kind::Dot, {measure_dot, draw_dot}},
    Entry{Kind::Bar, {measure_bar, draw_bar}},
    Entry{Kind::Button, {measure_button, draw_button}},
    Entry{Kind::Link, {measure_link, draw_link}},
    Entry{Kind::TextField, {measure_text_field, draw_text_field, stretches}},
    Entry{Kind::ChoiceGroup, {measure_choice_group, draw_choice_group, stretches}},
    Entry{Kind::Choice, {measure_choice, draw_choice, stretches}},
    Entry{Kind::Checkbox, {measure_checkbox, draw_checkbox}},
    Entry{Kind::Card, {measure_card, draw_card, stretches}},
    Entry{Kind::CardHeader, {measure_card_header, draw_card_header, stretches}},
    Entry{Kind::Table, {measure_table, draw_table, stretches}},
    Entry{Kind::Facts, {measure_facts, draw_facts, stretches}},
    Entry{Kind::Fact, {measure_fact, draw_fact, stretches}},
    Entry{Kind::Notice, {measure_notice, draw_notice, stretches}},
    Entry{Kind::Empty, {measure_empty, draw_empty, stretches}},
    Entry{Kind::Skeleton, {measure_skeleton, draw_skeleton, stretches}},
    Entry{Kind::CodeBox, {measure_code_box, draw_code_box, stretches}},
    Entry{Kind::Dialog, {measure_dialog, draw_dialog}},
    Entry{Kind::Actions, {measure_actions, draw_actions, stretches}},
};

constexpr auto in_order() -> bool {
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (static_cast<std::size_t>(entries[i].kind) != i) return false;
    return true;
}
static_assert(in_order() && entries.back().kind == Kind::Actions);

}  // namespace

auto rules_of(view::Kind kind) -> const KindRules& {
    return entries[static_cast<std::size_t>(kind)].rules;
}

}  // namespace pcc::ui
