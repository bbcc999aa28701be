#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

namespace settings = app::settings;

auto name_field(const settings::Model& page) -> Node {
    Field field;
    field.value = page.name;
    field.error = page.name_error;
    field.hint = "Support engineers see this name before they assume, and while they act.";
    field.on_input = [](std::string typed) -> app::Msg {
        return settings::Msg{settings::TypedName{std::move(typed)}};
    };
    field.on_submit = settings::Msg{settings::ClickedUpdate{}};
    auto made = text_field("name", "Organization name", std::move(field));
    made.disabled = page.busy;
    return made;
}

auto edit_card(const settings::Model& page, const api::Organization& organization) -> Node {
    auto update =
        submit_button("Update", "Updating…", page.busy, settings::Msg{settings::ClickedUpdate{}});
    update.disabled = update.disabled || page.name == organization.name;
    auto made =
        card("organization", list(card_header(list(heading(2, "Organization"))), name_field(page)));
    if (page.error) {
        made.children.push_back(error_notice(*page.error));
    }
    made.children.push_back(row(list(std::move(update))));
    return made;
}

auto facts_card(const api::Organization& organization, const app::Context& context) -> Node {
    Node facts;
    facts.kind = Kind::Facts;
    facts.children = list(fact("Name", text(organization.name, TextStyle::Strong)),
                          fact("Networks", text(std::to_string(organization.network_count))),
                          fact("Created", text(format_day(organization.created_at, context.zone))),
                          fact("You are", text(access::role_label(context.session.role))));
    return card("facts", list(card_header(list(heading(2, "At a glance"))), std::move(facts)));
}

}  // namespace

auto view_settings(const app::settings::Model& page, const app::Context& context) -> PageView {
    PageView made;
    made.body =
        list(page_header("Settings", "What your organization is called, here and to others.", {}));
    const auto* organization = loaded(page.organization);
    if (!organization) {
        const auto* error = failure(page.organization);
        made.body.push_back(
            card("organization", list(error ? failed_state(*error, app::ClickedRetry{})
                                            : skeleton("Loading the organization"))));
        return made;
    }
    const auto actor = app::actor_of(context.session, context.assumption);
    if (access::can_rename_organization(actor)) {
        made.body.push_back(edit_card(page, *organization));
    }
    made.body.push_back(facts_card(*organization, context));
    for (std::size_t i = 1; i < made.body.size(); ++i) {
        made.body[i].width = 672;
    }
    return made;
}

}  // namespace pcc::view
