#include "core/access/validity.hpp"

#include <algorithm>

namespace pcc::access {
namespace {

constexpr int more_than_any = longest_validity_hours + 1;

/// The hours of `36h`, `more_than_any` for a number too large, 0 for what is no number of hours.
auto read_hours(std::string_view wire) -> int {
    if (wire.size() < 2 || wire.back() != 'h' || wire.front() == '0') return 0;
    wire.remove_suffix(1);
    int hours = 0;
    for (const char c : wire) {
        if (c < '0' || c > '9') return 0;
        hours = std::min(hours * 10 + (c - '0'), more_than_any);
    }
    return hours;
}

}  // namespace

auto standard_validities() -> const std::array<Validity, 5>& {
    static const std::array<Validity, 5> offered{Validity::of_hours(2), Validity::of_hours(8),
                                                 Validity::of_hours(12), Validity::of_hours(24),
                                                 Validity::lifetime()};
    return offered;
}

auto is_offered(Validity validity) -> bool {
    const auto& offered = standard_validities();
    return std::find(offered.begin(), offered.end(), validity) != offered.end();
}

auto read_validity(std::string_view wire) -> std::optional<Validity> {
    if (wire == "lifetime") return Validity::lifetime();
    const auto hours = read_hours(wire);
    if (hours == 0 || hours == more_than_any) return std::nullopt;
    return Validity::of_hours(hours);
}

auto parse_validity(std::string_view wire) -> Result<Validity, ValidityError> {
    const auto validity = read_validity(wire);
    if (!validity) {
        return failed(read_hours(wire) == 0 ? ValidityError::Malformed : ValidityError::NotOffered);
    }
    if (!is_offered(*validity)) return failed(ValidityError::NotOffered);
    return *validity;
}

auto validity_wire(Validity validity) -> std::string {
    return validity.is_lifetime() ? "lifetime" : std::to_string(validity.hours()) + "h";
}

auto validity_label(Validity validity) -> std::string {
    if (validity.is_lifetime()) return "Lifetime Access";
    return std::to_string(validity.hours()) + (validity.hours() == 1 ? " Hour" : " Hours");
}

auto expiry_of(Validity validity, Instant generated) -> std::optional<Instant> {
    if (validity.is_lifetime()) return std::nullopt;
    return generated + std::chrono::hours{validity.hours()};
}

}  // namespace pcc::access
