// Validity: how long a token lives from its generation on.
// Layer: access. Decides no policy; which validities are offered is in `standard_validities`.
#pragma once

#include "core/base/result.hpp"
#include "core/base/timestamp.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace pcc::access {

/// A whole number of hours, or a lifetime.
class Validity {
public:
    static auto of_hours(int hours) -> Validity { return Validity(hours); }
    static auto lifetime() -> Validity { return Validity(0); }

    auto is_lifetime() const -> bool { return hours_ == 0; }
    /// Units: hours; 0 for a lifetime.
    auto hours() const -> int { return hours_; }
    friend auto operator==(Validity a, Validity b) -> bool { return a.hours_ == b.hours_; }
    friend auto operator!=(Validity a, Validity b) -> bool { return a.hours_ != b.hours_; }

private:
    explicit Validity(int hours) : hours_(hours) {}
    int hours_;
};

/// What the Generate dialog offers, shortest first. Source: PCC help article, step 2.
auto standard_validities() -> const std::array<Validity, 5>&;
/// Whether an administrator may choose it (the standard five; a policy may widen this later).
auto is_offered(Validity validity) -> bool;

/// Longer ones are no validity but a mistake. Units: hours (114 years).
inline constexpr int longest_validity_hours = 999'999;

enum class ValidityError { Malformed, NotOffered };

/// Reads the wire form: `2h`, `lifetime`. Errors: Malformed for anything but a whole positive number
/// of hours without sign, space or leading zero; NotOffered where policy does not allow it.
auto parse_validity(std::string_view wire) -> Result<Validity, ValidityError>;
/// The validity of a wire form whatever the policy says, as an answer may carry; nothing where it is
/// none, or longer than `longest_validity_hours`.
auto read_validity(std::string_view wire) -> std::optional<Validity>;
/// `2h`, `lifetime`.
auto validity_wire(Validity validity) -> std::string;
/// PCC's words: `2 Hours`, `Lifetime Access`.
auto validity_label(Validity validity) -> std::string;

/// When a token generated at `generated` ends by itself; nothing for a lifetime.
auto expiry_of(Validity validity, Instant generated) -> std::optional<Instant>;

}  // namespace pcc::access
