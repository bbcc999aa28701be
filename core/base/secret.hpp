// Secret: text that must not reach a log, an error or a comparison by accident; wiped when it goes.
// Layer: base. Has no stream operator and no implicit conversion on purpose.
#pragma once

#include <string>
#include <string_view>

namespace pcc {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text);
    Secret(const Secret& other);
    Secret(Secret&& other) noexcept;
    auto operator=(const Secret& other) -> Secret&;
    auto operator=(Secret&& other) noexcept -> Secret&;
    ~Secret();

    /// The text itself; each call is a place to look at in a review.
    auto reveal() const -> std::string_view { return text_; }
    auto empty() const -> bool { return text_.empty(); }

    /// Overwrites and empties the text.
    void wipe();

private:
    void take(Secret& other);

    std::string text_;
};

/// Whether both hold the same text, in time that depends on the length alone.
auto same_secret(const Secret& a, const Secret& b) -> bool;

}  // namespace pcc
