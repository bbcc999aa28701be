// Reads the head of one HTTP/1.1 request strictly: what two readers could understand differently is
// refused. Layer: server/transport. Pure text in, values out; no sockets, and nothing is mended.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/api/http.hpp"
#include "core/base/result.hpp"

namespace pcc::server {

inline constexpr std::size_t longest_head = 16 * 1024;  // Units: bytes
inline constexpr std::size_t most_headers = 100;
inline constexpr std::size_t longest_body = 64 * 1024;  // Units: bytes

/// Names of headers that begin so are the gate's own: no client may send one.
inline constexpr std::string_view gate_prefix = "pcc-gate-";

struct RequestHead {
    std::string method;
    std::string target;
    bool is_http_1_1 = true;  // else 1.0
    api::Headers headers;
    std::optional<std::size_t> cookie_at;  // where the line of the Cookie header begins in the text
    std::size_t body_length = 0;           // Units: bytes
};

enum class HeadFault {
    RequestLine,     // not `METHOD target HTTP/1.x`
    Target,          // not an absolute path of printable ASCII
    HeaderLine,      // no colon, a folded line, a control character, a space in the name
    HeaderRepeated,  // one that may stand once stands twice: Content-Length, Cookie, Host, ...
    HostMissing,
    Length,          // Content-Length is not a plain number, or stands beside Transfer-Encoding
    LengthRequired,  // Transfer-Encoding without Content-Length
    Expectation,     // Expect with anything but 100-continue
    Encoding,        // a compressed body
    Upgrade,         // WebSocket
    HeadTooLarge,
    BodyTooLarge,
    Method,   // neither one of the contract's methods nor, outside the contract, HEAD
    TooSlow,  // head and body did not arrive in time; found out by the gate
};

/// What a head asks for. `text` ends with the empty line.
/// Errors: the first fault; nothing of a faulty head is to be used.
auto read_request_head(std::string_view text) -> Result<RequestHead, HeadFault>;

/// Whether a target lies in the contract's part of the address space, in whatever case.
auto is_api_target(std::string_view target) -> bool;
/// The path of a target, without its query.
auto path_of(std::string_view target) -> std::string_view;
/// Whether a path means one thing only: no empty or dot segments, no escapes, no backslashes.
auto is_plain_path(std::string_view path) -> bool;

/// A short name to carry a fault in a header, and back; `read_fault` knows only what `fault_name`
/// says.
auto fault_name(HeadFault fault) -> std::string_view;
auto read_fault(std::string_view name, HeadFault& fault) -> bool;

}  // namespace pcc::server
