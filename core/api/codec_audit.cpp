#include <utility>

#include "core/api/codec_parts.hpp"

namespace pcc::api {
namespace {

void write_audit_event(JsonWriter& out, const AuditEvent& value) {
    out.text("id", value.id.value);
    out.instant("at", value.at);
    out.open("actor");
    out.text("id", value.actor.id.value);
    out.text("name", value.actor.name);
    out.text("organization", value.actor.organization);
    out.close();
    if (value.on_behalf_of.empty()) {
        out.null("on_behalf_of");
    } else {
        out.open("on_behalf_of");
        out.text("name", value.on_behalf_of);
        out.close();
    }
    out.text_or_null("assumption", value.assumption.value);
    out.text("action", value.action);
    out.text("target", value.target);
    out.text("summary", value.summary);
    out.text("request_id", value.request_id);
    out.text("ip", value.ip);
    out.text("hash", value.hash);
    out.text("prev_hash", value.prev_hash);
}

auto read_audit_event(const JsonObject& in) -> AuditEvent {
    AuditEvent event;
    event.id = in.id<AuditEventId>("id");
    event.at = in.instant("at");
    const auto actor = in.object("actor");
    event.actor = {actor.id<UserId>("id"), actor.text("name"), actor.text("organization")};
    if (in.has("on_behalf_of")) event.on_behalf_of = in.object("on_behalf_of").text("name");
    event.assumption = AssumptionId(in.text_or_empty("assumption"));
    event.action = in.text("action");
    event.target = in.text("target");
    event.summary = in.text("summary");
    event.request_id = in.text("request_id");
    event.ip = in.text("ip");
    event.hash = in.text("hash");
    event.prev_hash = in.text("prev_hash");
    return event;
}

auto read_event(const JsonObject& in) -> Event {
    Event event;
    event.at = in.instant("at");
    event.token = TokenHandle(in.text_or_empty("token"));
    event.assumption = AssumptionId(in.text_or_empty("assumption"));
    if (in.has("ended_assumption")) {
        event.ended_assumption = read_assumption(in.object("ended_assumption"));
    }
    return event;
}

}  // namespace

auto encode_audit(const Page<AuditEvent>& page) -> std::string {
    return encode_page(page, write_audit_event);
}

auto decode_audit(std::string_view json) -> Decoded<Page<AuditEvent>> {
    return decode_object(json, read_page<AuditEvent, read_audit_event>);
}

auto encode_event(const Event& value) -> std::string {
    JsonWriter out;
    out.instant("at", value.at);
    if (!value.token.empty()) out.text("token", value.token.value);
    if (!value.assumption.empty()) out.text("assumption", value.assumption.value);
    if (value.ended_assumption) {
        out.open("ended_assumption");
        write_assumption(out, *value.ended_assumption, value.at);
        out.close();
    }
    return out.finish();
}

auto decode_event(std::string_view name, std::string_view json) -> Decoded<Event> {
    auto event = decode_object(json, read_event);
    if (event) event->name = name;
    return event;
}

}  // namespace pcc::api
