#include "core/base/secret.hpp"

#include <cstddef>
#include <utility>

namespace pcc {

Secret::Secret(std::string text) : text_(std::move(text)) {}

Secret::Secret(const Secret& other) : text_(other.text_) {}

Secret::Secret(Secret&& other) noexcept {
    take(other);
}

auto Secret::operator=(const Secret& other) -> Secret& {
    if (this != &other) {
        wipe();
        text_ = other.text_;
    }
    return *this;
}

auto Secret::operator=(Secret&& other) noexcept -> Secret& {
    if (this != &other) {
        wipe();
        take(other);
    }
    return *this;
}

// Moving a short string, which stands in the object itself, leaves its bytes behind there.
void Secret::take(Secret& other) {
    const auto longest_short = std::string().capacity();
    if (other.text_.capacity() > longest_short) {
        text_ = std::move(other.text_);
    } else {
        text_ = other.text_;
    }
    other.wipe();
}

Secret::~Secret() {
    wipe();
}

void Secret::wipe() {
    // volatile keeps the compiler from dropping stores to memory that is about to be freed.
    volatile char* bytes = text_.data();
    for (std::size_t i = 0; i < text_.size(); ++i) {
        bytes[i] = 0;
    }
    text_.clear();
}

auto same_secret(const Secret& a, const Secret& b) -> bool {
    const auto left = a.reveal();
    const auto right = b.reveal();
    if (left.size() != right.size()) {
        return false;
    }
    unsigned char difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference = static_cast<unsigned char>(difference | (left[i] ^ right[i]));
    }
    return difference == 0;
}

}  // namespace pcc
