#include "core/access/validity.hpp"

#include <string>

#include "tests/core/support/doctest.hpp"
#include "tests/core/support/people.hpp"

namespace pcc::access {
namespace {

using std::chrono::hours;

TEST_CASE("validities: the five of the article, shortest first") {
    const auto& offered = standard_validities();
    const char* wires[] = {"2h", "8h", "12h", "24h", "lifetime"};
    const char* labels[] = {"2 Hours", "8 Hours", "12 Hours", "24 Hours", "Lifetime Access"};
    for (std::size_t i = 0; i < offered.size(); ++i) {
        CAPTURE(wires[i]);
        CHECK(validity_wire(offered[i]) == wires[i]);
        CHECK(validity_label(offered[i]) == labels[i]);
        CHECK(parse_validity(wires[i]) == offered[i]);
        CHECK(read_validity(wires[i]) == offered[i]);
        CHECK(is_offered(offered[i]));
    }
    CHECK(offered.back().is_lifetime());
    CHECK(validity_label(Validity::of_hours(1)) == "1 Hour");
}

TEST_CASE("validities: a whole number of hours that is not offered") {
    for (const char* wire : {"1h", "3h", "23h", "25h", "36h", "168h", "999999h"}) {
        CAPTURE(wire);
        const auto validity = parse_validity(wire);
        REQUIRE_FALSE(validity.has_value());
        CHECK(validity.error() == ValidityError::NotOffered);
        REQUIRE(read_validity(wire).has_value());
        CHECK(validity_wire(*read_validity(wire)) == wire);
        CHECK_FALSE(is_offered(*read_validity(wire)));
    }
    for (const char* wire : {"1000000h", "2147483648h", "4294967298h", "18446744073709551618h"}) {
        CAPTURE(wire);
        CHECK_FALSE(read_validity(wire).has_value());
        REQUIRE_FALSE(parse_validity(wire).has_value());
        CHECK(parse_validity(wire).error() == ValidityError::NotOffered);
    }
}

TEST_CASE("validities: what is none is malformed") {
    using namespace std::string_view_literals;
    for (const auto wire : {""sv,    "h"sv,         "2"sv,    "0h"sv,        "-2h"sv,      "+2h"sv,
                            "02h"sv, " 2h"sv,       "2h "sv,  "2 h"sv,       "2.5h"sv,     "1e9h"sv,
                            "2H"sv,  "2hh"sv,       "2h2h"sv, "lifetime "sv, "Lifetime"sv, "life"sv,
                            "2m"sv,  "\xD9\xA2h"sv, "2h\0"sv, "0x2h"sv}) {
        CAPTURE(wire);
        CHECK_FALSE(read_validity(wire).has_value());
        const auto validity = parse_validity(wire);
        REQUIRE_FALSE(validity.has_value());
        CHECK(validity.error() == ValidityError::Malformed);
    }
}

TEST_CASE("validities: expiry is counted from the generation, a lifetime has none") {
    const auto generated = tests::at("2026-03-28T23:30:00.250Z");
    CHECK(expiry_of(Validity::of_hours(2), generated) == tests::at("2026-03-29T01:30:00.250Z"));
    CHECK(expiry_of(Validity::of_hours(24), generated) == generated + hours{24});
    CHECK_FALSE(expiry_of(Validity::lifetime(), generated).has_value());
}

}  // namespace
}  // namespace pcc::access
