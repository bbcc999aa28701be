#include <limits>

#include "core/api/codec_parts.hpp"

namespace pcc::api {
namespace {

constexpr std::string_view problem_type = "urn:pcc:problem:";

auto read_problem(const JsonObject& in) -> ApiError {
    constexpr auto most = std::numeric_limits<int>::max();
    ApiError error;
    error.code = in.text("code");
    error.title = in.text_or_empty("title");
    error.detail = in.text_or_empty("detail");
    error.field = in.text_or_empty("field");
    error.request_id = in.text_or_empty("request_id");
    if (in.has("status")) error.status = static_cast<int>(in.count("status", most));
    if (in.has("retry_after")) {
        error.retry_after = static_cast<int>(in.count("retry_after", most));
    }
    return error;
}

}  // namespace

auto encode_problem(const ApiError& value) -> std::string {
    JsonWriter out;
    out.text("type", std::string(problem_type) + value.code);
    out.text("title", value.title);
    out.number("status", value.status);
    out.text("detail", value.detail);
    out.text("code", value.code);
    if (!value.field.empty()) out.text("field", value.field);
    if (value.retry_after > 0) out.number("retry_after", value.retry_after);
    if (!value.request_id.empty()) out.text("request_id", value.request_id);
    return out.finish();
}

auto decode_problem(int status, std::string_view json) -> ApiError {
    auto error = decode_object(json, read_problem);
    if (!error || error->code.empty()) return malformed_answer(status);
    if (status != 0) error->status = status;
    return *error;
}

}  // namespace pcc::api
