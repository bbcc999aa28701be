#include "server/transport/request_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace pcc::server {
namespace {

// Headers that this server reads, or that frame the request: a second one would be believed by one
// reader and passed over by another.
constexpr std::array<std::string_view, 16> standing_once = {"host",
                                                            "content-length",
                                                            "content-type",
                                                            "content-encoding",
                                                            "transfer-encoding",
                                                            "cookie",
                                                            "origin",
                                                            "sec-fetch-site",
                                                            "x-pcc-csrf",
                                                            "pcc-assumption",
                                                            "idempotency-key",
                                                            "expect",
                                                            "connection",
                                                            "if-none-match",
                                                            "referer",
                                                            "authorization"};

auto is_token_character(char c) -> bool {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

auto is_token(std::string_view text) -> bool {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

auto lower(std::string_view text) -> std::string {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

auto trimmed(std::string_view text) -> std::string_view {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

// Visible ASCII, tabs, spaces and bytes of UTF-8; no other control characters.
auto is_field_value(std::string_view text) -> bool {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

auto is_target(std::string_view text) -> bool {
    return !text.empty() && text.front() == '/' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
}

// The text up to the next line end, which is taken off `rest` with it.
auto take_line(std::string_view& rest) -> std::string_view {
    const auto end = rest.find("\r\n");
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    return line;
}

auto read_request_line(std::string_view line, RequestHead& head) -> Result<void, HeadFault> {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || last == first) return failed(HeadFault::RequestLine);
    const auto method = line.substr(0, first);
    const auto target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (!is_token(method) || (version != "HTTP/1.1" && version != "HTTP/1.0")) {
        return failed(HeadFault::RequestLine);
    }
    if (!is_target(target)) return failed(HeadFault::Target);
    head.method = method;
    head.target = target;
    head.is_http_1_1 = version == "HTTP/1.1";
    return {};
}

auto read_header_line(std::string_view line) -> Result<api::Header, HeadFault> {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return failed(HeadFault::HeaderLine);
    const auto name = line.substr(0, colon);
    const auto value = trimmed(line.substr(colon + 1));
    auto lowered = lower(name);
    const bool ours_alone = lowered.rfind(gate_prefix, 0) == 0;
    if (!is_token(name) || !is_field_value(value) || ours_alone)
        return failed(HeadFault::HeaderLine);
    return api::Header{std::move(lowered), std::string(value)};
}

auto is_repeated(const api::Headers& headers, std::string_view name) -> bool {
    const auto once = std::find(standing_once.begin(), standing_once.end(), name);
    return once != standing_once.end() &&
           std::any_of(headers.begin(), headers.end(),
                       [name](const api::Header& other) { return other.first == name; });
}

auto read_header_lines(std::string_view text, std::string_view rest, RequestHead& head)
    -> Result<void, HeadFault> {
    for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
        if (head.headers.size() >= most_headers) return failed(HeadFault::HeadTooLarge);
        auto header = read_header_line(line);
        if (!header) return failed(header.error());
        if (is_repeated(head.headers, header->first)) return failed(HeadFault::HeaderRepeated);
        if (header->first == "cookie")
            head.cookie_at = static_cast<std::size_t>(line.data() - text.data());
        head.headers.push_back(std::move(*header));
    }
    return {};
}

auto has(const api::Headers& headers, std::string_view name) -> bool {
    return std::any_of(headers.begin(), headers.end(),
                       [name](const api::Header& header) { return header.first == name; });
}

auto read_length(const api::Headers& headers) -> Result<std::size_t, HeadFault> {
    const bool chunked = has(headers, "transfer-encoding");
    if (!has(headers, "content-length")) {
        if (chunked) return failed(HeadFault::LengthRequired);
        return std::size_t{0};
    }
    const auto text = api::header(headers, "content-length");
    const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    if (chunked || !digits) return failed(HeadFault::Length);
    std::size_t length = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
    if (read.ec != std::errc{} || length > longest_body) return failed(HeadFault::BodyTooLarge);
    return length;
}

/// What Drogon answers by itself is none of the contract's answers: it is left to ask for the body
/// and nothing else.
auto can_expect(const RequestHead& head, std::string_view expectation) -> bool {
    return expectation == "100-continue" && head.is_http_1_1 && head.body_length > 0;
}

auto judge_headers(const RequestHead& head) -> Result<void, HeadFault> {
    const auto& headers = head.headers;
    if (!has(headers, "host")) return failed(HeadFault::HostMissing);
    if (lower(api::header(headers, "upgrade")) == "websocket") return failed(HeadFault::Upgrade);
    const auto expect = api::header(headers, "expect");
    if (!expect.empty() && !can_expect(head, expect)) return failed(HeadFault::Expectation);
    const auto encoding = api::header(headers, "content-encoding");
    if (!encoding.empty() && lower(encoding) != "identity") return failed(HeadFault::Encoding);
    return {};
}

auto is_known_method(const RequestHead& head) -> bool {
    for (const auto* name : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
        if (head.method == name) return true;
    }
    return head.method == "HEAD" && !is_api_target(head.target);
}

constexpr std::array<std::pair<HeadFault, std::string_view>, 14> fault_names = {{
    {HeadFault::RequestLine, "request-line"},
    {HeadFault::Target, "target"},
    {HeadFault::HeaderLine, "header-line"},
    {HeadFault::HeaderRepeated, "header-repeated"},
    {HeadFault::HostMissing, "host-missing"},
    {HeadFault::Length, "length"},
    {HeadFault::LengthRequired, "length-required"},
    {HeadFault::Expectation, "expectation"},
    {HeadFault::Encoding, "encoding"},
    {HeadFault::Upgrade, "upgrade"},
    {HeadFault::HeadTooLarge, "head-too-large"},
    {HeadFault::BodyTooLarge, "body-too-large"},
    {HeadFault::Method, "method"},
    {HeadFault::TooSlow, "too-slow"},
}};

}  // namespace

auto read_request_head(std::string_view text) -> Result<RequestHead, HeadFault> {
    if (text.size() > longest_head) return failed(HeadFault::HeadTooLarge);
    RequestHead head;
    auto rest = text;
    if (auto line = read_request_line(take_line(rest), head); !line) return failed(line.error());
    if (auto lines = read_header_lines(text, rest, head); !lines) return failed(lines.error());
    const auto length = read_length(head.headers);
    if (!length) return failed(length.error());
    head.body_length = *length;
    if (auto judged = judge_headers(head); !judged) return failed(judged.error());
    if (!is_known_method(head)) return failed(HeadFault::Method);
    return head;
}

auto path_of(std::string_view target) -> std::string_view {
    return target.substr(0, target.find('?'));
}

auto is_api_target(std::string_view target) -> bool {
    const auto path = lower(path_of(target));
    return path == "/api" || path.rfind("/api/", 0) == 0;
}

auto is_plain_path(std::string_view path) -> bool {
    if (path == "/") return true;
    if (path.empty() || path.front() != '/') return false;
    if (path.find_first_of("%\\;") != std::string_view::npos) return false;
    path.remove_prefix(1);
    while (true) {
        const auto slash = path.find('/');
        const auto segment = path.substr(0, slash);
        if (segment.empty() || segment == "." || segment == "..") return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

auto fault_name(HeadFault fault) -> std::string_view {
    for (const auto& [known, name] : fault_names) {
        if (known == fault) return name;
    }
    return "request-line";
}

auto read_fault(std::string_view name, HeadFault& fault) -> bool {
    for (const auto& [known, text] : fault_names) {
        if (text != name) continue;
        fault = known;
        return true;
    }
    return false;
}

}  // namespace pcc::server
