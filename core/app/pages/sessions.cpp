#include "core/app/pages/sessions.hpp"

#include <algorithm>

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

void ask(const Model& model, AssumptionListState state, Outbox& outbox) {
    const bool live = state == AssumptionListState::Live;
    const auto& list = model.list(state);
    api::AssumptionQuery query;
    query.state = state;
    query.sort = list.sort;
    query.cursor = next_cursor(list);
    outbox.send(
        live ? Channel::LiveSessions : Channel::EndedSessions, api::GetAssumptions{query}, {},
        live ? &read_list<AssumptionListState::Live> : &read_list<AssumptionListState::Ended>);
}

void on(Model& model, const NewsArrived&, Outbox& outbox) {
    for (const auto state : {AssumptionListState::Live, AssumptionListState::Ended}) {
        renew_list(model.list(state));
        ask(model, state, outbox);
    }
}

void on(Model& model, const ClickedSort& m, Outbox& outbox) {
    auto& list = model.list(m.list);
    list.sort = m.sort;
    restart_list(list);
    ask(model, m.list, outbox);
}

void on(Model& model, const NearedEnd& m, Outbox& outbox) {
    if (near_end(model.list(m.list))) {
        ask(model, m.list, outbox);
    }
}

/// When time ends the first of those that live. One whose time is over here, but not yet for the
/// server, is looked at again in a second.
void note_next_end(Model& model, Instant now) {
    model.next_end.reset();
    const auto* page = loaded(model.live);
    for (std::size_t i = 0; page && i < page->items.size(); ++i) {
        const auto end = std::max(page->items[i].ends_at, now + std::chrono::seconds(1));
        model.next_end = std::min(model.next_end.value_or(end), end);
    }
}

void on(Model& model, const LoadedAssumptions& m, Outbox& outbox) {
    const bool again = take_page(model.list(m.list), m.answer, outbox);
    if (m.answer && m.list == AssumptionListState::Live) {
        note_next_end(model, outbox.now());
    }
    if (again) {
        ask(model, m.list, outbox);
    }
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
    const bool asked = dialog && dialog->busy;  // else the page was left meanwhile
    if (m.error && asked) {
        dialog->busy = false;
        dialog->error = m.error;
        return;
    }
    if (m.error) {
        outbox.toast(ToastTone::Bad, "The session was not ended.", api::explain(*m.error));
        return;
    }
    outbox.toast(ToastTone::Ok, "The session is ended.",
                 "As long as its token lives, it opens another one.");
    if (asked) {
        model.dialog = NoDialog{};
        outbox.then(Msg{NewsArrived{}});
    }
}

void on(Model& model, const ClosedDialog&, Outbox&) {
    const auto* dialog = std::get_if<EndDialog>(&model.dialog);
    if (!dialog || !dialog->busy) {  // else the answer is told there
        model.dialog = NoDialog{};
    }
}

}  // namespace

void update(Model& model, const Msg& msg, const Context&, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, outbox); }, msg);
}

}  // namespace pcc::app::sessions
