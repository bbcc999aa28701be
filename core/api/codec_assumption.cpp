#include <limits>
#include <utility>

#include "core/api/codec_parts.hpp"

namespace pcc::api {
namespace {

using access::Assumption;

auto read_engineer(const JsonObject& in) -> access::Engineer {
    return {in.id<UserId>("id"), in.text("name"), in.text("email"), in.text("organization")};
}

void write_preflight(JsonWriter& out, const Preflight& value) {
    write_organization_ref(out, "organization", value.organization);
    out.text("token", value.token.value);
    out.text("validity", access::validity_wire(value.validity));
    write_person(out, "granted_by", value.granted_by);
    out.instant("granted_at", value.granted_at);
    out.instant_or_null("expires_at", value.expires_at);
    out.instant("would_end_at", value.would_end_at);
    out.open("reach");
    out.number("networks", value.network_count);
    out.flag("write", value.may_write);
    out.close();
}

auto read_preflight(const JsonObject& in) -> Preflight {
    Preflight preflight;
    preflight.organization = read_organization_ref(in.object("organization"));
    preflight.token = in.id<TokenHandle>("token");
    preflight.validity = read_validity_member(in, "validity");
    preflight.granted_by = read_person(in.object("granted_by"));
    preflight.granted_at = in.instant("granted_at");
    preflight.expires_at = in.instant_or_nothing("expires_at");
    preflight.would_end_at = in.instant("would_end_at");
    const auto reach = in.object("reach");
    preflight.network_count = reach.count("networks");
    preflight.may_write = reach.flag("write");
    return preflight;
}

}  // namespace

void write_assumption(JsonWriter& out, const Assumption& value, Instant now) {
    out.text("id", value.id.value);
    write_organization_ref(out, "organization", {value.organization, value.organization_name});
    out.text("token", value.token.value);
    out.open("engineer");
    out.text("id", value.engineer.id.value);
    out.text("name", value.engineer.name);
    out.text("email", value.engineer.email);
    out.text("organization", value.engineer.organization);
    out.close();
    out.instant("started_at", value.started_at);
    out.instant("ends_at", value.ends_at);
    if (const auto end = access::end_of(value, now)) {
        write_end(out, end->at, end->by, access::assumption_end_reason_wire(end->reason));
    } else {
        out.null("ended");
    }
    out.number("change_count", value.change_count);
}

auto read_assumption(const JsonObject& in) -> Assumption {
    Assumption assumption;
    assumption.id = in.id<AssumptionId>("id");
    auto organization = read_organization_ref(in.object("organization"));
    assumption.organization = std::move(organization.id);
    assumption.organization_name = std::move(organization.name);
    assumption.token = in.id<TokenHandle>("token");
    assumption.engineer = read_engineer(in.object("engineer"));
    assumption.started_at = in.instant("started_at");
    assumption.ends_at = in.instant("ends_at");
    if (in.has("ended"))
        assumption.ended = read_end<access::AssumptionEnd>(in.object("ended"),
                                                           access::parse_assumption_end_reason);
    assumption.change_count =
        static_cast<int>(in.count("change_count", std::numeric_limits<int>::max()));
    return assumption;
}

auto encode_preflight(const Preflight& value) -> std::string {
    return encode_one(value, write_preflight);
}

auto decode_preflight(std::string_view json) -> Decoded<Preflight> {
    return decode_object(json, read_preflight);
}

auto encode_assumption(const Assumption& value, Instant now) -> std::string {
    JsonWriter out;
    write_assumption(out, value, now);
    return out.finish();
}

auto decode_assumption(std::string_view json) -> Decoded<Assumption> {
    return decode_object(json, read_assumption);
}

auto encode_assumptions(const Page<Assumption>& page, Instant now) -> std::string {
    return encode_page_at(page, now, write_assumption);
}

auto decode_assumptions(std::string_view json) -> Decoded<Page<Assumption>> {
    return decode_object(json, read_page<Assumption, read_assumption>);
}

}  // namespace pcc::api
