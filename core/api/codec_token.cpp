#include <limits>
#include <utility>

#include "core/api/codec_parts.hpp"

namespace pcc::api {
namespace {

using access::AccessToken;

void write_token(JsonWriter& out, const AccessToken& value, Instant now) {
    out.text("handle", value.handle.value);
    out.text("hint", value.hint);
    out.text("validity", access::validity_wire(value.validity));
    out.instant("generated_at", value.generated_at);
    out.instant_or_null("expires_at", value.expires_at);
    const auto end = access::end_of(value, now);
    out.text("state", end ? "expired" : "active");
    if (end) {
        write_end(out, end->at, end->by, access::end_reason_wire(end->reason));
    } else {
        out.null("ended");
    }
    write_person(out, "generated_by", value.generated_by);
    out.instant_or_null("last_used_at", value.last_used_at);
    if (value.last_used_by) {
        out.text("last_used_by", *value.last_used_by);
    } else {
        out.null("last_used_by");
    }
    out.number("use_count", value.use_count);
    out.number("live_count", value.live_count);
}

auto read_token(const JsonObject& in) -> AccessToken {
    constexpr auto most = std::numeric_limits<int>::max();
    AccessToken token;
    token.handle = in.id<TokenHandle>("handle");
    token.hint = in.text("hint");
    token.validity = read_validity_member(in, "validity");
    token.generated_at = in.instant("generated_at");
    token.expires_at = in.instant_or_nothing("expires_at");
    token.generated_by = read_person(in.object("generated_by"));
    if (in.has("ended"))
        token.ended = read_end<access::TokenEnd>(in.object("ended"), access::parse_end_reason);
    token.last_used_at = in.instant_or_nothing("last_used_at");
    if (in.has("last_used_by")) token.last_used_by = in.text("last_used_by");
    token.use_count = static_cast<int>(in.count("use_count", most));
    token.live_count = static_cast<int>(in.count("live_count", most));
    return token;
}

auto read_generate(const JsonObject& in) -> GenerateToken {
    return {read_validity_member(in, "validity")};
}

auto read_token_id(const JsonObject& in) -> Secret {
    return Secret(in.text("token_id"));
}

auto read_generated(const JsonObject& in) -> GeneratedToken {
    return {read_token(in.object("token")), read_token_id(in)};
}

auto read_reveal(const JsonObject& in) -> Secret {
    return Secret(in.text_if_given("password").value_or(std::string()));
}

}  // namespace

auto encode_generate_token(const GenerateToken& value) -> std::string {
    JsonWriter out;
    out.text("validity", access::validity_wire(value.validity));
    return out.finish();
}

auto decode_generate_token(std::string_view json) -> Decoded<GenerateToken> {
    return decode_object(json, read_generate);
}

auto encode_token_id(const Secret& pasted) -> std::string {
    JsonWriter out;
    out.text("token_id", pasted.reveal());
    return out.finish();
}

auto decode_token_id(std::string_view json) -> Decoded<Secret> {
    return decode_object(json, read_token_id);
}

auto encode_reveal(const Secret& password) -> std::string {
    JsonWriter out;
    if (!password.empty()) out.text("password", password.reveal());
    return out.finish();
}

auto decode_reveal(std::string_view json) -> Decoded<Secret> {
    if (json.empty()) return Secret();
    return decode_object(json, read_reveal);
}

auto encode_token(const AccessToken& value, Instant now) -> std::string {
    JsonWriter out;
    write_token(out, value, now);
    return out.finish();
}

auto decode_token(std::string_view json) -> Decoded<AccessToken> {
    return decode_object(json, read_token);
}

auto encode_tokens(const Page<AccessToken>& page, Instant now) -> std::string {
    return encode_page_at(page, now, write_token);
}

auto decode_tokens(std::string_view json) -> Decoded<Page<AccessToken>> {
    return decode_object(json, read_page<AccessToken, read_token>);
}

auto encode_generated_token(const GeneratedToken& value, Instant now) -> std::string {
    JsonWriter out;
    out.open("token");
    write_token(out, value.token, now);
    out.close();
    out.text("token_id", value.token_id.reveal());
    return out.finish();
}

auto decode_generated_token(std::string_view json) -> Decoded<GeneratedToken> {
    return decode_object(json, read_generated);
}

auto encode_revealed(const Secret& token_id) -> std::string {
    return encode_token_id(token_id);
}

auto decode_revealed(std::string_view json) -> Decoded<Secret> {
    return decode_token_id(json);
}

}  // namespace pcc::api
