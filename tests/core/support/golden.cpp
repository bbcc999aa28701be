#include "tests/core/support/golden.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/api/codec.hpp"
#include "tests/core/support/people.hpp"

namespace pcc::tests {
namespace {

using namespace api;

const std::filesystem::path folder = std::filesystem::path(PCC_SOURCE_DIR) / "tests" / "golden";

/// The instant at which all samples were taken.
auto sampled_at() -> Instant {
    return at("2026-11-23T20:05:00Z");
}

template <auto Decode, auto Encode>
auto around(std::string_view json) -> std::string {
    const auto value = Decode(json);
    return value ? Encode(*value) : std::string();
}

template <auto Decode, auto Encode>
auto around_at(std::string_view json) -> std::string {
    const auto value = Decode(json);
    return value ? Encode(*value, sampled_at()) : std::string();
}

auto around_event(std::string_view json) -> std::string {
    const auto event = decode_event("token.expired", json);
    return event ? encode_event(*event) : std::string();
}

auto around_problem(std::string_view json) -> std::string {
    const auto error = decode_problem(0, json);
    return error.is(code::answer_malformed) ? std::string() : encode_problem(error);
}

auto around_rename(std::string_view json) -> std::string {
    const auto name = decode_rename(json);
    return name ? encode_rename(*name) : std::string();
}

}  // namespace

auto golden_samples() -> const std::vector<GoldenSample>& {
    static const std::vector<GoldenSample> samples = {
        {"sign_in", around<decode_sign_in, encode_sign_in>},
        {"generate_token", around<decode_generate_token, encode_generate_token>},
        {"token_id", around<decode_token_id, encode_token_id>},
        {"reveal", around<decode_reveal, encode_reveal>},
        {"reveal_without_password", around<decode_reveal, encode_reveal>},
        {"rename", around_rename},
        {"change_network", around<decode_change_network, encode_change_network>},
        {"change_network_tags", around<decode_change_network, encode_change_network>},
        {"change_ssid", around<decode_change_ssid, encode_change_ssid>},
        {"session", around_at<decode_session, encode_session>},
        {"session_assuming", around_at<decode_session, encode_session>},
        {"organization", around<decode_organization, encode_organization>},
        {"policy", around<decode_policy, encode_policy>},
        {"token_active", around_at<decode_token, encode_token>},
        {"token_lifetime", around_at<decode_token, encode_token>},
        {"token_ran_out", around_at<decode_token, encode_token>},
        {"token_expired", around_at<decode_token, encode_token>},
        {"tokens", around_at<decode_tokens, encode_tokens>},
        {"tokens_empty", around_at<decode_tokens, encode_tokens>},
        {"generated_token", around_at<decode_generated_token, encode_generated_token>},
        {"preflight", around<decode_preflight, encode_preflight>},
        {"assumption_live", around_at<decode_assumption, encode_assumption>},
        {"assumption_ended", around_at<decode_assumption, encode_assumption>},
        {"assumption_ran_out", around_at<decode_assumption, encode_assumption>},
        {"assumptions", around_at<decode_assumptions, encode_assumptions>},
        {"network", around<decode_network, encode_network>},
        {"networks", around<decode_networks, encode_networks>},
        {"network_detail", around<decode_network_detail, encode_network_detail>},
        {"ssid", around<decode_ssid, encode_ssid>},
        {"access_point", around<decode_access_point, encode_access_point>},
        {"access_points", around<decode_access_points, encode_access_points>},
        {"audit", around<decode_audit, encode_audit>},
        {"event_token_expired", around_event},
        {"event_assumption_ended", around_event},
        {"event_ping", around_event},
        {"problem", around_problem},
        {"problem_rate_limited", around_problem},
    };
    return samples;
}

auto read_golden(const std::string& file) -> std::string {
    std::ifstream in(folder / (file + ".json"), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

auto golden_files() -> std::vector<std::string> {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path().stem().string());
    }
    return files;
}

}  // namespace pcc::tests
