#include "core/app/pages/network.hpp"

#include <algorithm>

#include "core/api/codec.hpp"
#include "core/api/text.hpp"
#include "core/app/context.hpp"
#include "core/app/outbox.hpp"
#include "core/app/pages/paged.hpp"

namespace pcc::app::network {

namespace {

// --- loading ---

void load_access_points(const Model& model, Outbox& outbox) {
    outbox.send(Channel::AccessPoints, api::GetAccessPoints{model.id}, {},
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{LoadedAccessPoints{
                        read_answer<AccessPoints>(response, api::decode_access_points)}};
                });
}

void on(Model& model, const NewsArrived& m, Outbox& outbox) {
    model.id = m.id;
    if (!loaded(model.detail)) {
        model.detail = Loading{};
    }
    if (!loaded(model.access_points)) {
        model.access_points = Loading{};
    }
    outbox.send(Channel::NetworkDetail, api::GetNetwork{model.id}, {},
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{LoadedDetail{
                        read_answer<api::NetworkDetail>(response, api::decode_network_detail)}};
                });
    load_access_points(model, outbox);
}

/// A failure replaces only what was not loaded.
template <class T>
void take(Remote<T, api::ApiError>& shown, const Answer<T>& answer, Outbox& outbox) {
    if (answer) {
        shown = *answer;
    } else if (loaded(shown)) {
        tell_not_loaded("The network could not be brought up to date.", answer.error(), outbox);
    } else {
        shown = Failed<api::ApiError>{answer.error()};
    }
}

void on(Model& model, const LoadedDetail& m, Outbox& outbox) {
    take(model.detail, m.answer, outbox);
}

void look_again_while_restarting(const Model& model, Outbox& outbox) {
    constexpr int pause = 2000;  // Units: milliseconds
    const auto* page = loaded(model.access_points);
    const bool any =
        page && std::any_of(page->items.begin(), page->items.end(), [](const auto& ap) {
            return ap.state == api::AccessPointState::Restarting;
        });
    if (any) {
        outbox.add(StartTimer{TimerId::RefreshAccessPoints, pause});
    }
}

void on(Model& model, const LoadedAccessPoints& m, Outbox& outbox) {
    take(model.access_points, m.answer, outbox);
    look_again_while_restarting(model, outbox);
}

void on(Model& model, const RestartsSettled&, Outbox& outbox) {
    if (!model.id.empty()) {
        load_access_points(model, outbox);
    }
}

// --- dialogs ---

auto join_tags(const std::vector<std::string>& tags) -> std::string {
    std::string text;
    for (const auto& tag : tags) {
        text += (text.empty() ? "" : ", ") + tag;
    }
    return text;
}

void on(Model& model, const ClickedEdit&, Outbox&) {
    if (const auto* detail = loaded(model.detail)) {
        EditNetworkDialog dialog;
        dialog.name = detail->network.name;
        dialog.tags = join_tags(detail->network.tags);
        model.dialog = std::move(dialog);
    }
}

void on(Model& model, const TypedName& m, Outbox&) {
    if (auto* edit = std::get_if<EditNetworkDialog>(&model.dialog)) {
        edit->name = m.text;
        edit->name_error.clear();
    } else if (auto* rename = std::get_if<RenameSsidDialog>(&model.dialog)) {
        rename->name = m.text;
        rename->name_error.clear();
    }
}

void on(Model& model, const TypedTags& m, Outbox&) {
    if (auto* edit = std::get_if<EditNetworkDialog>(&model.dialog)) {
        edit->tags = m.text;
        edit->tags_error.clear();
    }
}

void on(Model& model, const ClickedRenameSsid& m, Outbox&) {
    RenameSsidDialog dialog;
    dialog.ssid = m.ssid;
    dialog.name = m.ssid.name;
    model.dialog = std::move(dialog);
}

void send_ssid_change(const Model& model, const SsidId& ssid, const api::ChangeSsid& change,
                      Outbox& outbox) {
    outbox.send(Channel::Act, api::PatchSsid{model.id, ssid}, api::encode_change_ssid(change),
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{ChangedSsid{read_answer<api::Ssid>(response, api::decode_ssid)}};
                });
}

void on(Model& model, const ClickedSwitchSsid& m, Outbox& outbox) {
    if (m.ssid.enabled) {
        model.dialog = SwitchSsidDialog{m.ssid, false, std::nullopt};
        return;
    }
    send_ssid_change(model, m.ssid.id, {std::nullopt, true}, outbox);
}

void on(Model& model, const ClickedRestart& m, Outbox&) {
    model.dialog = RestartDialog{m.access_point, false, std::nullopt};
}

auto is_busy(const NoDialog&) -> bool {
    return false;
}
template <class D>
auto is_busy(const D& dialog) -> bool {
    return dialog.busy;
}
auto is_busy(const Model& model) -> bool {
    return std::visit([](const auto& dialog) { return is_busy(dialog); }, model.dialog);
}

void on(Model& model, const ClosedDialog&, Outbox&) {
    if (!is_busy(model)) {  // else the answer is told there
        model.dialog = NoDialog{};
    }
}

// --- submitting ---

/// The tags as typed: separated by commas, without blanks around, each once.
/// Errors: a sentence about the first that will not do.
auto parse_tags(const std::string& text) -> Result<std::vector<std::string>, std::string> {
    std::vector<std::string> tags;
    std::size_t start = 0;
    while (start <= text.size()) {
        const auto comma = std::min(text.find(',', start), text.size());
        const auto tag = api::clean_text(text.substr(start, comma - start), api::longest_tag);
        start = comma + 1;
        if (tag && std::find(tags.begin(), tags.end(), *tag) == tags.end()) {
            tags.push_back(*tag);
        } else if (!tag && tag.error() != api::TextFault::Empty) {
            return failed(api::explain(tag.error(), "A tag", api::longest_tag));
        }
    }
    if (tags.size() > api::most_tags) {
        return failed("A network takes at most " + std::to_string(api::most_tags) + " tags.");
    }
    return tags;
}

void submit(Model&, NoDialog&, Outbox&) {}

void submit(Model& model, EditNetworkDialog& dialog, Outbox& outbox) {
    const auto name = api::clean_text(dialog.name, api::longest_name);
    const auto tags = parse_tags(dialog.tags);
    dialog.name_error = name ? "" : api::explain(name.error(), "A network name", api::longest_name);
    dialog.tags_error = tags ? "" : tags.error();
    if (!name || !tags) {
        outbox.announce(name ? dialog.tags_error : dialog.name_error);
        return;
    }
    dialog.busy = true;
    dialog.error.reset();
    outbox.send(
        Channel::Act, api::PatchNetwork{model.id}, api::encode_change_network({*name, *tags}),
        [](const api::HttpResponse& response) -> app::Msg {
            return Msg{ChangedNetwork{read_answer<api::Network>(response, api::decode_network)}};
        });
}

void submit(Model& model, RenameSsidDialog& dialog, Outbox& outbox) {
    const auto name = api::clean_ssid(dialog.name);
    dialog.name_error = name ? "" : name.error();
    if (!name) {
        outbox.announce(dialog.name_error);
        return;
    }
    dialog.busy = true;
    dialog.error.reset();
    send_ssid_change(model, dialog.ssid.id, {*name, std::nullopt}, outbox);
}

void submit(Model& model, SwitchSsidDialog& dialog, Outbox& outbox) {
    dialog.busy = true;
    dialog.error.reset();
    send_ssid_change(model, dialog.ssid.id, {std::nullopt, false}, outbox);
}

void submit(Model&, RestartDialog& dialog, Outbox& outbox) {
    dialog.busy = true;
    dialog.error.reset();
    outbox.send(Channel::Act, api::RestartAccessPoint{dialog.access_point.id}, {},
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{Restarted{
                        read_answer<api::AccessPoint>(response, api::decode_access_point)}};
                });
}

void on(Model& model, const Submitted&, Outbox& outbox) {
    std::visit(
        [&](auto& dialog) {
            if (!is_busy(dialog)) {
                submit(model, dialog, outbox);
            }
        },
        model.dialog);
}

// --- answers ---

void show_error(NoDialog&, const api::ApiError&) {}
template <class D>
void show_error(D& dialog, const api::ApiError& error) {
    dialog.busy = false;
    dialog.error = error;
}

/// True when the answer was an error, which is shown in the dialog that asked.
template <class T>
auto shows_error(Model& model, const Answer<T>& answer, Outbox& outbox) -> bool {
    if (answer) {
        return false;
    }
    if (is_busy(model)) {
        std::visit([&](auto& dialog) { show_error(dialog, answer.error()); }, model.dialog);
    } else {
        outbox.toast(ToastTone::Bad, "The change was not made.", api::explain(answer.error()));
    }
    return true;
}

/// A dialog that was opened since is another matter.
void finish(Model& model, std::string said, std::vector<app::Msg> undo, Outbox& outbox) {
    if (is_busy(model)) {
        model.dialog = NoDialog{};
    }
    const std::string label = undo.empty() ? "" : "Undo";
    outbox.offer(std::move(said), {}, label, std::move(undo));
}

void on(Model& model, const ChangedNetwork& m, Outbox& outbox) {
    if (shows_error(model, m.answer, outbox)) {
        return;
    }
    std::vector<app::Msg> undo;
    auto* detail = loaded(model.detail);
    if (detail && detail->network.id == m.answer->id) {  // else another one was opened meanwhile
        undo = {Msg{ClickedEdit{}}, Msg{TypedName{detail->network.name}},
                Msg{TypedTags{join_tags(detail->network.tags)}}, Msg{Submitted{}}};
        detail->network = *m.answer;
    }
    finish(model, "Saved.", std::move(undo), outbox);
}

// What was renamed is named back; what was switched off is switched on, which asks nothing. Where
// nothing changed, nothing is taken back.
auto undo_of(const api::Ssid& before, const api::Ssid& now) -> std::vector<app::Msg> {
    if (before.name != now.name) {
        return {Msg{ClickedRenameSsid{now}}, Msg{TypedName{before.name}}, Msg{Submitted{}}};
    }
    if (before.enabled == now.enabled) {
        return {};
    }
    if (!now.enabled) {
        return {Msg{ClickedSwitchSsid{now}}};
    }
    return {Msg{ClickedSwitchSsid{now}}, Msg{Submitted{}}};
}

auto said_of(const api::Ssid& before, const api::Ssid& now) -> std::string {
    if (before.name != now.name) {
        return before.name + " is now called " + now.name + ".";
    }
    return now.name + (now.enabled ? " is on." : " is off.");
}

void on(Model& model, const ChangedSsid& m, Outbox& outbox) {
    if (shows_error(model, m.answer, outbox)) {
        return;
    }
    std::vector<app::Msg> undo;
    std::string said = "Saved.";
    if (auto* detail = loaded(model.detail)) {
        for (auto& ssid : detail->ssids) {
            if (ssid.id == m.answer->id) {
                undo = undo_of(ssid, *m.answer);
                said = said_of(ssid, *m.answer);
                ssid = *m.answer;
            }
        }
    }
    finish(model, std::move(said), std::move(undo), outbox);
}

void on(Model& model, const Restarted& m, Outbox& outbox) {
    if (shows_error(model, m.answer, outbox)) {
        return;
    }
    if (auto* page = loaded(model.access_points)) {
        for (auto& access_point : page->items) {
            if (access_point.id == m.answer->id) {
                access_point = *m.answer;
            }
        }
    }
    finish(model, m.answer->name + " is restarting.", {}, outbox);
    look_again_while_restarting(model, outbox);
}

}  // namespace

void update(Model& model, const Msg& msg, const Context&, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, outbox); }, msg);
}

}  // namespace pcc::app::network
