#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

namespace network = app::network;

const app::Msg close_dialog = network::Msg{network::ClosedDialog{}};
const app::Msg submit = network::Msg{network::Submitted{}};

auto name_field(std::string label, const std::string& value, const std::string& error) -> Node {
    Field field;
    field.value = value;
    field.error = error;
    field.on_input = [](std::string typed) -> app::Msg {
        return network::Msg{network::TypedName{std::move(typed)}};
    };
    field.on_submit = submit;
    auto made = text_field("name", std::move(label), std::move(field));
    made.autofocus = true;
    return made;
}

auto tags_field(const network::EditNetworkDialog& state) -> Node {
    Field field;
    field.value = state.tags;
    field.error = state.tags_error;
    field.hint = "Separate tags with commas.";
    field.on_input = [](std::string typed) -> app::Msg {
        return network::Msg{network::TypedTags{std::move(typed)}};
    };
    field.on_submit = submit;
    return text_field("tags", "Tags", std::move(field));
}

void add_end(Node& made, const std::optional<api::ApiError>& error, Node cancel, Node submit_node) {
    cancel.disabled = submit_node.busy;
    if (error) {
        made.children.push_back(error_notice(*error));
    }
    made.children.push_back(actions(list(std::move(cancel), std::move(submit_node))));
}

auto view_dialog(const network::EditNetworkDialog& state) -> Node {
    auto made = dialog("edit_dialog", "Edit name and tags", {}, close_dialog);
    made.children = list(name_field("Name", state.name, state.name_error), tags_field(state));
    add_end(made, state.error, cancel_button(close_dialog),
            submit_button("Save", "Saving…", state.busy, submit));
    return made;
}

auto view_dialog(const network::RenameSsidDialog& state) -> Node {
    auto made = dialog("ssid_dialog", "Rename SSID",
                       "Devices that know the old name will not find the new one by themselves.",
                       close_dialog);
    made.children = list(name_field("SSID", state.name, state.name_error));
    add_end(made, state.error, cancel_button(close_dialog),
            submit_button("Rename", "Renaming…", state.busy, submit));
    return made;
}

/// A question whose safe answer has the focus.
auto question(std::string id, std::string title, std::string detail, Node submit_node,
              const std::optional<api::ApiError>& error) -> Node {
    auto made = dialog(std::move(id), std::move(title), {}, close_dialog);
    made.alert = true;
    made.children = list(text(std::move(detail)));
    auto cancel = cancel_button(close_dialog);
    cancel.autofocus = true;
    add_end(made, error, std::move(cancel), std::move(submit_node));
    return made;
}

auto view_dialog(const network::SwitchSsidDialog& state) -> Node {
    return question(
        "switch_dialog", "Disable " + state.ssid.name + "?",
        "Everyone who is connected to it loses the connection. You can enable it again.",
        submit_button("Disable", "Disabling…", state.busy, submit, ButtonStyle::Danger),
        state.error);
}

auto view_dialog(const network::RestartDialog& state) -> Node {
    const auto clients = state.access_point.client_count;
    const auto who = clients == 0 ? std::string("Nobody is connected to it now.")
                     : clients == 1
                         ? std::string("1 client loses the connection for a moment.")
                         : std::to_string(clients) + " clients lose the connection for a moment.";
    return question(
        "restart_dialog", "Restart " + state.access_point.name + "?", who,
        submit_button("Restart", "Restarting…", state.busy, submit, ButtonStyle::Danger),
        state.error);
}

}  // namespace

auto view_network_dialog(const app::network::Model& page) -> std::optional<Node> {
    return std::visit(
        [](const auto& state) -> std::optional<Node> {
            if constexpr (std::is_same_v<std::decay_t<decltype(state)>, network::NoDialog>) {
                return std::nullopt;
            } else {
                return view_dialog(state);
            }
        },
        page.dialog);
}

}  // namespace pcc::view
