#include "core/view/view.hpp"

#include "core/view/build.hpp"
#include "core/view/columns.hpp"
#include "core/view/frame.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

auto view_page(const app::Model& model) -> PageView {
    const auto context = app::context_of(model);
    if (model.ended && model.route.screen == app::Screen::Assume) {
        return view_ended(*model.ended, context);
    }
    const auto verdict =
        app::can_open(model.route.screen, app::actor_of(*model.session, model.assumption));
    if (!verdict) {
        return view_refused(verdict.error(), context, screen_title(model.route.screen));
    }
    switch (model.route.screen) {
        case app::Screen::Networks: return view_networks(model.pages.networks, context);
        case app::Screen::Network: return view_network(model.pages.network, context);
        case app::Screen::Sessions: return view_sessions(model.pages.sessions, context);
        case app::Screen::Tokens: return view_tokens(model.pages.tokens, context);
        case app::Screen::Assume: return view_assume(model.pages.assume, context);
        case app::Screen::Settings: return view_settings(model.pages.settings, context);
        case app::Screen::Audit: return view_audit(model.pages.audit, context);
        case app::Screen::NotFound: return view_not_found();
    }
    return {};
}

/// Warnings that concern every page.
auto view_warnings(const app::Model& model) -> std::vector<Node> {
    std::vector<Node> warnings;
    if (!model.reachable) {
        auto offline = notice(Tone::Warn,
                              "No connection to the server. What you see may be out of date; it "
                              "comes back by itself.");
        offline.id = "offline";
        offline.alert = true;
        warnings.push_back(std::move(offline));
    }
    const auto offset = model.clock.offset;
    const auto off = offset < Millis{0} ? -offset : offset;
    if (model.clock.trusted && off > app::clock_tolerance) {
        auto clock =
            notice(Tone::Warn, "The clock of this computer is off by " + format_countdown(off) +
                                   ". Times here follow the server's clock.");
        clock.id = "clock";
        clock.alert = true;
        warnings.push_back(std::move(clock));
    }
    return warnings;
}

auto view_main(std::vector<Node> warnings, std::vector<Node> body) -> Node {
    Node main;
    main.kind = Kind::Main;
    main.id = "main";
    main.gap = 16;
    main.children = std::move(warnings);
    for (auto& part : body) {
        main.children.push_back(std::move(part));
    }
    return main;
}

void view_ready(const app::Model& model, Picture& picture) {
    auto page = view_page(model);
    auto columns = arrange_tables(page.body, model.columns,
                                  picture.plain || model.display.width < folding_width);
    auto& children = picture.root.children;
    if (model.assumption) {
        children.push_back(view_banner(model));
    }
    children.push_back(view_sidebar(model));
    children.push_back(view_top_bar(model));
    children.push_back(view_main(view_warnings(model), std::move(page.body)));
    if (model.help_open) {
        children.push_back(view_help());
    } else if (page.dialog) {
        children.push_back(std::move(*page.dialog));
    } else if (columns) {
        children.push_back(std::move(*columns));
    }
    children.push_back(view_toasts(model));
    // The top bar's clock is always in sight, and tells minutes.
    const bool counting = page.counting || model.assumption;
    picture.pace = counting ? Pace::EachSecond : Pace::EachMinute;
    const auto screen = screen_title(model.route.screen);
    picture.title = screen + " · " +
                    (model.assumption ? "In " + model.assumption->organization_name
                                      : model.session->organization.name) +
                    " · PCC console";
}

auto theme_of(const app::Display& display) -> Theme {
    const bool dark = app::is_dark(display);
    if (display.system.more_contrast) return dark ? Theme::StrongDark : Theme::StrongLight;
    return dark ? Theme::Dark : Theme::Light;
}

void view_unreachable(const app::Model& model, Picture& picture) {
    auto state = failed_state(model.start_error ? *model.start_error : api::offline_error(),
                              app::ClickedRetry{});
    picture.root.children.push_back(
        view_main({}, list(heading(1, "PCC console"), std::move(state))));
}

}  // namespace

auto view(const app::Model& model) -> Picture {
    Picture picture;
    picture.title = "PCC console";
    picture.assuming = model.assumption.has_value();
    picture.theme = theme_of(model.display);
    picture.reduced_motion = model.display.system.reduced_motion;
    picture.plain = app::is_plain(model.display);
    picture.announcement = model.wires.announcement;
    picture.announcement_number = model.wires.announcement_number;
    picture.root.kind = Kind::Root;
    switch (model.phase) {
        case app::Phase::Ready: view_ready(model, picture); break;
        case app::Phase::Unreachable: view_unreachable(model, picture); break;
        case app::Phase::Starting:
            picture.root.children.push_back(view_main({}, list(skeleton("Opening the console"))));
            break;
        case app::Phase::SignedOut:
            picture.title = "Sign in · PCC console";
            break;  // the sign-in form is the page's own HTML
    }
    return picture;
}

}  // namespace pcc::view
