// Whose word about the client is taken: the proxies that were named, and nobody else.
// Layer: server. Addresses in, an address out; free of sockets.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pcc::server {

/// An IP address; one of IPv4 in its mapped form, so that both spellings of it are the same.
using Address = std::array<std::uint8_t, 16>;

/// Nothing for what is no IP address.
auto read_address(std::string_view text) -> std::optional<Address>;
auto is_loopback(std::string_view text) -> bool;

/// `10.0.0.0/8`, `2001:db8::/32`, or one address.
struct Network {
    Address address{};
    int bits = 128;  // of the mapped form

    auto contains(const Address& other) const -> bool;
};
auto read_network(std::string_view text) -> std::optional<Network>;
using Networks = std::vector<Network>;

/// What a request says of where it comes from.
struct Forwarded {
    std::string peer;    // who is at the other end of the connection
    std::string chain;   // X-Forwarded-For, all lines of it joined by commas, or empty
    std::string scheme;  // X-Forwarded-Proto, likewise
};

/// The client's address: the peer's own, unless that is a trusted proxy. Then the last one in its
/// chain that is not a trusted proxy, as what stands before it may be anybody's invention. Where an
/// entry is no address, whoever handed it on counts as the client.
auto client_address(const Forwarded& said, const Networks& trusted) -> std::string;

/// Whether a trusted proxy says that the request came to it unencrypted.
auto came_in_the_clear(const Forwarded& said, const Networks& trusted) -> bool;

}  // namespace pcc::server
