#include "server/proxies.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

namespace pcc::server {
namespace {

constexpr Address mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};
constexpr int mapped_bits = 96;

auto is_mapped(const Address& address) -> bool {
    return std::equal(mapped_prefix.begin(), mapped_prefix.begin() + 12, address.begin());
}

auto trim(std::string_view text) -> std::string_view {
    constexpr std::string_view blanks = " \t";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The last entry of a list, which is taken off it.
auto take_last(std::string_view& list) -> std::string_view {
    const auto comma = list.rfind(',');
    const auto last = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
    return trim(last);
}

auto is_number(std::string_view text) -> bool {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// An entry without the port that some proxies add: `[2001:db8::1]:443`, `192.0.2.1:443`.
auto without_port(std::string_view entry) -> std::string_view {
    if (!entry.empty() && entry.front() == '[') {
        const auto end = entry.find(']');
        if (end == std::string_view::npos) return {};
        const auto rest = entry.substr(end + 1);
        const bool is_port = rest.empty() || (rest.front() == ':' && is_number(rest.substr(1)));
        return is_port ? entry.substr(1, end - 1) : std::string_view();
    }
    const auto colon = entry.find(':');
    const bool one_colon = colon != std::string_view::npos && entry.rfind(':') == colon;
    if (one_colon && is_number(entry.substr(colon + 1))) return entry.substr(0, colon);
    return entry;
}

auto is_trusted(const Address& address, const Networks& trusted) -> bool {
    return std::any_of(trusted.begin(), trusted.end(),
                       [&](const Network& network) { return network.contains(address); });
}

auto is_trusted(std::string_view text, const Networks& trusted) -> bool {
    const auto address = read_address(text);
    return address && is_trusted(*address, trusted);
}

/// One spelling for one address.
auto spelled(const Address& address) -> std::string {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_mapped(address)) {
        inet_ntop(AF_INET, address.data() + 12, text.data(), text.size());
    } else {
        inet_ntop(AF_INET6, address.data(), text.data(), text.size());
    }
    return text.data();
}

}  // namespace

auto read_address(std::string_view text) -> std::optional<Address> {
    const std::string terminated(text);
    if (terminated.find('\0') != std::string::npos) return std::nullopt;
    Address address = mapped_prefix;
    if (inet_pton(AF_INET, terminated.c_str(), address.data() + 12) == 1) return address;
    if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
    return std::nullopt;
}

auto is_loopback(std::string_view text) -> bool {
    static const Networks own = {*read_network("127.0.0.0/8"), *read_network("::1")};
    return is_trusted(text, own);
}

auto Network::contains(const Address& other) const -> bool {
    for (int bit = 0; bit < bits; bit += 8) {
        const int left = std::min(8, bits - bit);
        const auto mask = static_cast<std::uint8_t>(0xFF << (8 - left));
        const auto at = static_cast<std::size_t>(bit / 8);
        if (((address.at(at) ^ other.at(at)) & mask) != 0) return false;
    }
    return true;
}

auto read_network(std::string_view text) -> std::optional<Network> {
    const auto slash = text.find('/');
    const auto address = read_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string_view::npos) return Network{*address, 128};
    const auto length = text.substr(slash + 1);
    int bits = -1;
    const auto read = std::from_chars(length.data(), length.data() + length.size(), bits);
    const bool is_four = text.substr(0, slash).find(':') == std::string_view::npos;
    const bool whole = read.ec == std::errc{} && read.ptr == length.data() + length.size();
    if (!whole || bits < 0 || bits > (is_four ? 32 : 128)) return std::nullopt;
    return Network{*address, is_four ? bits + mapped_bits : bits};
}

auto client_address(const Forwarded& said, const Networks& trusted) -> std::string {
    // As the system writes IPv4, which has one spelling; nobody else is asked.
    if (trusted.empty() && said.peer.find(':') == std::string::npos) return said.peer;
    auto client = read_address(said.peer);
    if (!client) return said.peer;
    std::string_view chain = said.chain;
    while (is_trusted(*client, trusted) && !chain.empty()) {
        const auto address = read_address(without_port(take_last(chain)));
        if (!address) break;
        client = address;
    }
    return spelled(*client);
}

auto came_in_the_clear(const Forwarded& said, const Networks& trusted) -> bool {
    if (said.scheme.empty() || !is_trusted(said.peer, trusted)) return false;
    std::string_view schemes = said.scheme;
    return take_last(schemes) != "https";
}

}  // namespace pcc::server
