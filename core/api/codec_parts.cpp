#include "core/api/codec_parts.hpp"

namespace pcc::api {

void write_person(JsonWriter& out, std::string_view name, const access::Person& person) {
    out.open(name);
    out.text("id", person.id.value);
    out.text("name", person.name);
    out.close();
}

void write_end(JsonWriter& out, Instant at, const std::optional<access::Person>& by,
               std::string_view reason) {
    out.open("ended");
    out.instant("at", at);
    if (by) {
        write_person(out, "by", *by);
    } else {
        out.null("by");
    }
    out.text("reason", reason);
    out.close();
}

auto read_person(const JsonObject& in) -> access::Person {
    return {in.id<UserId>("id"), in.text("name")};
}

void write_organization_ref(JsonWriter& out, std::string_view name, const OrganizationRef& value) {
    out.open(name);
    out.text("id", value.id.value);
    out.text("name", value.name);
    out.close();
}

auto read_organization_ref(const JsonObject& in) -> OrganizationRef {
    return {in.id<OrganizationId>("id"), in.text("name")};
}

auto read_validity_member(const JsonObject& in, const char* name) -> access::Validity {
    return in.choice(name, access::read_validity, access::Validity::lifetime());
}

void write_page_end(JsonWriter& out, std::string_view next, long long total) {
    out.text_or_null("next", next);
    out.number("total", total);
}

}  // namespace pcc::api
