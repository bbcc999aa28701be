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

auto query_of(const Model& model) -> api::AuditQuery {
    api::AuditQuery query;
    query.action = action_prefixes(model.subject);
    return query;
}

template <class LoadedMsg>
auto read_events(const api::HttpResponse& response) -> app::Msg {
    return Msg{LoadedMsg{read_answer<AuditEvents>(response, api::decode_audit)}};
}

void load(Model& model, Outbox& outbox) {
    model.loading_more = false;
    outbox.send(Channel::Audit, api::GetAudit{query_of(model)}, {}, &read_events<LoadedEvents>);
}

void on(Model& model, const Opened&, Outbox& outbox) {
    model.events = Loading{};
    load(model, outbox);
}

void on(Model& model, const NewsArrived&, Outbox& outbox) {
    load(model, outbox);
}

void on(Model& model, const ChoseSubject& m, Outbox& outbox) {
    model.subject = m.subject;
    model.events = Loading{};
    load(model, outbox);
}

void on(Model& model, const NearedEnd&, Outbox& outbox) {
    auto query = query_of(model);
    query.cursor = next_cursor(model.events);
    if (query.cursor.empty() || model.loading_more) {
        return;
    }
    model.loading_more = true;
    outbox.send(Channel::Audit, api::GetAudit{query}, {}, &read_events<LoadedMore>);
}

void on(Model& model, const LoadedEvents& m, Outbox& outbox) {
    take_first(model.events, m.answer, outbox);
}

void on(Model& model, const LoadedMore& m, Outbox& outbox) {
    model.loading_more = false;
    take_more(model.events, m.answer, outbox);
}

}  // namespace

void update(Model& model, const Msg& msg, const Context&, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, outbox); }, msg);
}

}  // namespace pcc::app::audit
