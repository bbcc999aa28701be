// The colours of the console by what they are for, light and dark.
// Layer: web/ui. Values only; draws nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/view/node.hpp"

namespace pcc::ui {

enum class Role : std::uint8_t {
    Background,
    Surface,
    Raised,
    Line,
    Text,
    Muted,
    Faint,
    Accent,
    OnAccent,
    AccentSoft,
    AccentHover,
    AccentPressed,
    Ok,
    OkSoft,
    Warn,
    WarnSoft,
    Bad,
    BadSoft,
    OnBad,
    BadHover,
    Acting,
    OnActing,
    ActingButton,
    ActingHover,
    ActingSoft,
    ActingText,
    Sidebar,
    SidebarText,
    SidebarStrong,
    SidebarActive,
    SidebarHover,
    SidebarLine,
    SidebarFaint,
    RowHover,
    PlainHover,
    PlainPressed,
    BarWarn,
    Disabled,
    Ring,
    ActingRing,
    DarkRing,
    DarkActingRing,
    Frame,  // of a text field
    Count
};

/// Units: 0xRRGGBB.
using Rgb = std::uint32_t;

auto color(view::Theme theme, Role role) -> Rgb;

/// How far two colours stand apart, 1 to 21. Source: WCAG 2.2, contrast ratio.
auto contrast(Rgb one, Rgb other) -> double;

/// A colour that is drawn on another.
struct Pair {
    Role front;
    Role ground;
};
/// Every pair of text and ground that the console draws; all have a contrast of at least 4.5, in
/// the strong themes of 7.
auto text_pairs() -> std::span<const Pair>;
/// Every pair of a mark that carries meaning (focus ring, dot, bar) and its ground; at least 3.
auto mark_pairs() -> std::span<const Pair>;

/// The colour of words in a tone, and the soft ground they may stand on.
auto tone_text(view::Tone tone) -> Role;
auto tone_soft(view::Tone tone) -> Role;

}  // namespace pcc::ui
