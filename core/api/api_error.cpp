#include "core/api/api_error.hpp"

#include "core/base/timestamp.hpp"

namespace pcc::api {
namespace {

struct Sentence {
    std::string_view code;
    std::string_view text;
};

// What happened, what it means, what to do next.
constexpr Sentence sentences[] = {
    {code::sign_in_failed,
     "The e-mail address or the password is not right. Check both and try again."},
    {code::not_signed_in, "You are signed out. Sign in again to go on."},
    {code::csrf_failed,
     "This page and the server no longer agree on your session, so nothing was changed. Reload the "
     "page and try again."},
    {code::forbidden,
     "Your role does not allow this, so nothing was changed. Ask an admin of the organization."},
    {code::read_only,
     "You may look at this but not change it. Ask an admin of the organization for write access."},
    {code::forbidden_while_assuming,
     "This cannot be done while you act for another organization. Press Go Back first, then try "
     "again."},
    {code::not_found,
     "This is not there, or you cannot reach it. It may have been removed; go back to the list and "
     "reload it."},
    {code::method_not_allowed,
     "The server does not take this request. Reload the page to get the console that fits it."},
    {code::path_malformed,
     "The server could not read the address of this request. Reload the page and try again."},
    {code::body_malformed,
     "The server could not read this request, so nothing was changed. Reload the page and try "
     "again."},
    {code::body_too_large, "This is more than the server takes. Shorten it and try again."},
    {code::media_type_not_supported,
     "The server takes requests as JSON only, so nothing was changed. Reload the page and try "
     "again."},
    {code::field_missing, "Something that is needed was left out. Fill it in and try again."},
    {code::field_invalid, "One of the values cannot be used. Correct it and try again."},
    {code::query_invalid, "The list cannot be filtered like this. Clear the search and try again."},
    {code::cursor_invalid, "The list has changed since it was read. Reload it to go on."},
    {code::validity_not_allowed,
     "Your organization does not allow this validity. Choose another one."},
    {code::token_id_malformed,
     "This is not a whole Token ID. Copy all of it again, from pcc_ to the last character."},
    {code::token_unknown,
     "No token has this Token ID. Check that all of it was copied, or ask the admin for a new "
     "one."},
    {code::token_ended,
     "This token has ended and opens nothing any more. Ask the admin for a new one."},
    {code::token_own_organization,
     "This token opens your own organization, where you already are. It is meant for someone from "
     "another organization."},
    {code::password_required, "Enter your password once more to see the Token ID."},
    {code::assumption_ended,
     "Your access to this organization has ended. What you changed is kept; go back to your own "
     "organization."},
    {code::assumption_unknown,
     "This access is not known to your session. Go back to your own organization and assume "
     "again."},
    {code::access_point_offline,
     "This access point is offline, so it cannot be reached from here. Check its power and its "
     "cable, then try again."},
    {code::rate_limited, "There were too many tries in a short time."},
    {code::busy, "The server has too much to do at the moment."},
    {code::idempotency_key_invalid,
     "The server could not tell this request from an earlier one, so nothing was changed. Try "
     "again."},
    {code::idempotency_conflict,
     "The same request is already on its way or was sent with other content. Reload the list to "
     "see "
     "what was done."},
    {code::unavailable, "The server cannot do its work at the moment, so nothing was changed."},
    {code::offline,
     "The server did not answer, so it is not known whether it got this. Check your connection, "
     "then try again."},
    {code::answer_malformed,
     "An answer came that the console cannot read. Reload the page; if it happens again, tell "
     "whoever runs the server."},
};

auto sentence_for(std::string_view code) -> std::string_view {
    for (const auto& sentence : sentences) {
        if (sentence.code == code) return sentence.text;
    }
    return {};
}

// Nothing is said of changes here: after such an answer nobody knows.
constexpr std::string_view server_failed =
    "The server is not available at the moment, or could not finish. Reload the list to see what "
    "was done.";

auto sentence_for_status(int status) -> std::string_view {
    if (status == 401) return sentence_for(code::not_signed_in);
    if (status == 403) return sentence_for(code::forbidden);
    if (status == 404) return sentence_for(code::not_found);
    if (status == 429) return sentence_for(code::rate_limited);
    if (status >= 500) return server_failed;
    return "The server refused this, so nothing was changed. Reload the page and try again.";
}

auto wants_waiting(const ApiError& error) -> bool {
    return error.is(code::rate_limited) || error.is(code::busy) || error.is(code::unavailable) ||
           error.status == 429 || error.status == 503;
}

auto wait_words(int seconds) -> std::string {
    if (seconds <= 0) return " Wait a moment, then try again.";
    const auto length =
        seconds < 60 ? std::to_string(seconds) + (seconds == 1 ? " second" : " seconds")
                     : format_duration(std::chrono::seconds{seconds} + std::chrono::seconds{59});
    return " Wait " + length + ", then try again.";
}

}  // namespace

auto offline_error() -> ApiError {
    ApiError error;
    error.code = code::offline;
    error.title = "No answer from the server";
    return error;
}

auto malformed_answer(int status) -> ApiError {
    ApiError error;
    error.status = status;
    error.code = code::answer_malformed;
    error.title = status >= 500 ? "The server is not available" : "An answer could not be read";
    return error;
}

auto explain(const ApiError& error) -> std::string {
    if (!error.detail.empty()) return error.detail;
    const bool from_proxy =
        error.is(code::answer_malformed) && (error.status >= 500 || error.status == 429);
    auto text =
        std::string(from_proxy ? sentence_for_status(error.status) : sentence_for(error.code));
    if (text.empty()) text = sentence_for_status(error.status);
    if (wants_waiting(error)) text += wait_words(error.retry_after);
    return text;
}

}  // namespace pcc::api
