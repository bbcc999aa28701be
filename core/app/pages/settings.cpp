#include "core/app/pages/settings.hpp"

#include <utility>

#include "core/api/codec.hpp"
#include "core/api/text.hpp"
#include "core/app/context.hpp"
#include "core/app/outbox.hpp"

namespace pcc::app::settings {

namespace {

void on(Model& model, const NewsArrived&, Outbox& outbox) {
    if (!loaded(model.organization)) {
        model.organization = Loading{};
    }
    outbox.send(Channel::Settings, api::GetOrganization{}, {},
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{LoadedOrganization{
                        read_answer<api::Organization>(response, api::decode_organization)}};
                });
}

/// What is typed stays; a name that nobody touched follows.
void on(Model& model, const LoadedOrganization& m, Outbox& outbox) {
    const auto* before = loaded(model.organization);
    if (m.answer) {
        if (!before || before->name == model.name) {
            model.name = m.answer->name;
        }
        model.organization = *m.answer;
        outbox.then(RenamedOwnOrganization{m.answer->name});
    } else if (!before) {
        model.organization = Failed<api::ApiError>{m.answer.error()};
    }
}

void on(Model& model, const TypedName& m, Outbox&) {
    model.name = m.text;
    model.name_error.clear();
    model.error.reset();
}

void on(Model& model, const ClickedUpdate&, Outbox& outbox) {
    if (model.busy) {
        return;
    }
    const auto name = api::clean_text(model.name, api::longest_name);
    if (!name) {
        model.name_error = api::explain(name.error(), "An organization name", api::longest_name);
        outbox.announce(model.name_error);
        return;
    }
    const auto* shown = loaded(model.organization);
    model.busy = true;
    model.renamed_from = shown ? shown->name : std::string();
    model.error.reset();
    outbox.send(Channel::Act, api::PatchOrganization{}, api::encode_rename(*name),
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{RenamedOrganization{
                        read_answer<api::Organization>(response, api::decode_organization)}};
                });
}

auto now_called(const api::Organization& organization) -> std::string {
    return "The organization is now called " + organization.name + ".";
}

/// For somebody who has left the page meanwhile.
void tell_renamed(const RenamedOrganization& m, Outbox& outbox) {
    if (m.answer) {
        outbox.toast(ToastTone::Ok, "Saved.", now_called(*m.answer));
    } else {
        outbox.toast(ToastTone::Bad, "The organization was not renamed.",
                     api::explain(m.answer.error()));
    }
}

void on(Model& model, const RenamedOrganization& m, Outbox& outbox) {
    if (m.answer) {
        outbox.then(RenamedOwnOrganization{m.answer->name});
    }
    if (!std::exchange(model.busy, false)) {
        return tell_renamed(m, outbox);
    }
    if (!m.answer) {
        model.error = m.answer.error();
        return;
    }
    model.organization = *m.answer;
    model.name = m.answer->name;
    const auto undo = std::exchange(model.renamed_from, {});
    if (undo.empty() || undo == m.answer->name) {
        return outbox.toast(ToastTone::Ok, "Saved.", now_called(*m.answer));
    }
    outbox.offer("Saved.", now_called(*m.answer), "Undo",
                 {Msg{TypedName{undo}}, Msg{ClickedUpdate{}}});
}

}  // namespace

void update(Model& model, const Msg& msg, const Context&, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, outbox); }, msg);
}

}  // namespace pcc::app::settings
