#include <utility>

#include "core/api/codec_parts.hpp"

namespace pcc::api {
namespace {

auto read_sign_in(const JsonObject& in) -> SignIn {
    return {in.text("email"), Secret(in.text("password"))};
}

auto read_name(const JsonObject& in) -> std::string {
    return in.text("name");
}

auto read_session(const JsonObject& in) -> Session {
    Session session;
    const auto user = in.object("user");
    session.user = {user.id<UserId>("id"), user.text("email"), user.text("name")};
    session.organization = read_organization_ref(in.object("organization"));
    session.role = in.choice("role", access::parse_role, access::Role::Guest);
    session.csrf = in.text("csrf");
    session.expires_at = in.instant("expires_at");
    if (in.has("assumption")) session.assumption = read_assumption(in.object("assumption"));
    return session;
}

void write_organization(JsonWriter& out, const Organization& value) {
    out.text("id", value.id.value);
    out.text("name", value.name);
    out.instant("created_at", value.created_at);
    out.number("network_count", value.network_count);
}

auto read_organization(const JsonObject& in) -> Organization {
    return {in.id<OrganizationId>("id"), in.text("name"), in.instant("created_at"),
            in.count("network_count")};
}

auto read_policy(const JsonObject& in) -> OrganizationPolicy {
    OrganizationPolicy policy;
    for (const auto& wire : in.texts("validities")) {
        const auto validity = access::read_validity(wire);
        if (!validity) {
            in.fail(DecodeError::Fault::OutOfRange, "validities");
            break;
        }
        policy.validities.push_back(*validity);
    }
    return policy;
}

}  // namespace

auto encode_sign_in(const SignIn& value) -> std::string {
    JsonWriter out;
    out.text("email", value.email);
    out.text("password", value.password.reveal());
    return out.finish();
}

auto decode_sign_in(std::string_view json) -> Decoded<SignIn> {
    return decode_object(json, read_sign_in);
}

auto encode_rename(std::string_view name) -> std::string {
    JsonWriter out;
    out.text("name", name);
    return out.finish();
}

auto decode_rename(std::string_view json) -> Decoded<std::string> {
    return decode_object(json, read_name);
}

auto encode_session(const Session& value, Instant now) -> std::string {
    JsonWriter out;
    out.open("user");
    out.text("id", value.user.id.value);
    out.text("email", value.user.email);
    out.text("name", value.user.name);
    out.close();
    write_organization_ref(out, "organization", value.organization);
    out.text("role", access::role_wire(value.role));
    out.text("csrf", value.csrf);
    out.instant("expires_at", value.expires_at);
    if (value.assumption) {
        out.open("assumption");
        write_assumption(out, *value.assumption, now);
        out.close();
    }
    return out.finish();
}

auto decode_session(std::string_view json) -> Decoded<Session> {
    return decode_object(json, read_session);
}

auto encode_organization(const Organization& value) -> std::string {
    return encode_one(value, write_organization);
}

auto decode_organization(std::string_view json) -> Decoded<Organization> {
    return decode_object(json, read_organization);
}

auto encode_policy(const OrganizationPolicy& value) -> std::string {
    std::vector<std::string> wires;
    for (const auto validity : value.validities)
        wires.push_back(access::validity_wire(validity));
    JsonWriter out;
    out.texts("validities", wires);
    return out.finish();
}

auto decode_policy(std::string_view json) -> Decoded<OrganizationPolicy> {
    return decode_object(json, read_policy);
}

}  // namespace pcc::api
