#include "core/view/frame.hpp"

#include "core/view/build.hpp"

namespace pcc::view {

namespace {

using app::Screen;

auto nav_link(const app::Model& model, Screen screen, int level) -> Node {
    const app::Route route{screen, {}};
    auto made =
        link("nav", screen_title(screen), app::route_path(route), app::ClickedNavigation{route});
    made.kind = Kind::NavLink;
    made.id = made.href;
    made.level = level;
    made.selected = model.route.screen == screen ||
                    (screen == Screen::Networks && model.route.screen == Screen::Network);
    return made;
}

auto nav_group(std::string name, std::vector<Node> links) -> Node {
    Node made;
    made.kind = Kind::NavGroup;
    made.id = name;
    made.name = std::move(name);
    made.children = std::move(links);
    return made;
}

/// A heading within the Configure group: it has no screen of its own.
auto nav_label(std::string name) -> Node {
    Node made;
    made.kind = Kind::NavLink;
    made.id = name;
    made.name = std::move(name);
    return made;
}

auto shown_organization(const app::Model& model) -> std::string {
    return model.assumption ? model.assumption->organization_name
                            : model.session->organization.name;
}

auto profile(const app::Model& model) -> Node {
    Node made;
    made.kind = Kind::Profile;
    made.name = model.session->user.name;
    made.detail = model.assumption ? "acting for " + model.assumption->organization_name
                                   : access::role_label(model.session->role);
    const bool dark = app::is_dark(model.display);
    auto theme = button("theme", dark ? "Light" : "Dark", app::ClickedTheme{}, ButtonStyle::Quiet);
    theme.label = dark ? "Use the light theme" : "Use the dark theme";
    theme.small = true;
    auto sign_out = button("sign_out", "Sign out", app::ClickedSignOut{}, ButtonStyle::Quiet);
    sign_out.small = true;
    made.children = list(std::move(theme), std::move(sign_out));
    const bool chosen = model.display.plain_choice;
    // Where nothing else can be shown there is nothing to choose.
    if (chosen == app::is_plain(model.display) && model.display.has_canvas) {
        auto plain = button("plain", chosen ? "Full view" : "Plain page", app::ChosePlain{!chosen},
                            ButtonStyle::Quiet);
        plain.label = chosen ? "Show the full view" : "Show this as a plain page";
        plain.small = true;
        made.children.insert(made.children.begin() + 1, std::move(plain));
    }
    return made;
}

auto breadcrumb(const app::Model& model) -> Node {
    Node made;
    made.kind = Kind::Breadcrumb;
    const auto add = [&made](const char* words) {
        made.children.push_back(text(words, TextStyle::Muted));
    };
    switch (model.route.screen) {
        case Screen::Networks:
        case Screen::Network:
        case Screen::Sessions: add("Monitor"); break;
        case Screen::Tokens:
        case Screen::Settings:
            add("Configure");
            add("Organization");
            break;
        case Screen::Assume:
            add("Organization");
            add("Configure");
            break;
        case Screen::Audit: add("Record"); break;
        case Screen::NotFound: break;
    }
    if (model.route.screen == Screen::Network) {
        const app::Route networks{Screen::Networks, {}};
        made.children.push_back(link("networks", "Networks", app::route_path(networks),
                                     app::ClickedNavigation{networks}));
        const auto* detail = loaded(model.pages.network.detail);
        made.children.push_back(text(detail ? detail->network.name : "Network", TextStyle::Strong));
    } else {
        made.children.push_back(text(screen_title(model.route.screen), TextStyle::Strong));
    }
    return made;
}

auto toast_tone(app::ToastTone tone) -> Tone {
    switch (tone) {
        case app::ToastTone::Ok: return Tone::Ok;
        case app::ToastTone::Warn: return Tone::Warn;
        case app::ToastTone::Bad: return Tone::Bad;
    }
    return Tone::Plain;
}

auto view_toast(const app::Toast& toast) -> Node {
    Node made;
    made.kind = Kind::Toast;
    made.id = std::to_string(toast.id);
    made.name = toast.text;
    made.detail = toast.detail;
    made.tone = toast_tone(toast.tone);
    if (!toast.action.empty()) {
        made.children.push_back(
            row_button("action", toast.action, toast.action, app::ClickedToastAction{toast.id}));
    }
    made.children.push_back(row_button("dismiss", "Dismiss", "Dismiss: " + toast.text,
                                       app::DismissedToast{toast.id}, ButtonStyle::Quiet));
    return made;
}

}  // namespace

auto screen_title(app::Screen screen) -> std::string {
    switch (screen) {
        case Screen::Networks: return "Networks";
        case Screen::Network: return "Network";
        case Screen::Sessions: return "Live sessions";
        case Screen::Tokens: return "Generated Tokens List";
        case Screen::Assume: return "Assume User";
        case Screen::Settings: return "Settings";
        case Screen::Audit: return "Audit";
        case Screen::NotFound: return "Page not found";
    }
    return {};
}

auto view_banner(const app::Model& model) -> Node {
    const auto& assumption = *model.assumption;
    const auto left = access::time_left(assumption, model.clock.now());
    Node made;
    made.kind = Kind::Banner;
    made.name = "Acting for " + assumption.organization_name;
    made.tone = Tone::Acting;
    auto back = button("go_back", model.going_back ? "Going back…" : "← Go Back",
                       app::ClickedGoBack{}, ButtonStyle::OnBanner);
    back.label = "Go Back";
    back.disabled = model.going_back;
    auto time_left = countdown(left, format_countdown_clock(left) + " left");
    time_left.label += " left";
    time_left.style = TextStyle::Strong;
    made.children = list(
        std::move(back),
        sentence(list(
            text("You are in "), text(assumption.organization_name, TextStyle::Strong),
            text(" as " + model.session->user.name + " of " + model.session->organization.name))),
        spacer(), text("read and write"), std::move(time_left));
    return made;
}

auto view_sidebar(const app::Model& model) -> Node {
    Node brand;
    brand.kind = Kind::Brand;
    brand.name = "PCC console";
    Node organization;
    organization.kind = Kind::OrgCard;
    organization.name = shown_organization(model);
    organization.detail = "Organization";
    Node made;
    made.kind = Kind::Sidebar;
    made.id = "sidebar";
    made.name = "Main";
    made.selected = model.menu_open;
    if (model.menu_open) {
        made.on_close = app::ClickedMenu{};
    }
    made.children = list(
        std::move(brand), std::move(organization),
        nav_group("Monitor",
                  list(nav_link(model, Screen::Networks, 0), nav_link(model, Screen::Sessions, 0))),
        nav_group("Configure",
                  list(nav_label("Organization"), nav_link(model, Screen::Tokens, 1),
                       nav_link(model, Screen::Assume, 1), nav_link(model, Screen::Settings, 1))),
        nav_group("Record", list(nav_link(model, Screen::Audit, 0))), profile(model));
    return made;
}

auto view_top_bar(const app::Model& model) -> Node {
    Node made;
    made.kind = Kind::TopBar;
    made.id = "top_bar";
    const float width = model.display.width;
    if (width > 0 && width < folding_width && !app::is_plain(model.display)) {
        auto menu = button("menu", "☰", app::ClickedMenu{});
        menu.label = model.menu_open ? "Close the menu" : "Open the menu";
        made.children.push_back(std::move(menu));
    }
    made.children.push_back(breadcrumb(model));
    made.children.push_back(spacer());
    made.children.push_back(text(format_time_of_day(model.clock.now(), model.zone) + " your time",
                                 TextStyle::SmallMuted));
    auto help = button("help", "?", app::ClickedHelp{});
    help.label = "Help and shortcuts";
    help.small = true;
    made.children.push_back(std::move(help));
    return made;
}

auto view_toasts(const app::Model& model) -> Node {
    Node made;
    made.kind = Kind::Toasts;
    made.id = "toasts";
    for (const auto& toast : model.wires.toasts) {
        made.children.push_back(view_toast(toast));
    }
    return made;
}

auto view_help() -> Node {
    auto made = dialog("help", "Help", "Keys that work everywhere", app::ClickedHelp{});
    Node keys;
    keys.kind = Kind::Facts;
    keys.children =
        list(fact("Tab, Shift+Tab", text("To the next or the previous control")),
             fact("Enter, Space", text("Presses what has the focus")),
             fact("Arrow keys", text("Choose within a group; go from cell to cell")),
             fact("Space, Ctrl+click", text("In a table: selects one more row")),
             fact("Shift+↑↓, Shift+click", text("Selects all rows up to there")),
             fact("Ctrl+A", text("Selects all rows")),
             fact("Ctrl+C", text("Copies the cell with the focus or under the pointer")),
             fact("/", text("To the search field")),
             fact("Esc", text("Closes a dialog, else clears the selection")),
             fact("?", text("Opens and closes this help")));
    auto close = button("close", "Close", app::ClickedHelp{});
    close.autofocus = true;
    made.children = list(std::move(keys), actions(list(std::move(close))));
    return made;
}

}  // namespace pcc::view
