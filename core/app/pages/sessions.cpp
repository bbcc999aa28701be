#include "core/app/pages/sessions.hpp"

#include "core/api/codec.hpp"
#include "core/app/context.hpp"
#include "core/app/outbox.hpp"
#include "core/app/pages/paged.hpp"

namespace pcc::app::sessions {

namespace {

using api::AssumptionListState;

template <AssumptionListState state>
auto read_list(const api::HttpResponse& response) -> app::Msg {
    return Msg{
        LoadedAssumptions{state, read_answer<Assumptions>(response, api::decode_assumptions)}};
}

void load(Outbox& outbox) {
    api::AssumptionQuery query;
    query.state = AssumptionListState::Live;
    outbox.send(Channel::LiveSessions, api::GetAssumptions{query}, {},
                &read_list<AssumptionListState::Live>);
    query.state = AssumptionListState::Ended;
    outbox.send(Channel::EndedSessions, api::GetAssumptions{query}, {},
                &read_list<AssumptionListState::Ended>);
}

void on(Model& model, const Opened&, Outbox& outbox) {
    model.live = Loading{};
    model.ended = Loading{};
    load(outbox);
}

void on(Model&, const NewsArrived&, Outbox& outbox) {
    load(outbox);
}

void on(Model& model, const LoadedAssumptions& m, Outbox& outbox) {
    take_first(m.list == AssumptionListState::Live ? model.live : model.ended, m.answer, outbox);
}

void on(Model& model, const ClickedEnd& m, Outbox&) {
    model.dialog = EndDialog{m.assumption, false, std::nullopt};
}

void on(Model& model, const ConfirmedEnd&, Outbox& outbox) {
    auto* dialog = std::get_if<EndDialog>(&model.dialog);
    if (!dialog || dialog->busy) {
        return;
    }
    dialog->busy = true;
    dialog->error.reset();
    outbox.send(Channel::Act, api::DeleteAssumption{dialog->assumption.id}, {},
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{EndedAssumption{read_done(response)}};
                });
}

void on(Model& model, const EndedAssumption& m, Outbox& outbox) {
    auto* dialog = std::get_if<EndDialog>(&model.dialog);
    if (m.error && dialog) {
        dialog->busy = false;
        dialog->error = m.error;
        return;
    }
    if (m.error) {
        outbox.toast(ToastTone::Bad, "The session was not ended.", api::explain(*m.error));
        return;
    }
    model.dialog = NoDialog{};
    outbox.toast(ToastTone::Ok, "The session is ended.",
                 "The token still lives: expire it if it is not needed any more.");
    load(outbox);
}

void on(Model& model, const ClosedDialog&, Outbox&) {
    model.dialog = NoDialog{};
}

}  // namespace

void update(Model& model, const Msg& msg, const Context&, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, outbox); }, msg);
}

}  // namespace pcc::app::sessions
