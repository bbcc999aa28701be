#include "core/app/pages/audit.hpp"

#include "core/api/codec.hpp"
#include "core/app/context.hpp"
#include "core/app/outbox.hpp"
#include "core/app/pages/paged.hpp"

namespace pcc::app::audit {

namespace {

/// The first parts of the actions a subject takes in.
auto action_prefixes(Subject subject) -> std::string {
    switch (subject) {
        case Subject::All: return {};
        case Subject::Tokens: return "token.";
        case Subject::Assumptions: return "assumption.";
        case Subject::Network: return "network.,ssid.,access_point.";
        case Subject::SignIns: return "session.";
    }
    return {};
}

void ask(const Model& model, Outbox& outbox) {
    api::AuditQuery query;
    query.action = action_prefixes(model.subject);
    query.sort = model.events.sort;
    query.cursor = next_cursor(model.events);
    outbox.send(Channel::Audit, api::GetAudit{query}, {},
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{LoadedEvents{read_answer<AuditEvents>(response, api::decode_audit)}};
                });
}

void on(Model& model, const NewsArrived&, Outbox& outbox) {
    renew_list(model.events);
    ask(model, outbox);
}

void on(Model& model, const ChoseSubject& m, Outbox& outbox) {
    model.subject = m.subject;
    model.events.rows = Loading{};
    restart_list(model.events);
    ask(model, outbox);
}

void on(Model& model, const ClickedSort& m, Outbox& outbox) {
    model.events.sort = m.sort;
    restart_list(model.events);
    ask(model, outbox);
}

void on(Model& model, const NearedEnd&, Outbox& outbox) {
    if (near_end(model.events)) {
        ask(model, outbox);
    }
}

void on(Model& model, const LoadedEvents& m, Outbox& outbox) {
    if (take_page(model.events, m.answer, outbox)) {
        ask(model, outbox);
    }
}

}  // namespace

void update(Model& model, const Msg& msg, const Context&, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, outbox); }, msg);
}

}  // namespace pcc::app::audit
