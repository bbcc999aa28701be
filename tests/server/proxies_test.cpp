// Whose word about the client's address is taken.
#include "server/proxies.hpp"

#include <doctest/doctest.h>

namespace {

using namespace pcc::server;

const Networks trusted = {*read_network("10.0.0.0/8"), *read_network("2001:db8:1::/48"),
                          *read_network("192.0.2.7")};

auto client(std::string peer, std::string chain) -> std::string {
    return client_address({std::move(peer), std::move(chain), {}}, trusted);
}

TEST_CASE("networks are read strictly") {
    for (const auto* good : {"10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/32", "192.0.2.1", "::1",
                             "192.0.2.1/32", "::ffff:10.0.0.0/104"}) {
        CHECK_MESSAGE(read_network(good), good);
    }
    for (const auto* bad : {"", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "10.0.0.0/-1",
                            "10.0.0.0/8x", "proxy", "10.0.0.0/8/8", " 10.0.0.0/8", "10.0.0.1:80"}) {
        CHECK_MESSAGE(!read_network(bad), bad);
    }
}

TEST_CASE("a network holds its addresses, in either spelling of IPv4, and no others") {
    const auto ten = *read_network("10.0.0.0/9");
    CHECK(ten.contains(*read_address("10.127.255.255")));
    CHECK(ten.contains(*read_address("::ffff:10.1.2.3")));
    CHECK_FALSE(ten.contains(*read_address("10.128.0.0")));
    CHECK_FALSE(ten.contains(*read_address("::10.1.2.3")));
    CHECK(read_network("0.0.0.0/0")->contains(*read_address("203.0.113.9")));
    CHECK_FALSE(read_network("0.0.0.0/0")->contains(*read_address("2001:db8::1")));
}

TEST_CASE("what others than trusted proxies say of the client is not believed") {
    CHECK(client("203.0.113.9", "198.51.100.1") == "203.0.113.9");
    CHECK(client("203.0.113.9", "198.51.100.1, 10.0.0.1") == "203.0.113.9");
    CHECK(client("2001:db8:2::1", "198.51.100.1") == "2001:db8:2::1");
    CHECK(client_address({"10.0.0.1", "198.51.100.1", {}}, {}) == "10.0.0.1");
}

TEST_CASE("the client is the last in the chain that is no trusted proxy") {
    CHECK(client("10.0.0.1", "198.51.100.1") == "198.51.100.1");
    CHECK(client("::ffff:10.0.0.1", "198.51.100.1") == "198.51.100.1");
    CHECK(client("10.0.0.1", "127.0.0.1, 198.51.100.1") == "198.51.100.1");
    CHECK(client("10.0.0.1", "198.51.100.1,10.9.9.9 , 192.0.2.7") == "198.51.100.1");
    CHECK(client("10.0.0.1", "192.0.2.1, 203.0.113.5, 10.9.9.9") == "203.0.113.5");
    CHECK(client("2001:db8:1::5", "2001:0DB8:0002:0::9") == "2001:db8:2::9");
    CHECK(client("10.0.0.1", "[2001:db8:2::9]:4711") == "2001:db8:2::9");
    CHECK(client("10.0.0.1", "198.51.100.1:4711") == "198.51.100.1");
    CHECK(client("10.0.0.1", "10.0.0.3, 10.0.0.2") == "10.0.0.3");
}

TEST_CASE("what is no address is nobody's") {
    for (const auto* odd :
         {"", "unknown", "_hidden", "198.51.100.1, ", "198.51.100.1, localhost", "1.2.3.4.5",
          "198.51.100.1 198.51.100.2", "[::1", "[::1]x", "1.2.3.4:x"}) {
        CHECK_MESSAGE(client("10.0.0.1", odd) == "10.0.0.1", odd);
    }
    CHECK(client("10.0.0.1", "198.51.100.1, nobody, 10.0.0.2") == "10.0.0.2");
}

TEST_CASE("that a request came unencrypted is believed of a trusted proxy alone") {
    CHECK(came_in_the_clear({"10.0.0.1", {}, "http"}, trusted));
    CHECK(came_in_the_clear({"10.0.0.1", {}, "https, http"}, trusted));
    CHECK_FALSE(came_in_the_clear({"10.0.0.1", {}, "https"}, trusted));
    CHECK_FALSE(came_in_the_clear({"10.0.0.1", {}, "http, https"}, trusted));
    CHECK_FALSE(came_in_the_clear({"10.0.0.1", {}, ""}, trusted));
    CHECK_FALSE(came_in_the_clear({"203.0.113.9", {}, "http"}, trusted));
}

TEST_CASE("loopback addresses") {
    CHECK(is_loopback("127.0.0.1"));
    CHECK(is_loopback("127.9.9.9"));
    CHECK(is_loopback("::1"));
    CHECK_FALSE(is_loopback("0.0.0.0"));
    CHECK_FALSE(is_loopback("::"));
    CHECK_FALSE(is_loopback("127"));
    CHECK_FALSE(is_loopback("127.evil.example"));
}

}  // namespace
