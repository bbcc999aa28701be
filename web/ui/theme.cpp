// The palettes, and the pairs in which they meet.
// Layer: web/ui. Values only; draws nothing.
#include "web/ui/theme.hpp"

#include <array>
#include <cmath>

namespace pcc::ui {

namespace {

struct Shade {
    Role role;
    Rgb light;
    Rgb dark;
};

constexpr auto role_count = static_cast<std::size_t>(Role::Count);

constexpr std::array<Shade, role_count> shades{{
    {Role::Background, 0xF6F7F9, 0x0E1116},
    {Role::Surface, 0xFFFFFF, 0x151A21},
    {Role::Raised, 0xFFFFFF, 0x1B212A},
    {Role::Line, 0xE3E6EB, 0x2A323E},
    {Role::Text, 0x14181F, 0xE8ECF2},
    {Role::Muted, 0x5A6472, 0xA3AEBD},
    {Role::Faint, 0x6B7482, 0x8F9AAA},
    {Role::Accent, 0x2F5BEA, 0x7C9BFF},
    {Role::OnAccent, 0xFFFFFF, 0x0B1020},
    {Role::AccentSoft, 0xE9EEFE, 0x1C2747},
    {Role::AccentHover, 0x244FD8, 0x93ADFF},
    {Role::AccentPressed, 0x1D43BC, 0xA9BEFF},
    {Role::Ok, 0x0E7A4B, 0x5BD6A0},
    {Role::OkSoft, 0xE3F5EC, 0x12301F},
    {Role::Warn, 0x8A5A00, 0xF2BF5C},
    {Role::WarnSoft, 0xFDF1D8, 0x33270E},
    {Role::Bad, 0xB42318, 0xFF8A80},
    {Role::BadSoft, 0xFDE8E6, 0x3A1816},
    {Role::OnBad, 0xFFFFFF, 0x0B1020},
    {Role::BadHover, 0x981B12, 0xFFA39B},
    {Role::Acting, 0x5B21B6, 0x6D3BD1},
    {Role::OnActing, 0xFFFFFF, 0xFFFFFF},
    {Role::ActingButton, 0x7544C1, 0x7F52D7},
    {Role::ActingHover, 0x8256CC, 0x855ADA},
    {Role::ActingSoft, 0xEFE9FC, 0x281B4A},
    {Role::ActingText, 0x5B21B6, 0xB9A0F5},
    {Role::Sidebar, 0x10141C, 0x0A0D12},
    {Role::SidebarText, 0xC9D1DE, 0xC9D1DE},
    {Role::SidebarStrong, 0xFFFFFF, 0xFFFFFF},
    {Role::SidebarActive, 0x232B3A, 0x1C232E},
    {Role::SidebarHover, 0x1A202B, 0x141A22},
    {Role::SidebarLine, 0x2A3140, 0x2A3140},
    {Role::SidebarFaint, 0x8B95A7, 0x8B95A7},
    {Role::RowHover, 0xFAFBFC, 0x191F27},
    {Role::PlainHover, 0xF3F5F8, 0x202833},
    {Role::PlainPressed, 0xE9ECF1, 0x2A323E},
    {Role::BarWarn, 0xD9920A, 0xD9920A},
    {Role::Disabled, 0xEEF0F3, 0x222934},
    {Role::Ring, 0x2F5BEA, 0x7C9BFF},
    {Role::ActingRing, 0x5B21B6, 0xA98BFF},
    {Role::DarkRing, 0x8FA9FF, 0x8FA9FF},
    {Role::DarkActingRing, 0xC4B0FF, 0xC4B0FF},
    {Role::Frame, 0x858E9C, 0x6A7686},
}};

// What is otherwise where more contrast is asked for.
constexpr Shade strong_shades[] = {
    {Role::Background, 0xFFFFFF, 0x000000},   {Role::Surface, 0xFFFFFF, 0x0B0E12},
    {Role::Raised, 0xFFFFFF, 0x12161C},       {Role::Line, 0x858E9C, 0x5A6574},
    {Role::Frame, 0x14181F, 0xE8ECF2},        {Role::Text, 0x000000, 0xFFFFFF},
    {Role::Muted, 0x2B323C, 0xDDE3EB},        {Role::Faint, 0x2B323C, 0xDDE3EB},
    {Role::Accent, 0x12329C, 0xB3C5FF},       {Role::OnAccent, 0xFFFFFF, 0x000000},
    {Role::AccentHover, 0x0E2A85, 0xC6D4FF},  {Role::AccentPressed, 0x0A1F66, 0xD9E3FF},
    {Role::Ok, 0x064A2C, 0x86EFC0},           {Role::Warn, 0x573900, 0xFFD88A},
    {Role::Bad, 0x8A130B, 0xFFBDB7},          {Role::BadHover, 0x6E0E07, 0xFFCFCA},
    {Role::OnBad, 0xFFFFFF, 0x000000},        {Role::Acting, 0x3F1486, 0x4A1F9E},
    {Role::ActingButton, 0x5220A6, 0x5B2CB0}, {Role::ActingHover, 0x5B29B0, 0x6132B8},
    {Role::ActingText, 0x3F1486, 0xD9CBFF},   {Role::Sidebar, 0x000000, 0x000000},
    {Role::SidebarText, 0xFFFFFF, 0xFFFFFF},  {Role::SidebarFaint, 0xDDE3EB, 0xDDE3EB},
    {Role::SidebarLine, 0x8B95A7, 0x8B95A7},  {Role::BarWarn, 0x8A5A00, 0xF2BF5C},
    {Role::Ring, 0x12329C, 0xB3C5FF},         {Role::ActingRing, 0x3F1486, 0xD9CBFF},
};

constexpr auto in_order() -> bool {
    for (std::size_t i = 0; i < role_count; ++i)
        if (static_cast<std::size_t>(shades[i].role) != i) return false;
    return true;
}
static_assert(in_order(), "a shade for every role, in the order of the roles");

constexpr Pair texts[] = {
    {Role::Text, Role::Background},
    {Role::Text, Role::Surface},
    {Role::Text, Role::Raised},
    {Role::Text, Role::AccentSoft},
    {Role::Text, Role::RowHover},
    {Role::Text, Role::PlainHover},
    {Role::Text, Role::PlainPressed},
    {Role::Text, Role::OkSoft},
    {Role::Text, Role::WarnSoft},
    {Role::Text, Role::BadSoft},
    {Role::Muted, Role::OkSoft},
    {Role::Muted, Role::WarnSoft},
    {Role::Muted, Role::BadSoft},
    {Role::Muted, Role::ActingSoft},
    {Role::Text, Role::ActingSoft},
    {Role::Muted, Role::Background},
    {Role::Muted, Role::Surface},
    {Role::Muted, Role::Raised},
    {Role::Muted, Role::AccentSoft},
    {Role::Muted, Role::RowHover},
    {Role::Muted, Role::PlainHover},
    {Role::Muted, Role::PlainPressed},
    {Role::Muted, Role::Disabled},
    {Role::Faint, Role::Surface},
    {Role::Faint, Role::Raised},
    {Role::Accent, Role::Background},
    {Role::Accent, Role::Surface},
    {Role::Accent, Role::Raised},
    {Role::Accent, Role::RowHover},
    {Role::Accent, Role::AccentSoft},
    {Role::OnAccent, Role::Accent},
    {Role::OnAccent, Role::AccentHover},
    {Role::OnAccent, Role::AccentPressed},
    {Role::Ok, Role::Surface},
    {Role::Ok, Role::Background},
    {Role::Ok, Role::Raised},
    {Role::Ok, Role::OkSoft},
    {Role::Warn, Role::Surface},
    {Role::Warn, Role::Background},
    {Role::Warn, Role::Raised},
    {Role::Warn, Role::WarnSoft},
    {Role::Bad, Role::Surface},
    {Role::Bad, Role::Background},
    {Role::Bad, Role::Raised},
    {Role::Bad, Role::BadSoft},
    {Role::Bad, Role::PlainHover},
    {Role::Bad, Role::PlainPressed},
    {Role::OnBad, Role::Bad},
    {Role::OnBad, Role::BadHover},
    {Role::OnActing, Role::Acting},
    {Role::OnActing, Role::ActingButton},
    {Role::OnActing, Role::ActingHover},
    {Role::ActingText, Role::Surface},
    {Role::ActingText, Role::Background},
    {Role::ActingText, Role::Raised},
    {Role::ActingText, Role::ActingSoft},
    {Role::SidebarText, Role::Sidebar},
    {Role::SidebarText, Role::SidebarHover},
    {Role::SidebarText, Role::SidebarActive},
    {Role::SidebarStrong, Role::Sidebar},
    {Role::SidebarStrong, Role::SidebarActive},
    {Role::SidebarFaint, Role::Sidebar},
};

constexpr Pair marks[] = {
    {Role::Ring, Role::Background},
    {Role::Ring, Role::Surface},
    {Role::Ring, Role::Raised},
    {Role::Ring, Role::AccentSoft},
    {Role::ActingRing, Role::Background},
    {Role::ActingRing, Role::Surface},
    {Role::ActingRing, Role::Raised},
    {Role::ActingRing, Role::AccentSoft},
    {Role::DarkRing, Role::Sidebar},
    {Role::DarkRing, Role::SidebarActive},
    {Role::DarkActingRing, Role::Sidebar},
    {Role::DarkActingRing, Role::SidebarActive},
    {Role::OnActing, Role::Acting},
    {Role::Frame, Role::Background},
    {Role::Frame, Role::Surface},
    {Role::Frame, Role::Raised},
    {Role::Accent, Role::Line},
    {Role::Faint, Role::Surface},
    {Role::Faint, Role::Raised},
    {Role::Ok, Role::AccentSoft},
    {Role::Bad, Role::AccentSoft},
};

auto linear(std::uint32_t channel) -> double {
    const double part = channel / 255.0;
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

auto luminance(Rgb rgb) -> double {
    return 0.2126 * linear(rgb >> 16 & 0xFF) + 0.7152 * linear(rgb >> 8 & 0xFF) +
           0.0722 * linear(rgb & 0xFF);
}

}  // namespace

auto color(view::Theme theme, Role role) -> Rgb {
    const bool dark = theme == view::Theme::Dark || theme == view::Theme::StrongDark;
    const bool strong = theme == view::Theme::StrongLight || theme == view::Theme::StrongDark;
    const Shade* shade = &shades[static_cast<std::size_t>(role)];
    for (const Shade& other : strong_shades)
        if (strong && other.role == role) shade = &other;
    return dark ? shade->dark : shade->light;
}

auto contrast(Rgb one, Rgb other) -> double {
    const double a = luminance(one);
    const double b = luminance(other);
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

auto text_pairs() -> std::span<const Pair> {
    return texts;
}
auto mark_pairs() -> std::span<const Pair> {
    return marks;
}

auto tone_text(view::Tone tone) -> Role {
    switch (tone) {
        case view::Tone::Accent: return Role::Accent;
        case view::Tone::Ok: return Role::Ok;
        case view::Tone::Warn: return Role::Warn;
        case view::Tone::Bad: return Role::Bad;
        case view::Tone::Acting: return Role::ActingText;
        case view::Tone::Plain: break;
    }
    return Role::Text;
}

auto tone_soft(view::Tone tone) -> Role {
    switch (tone) {
        case view::Tone::Accent: return Role::AccentSoft;
        case view::Tone::Ok: return Role::OkSoft;
        case view::Tone::Warn: return Role::WarnSoft;
        case view::Tone::Bad: return Role::BadSoft;
        case view::Tone::Acting: return Role::ActingSoft;
        case view::Tone::Plain: break;
    }
    return Role::Background;
}

}  // namespace pcc::ui
