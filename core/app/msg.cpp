#include "core/app/msg.hpp"

#include <memory>

namespace pcc::app {

Msg::Msg(const Msg&) = default;
Msg::Msg(Msg&&) noexcept = default;
Msg::~Msg() = default;

// Made anew in its place: the assignment of a variant has a function for each of its facts, twice,
// and that of each page's facts as well: 14 KB of program that no other code needs.
auto Msg::operator=(const Msg& other) -> Msg& {
    if (this != &other) {
        std::destroy_at(this);
        std::construct_at(this, other);
    }
    return *this;
}

auto Msg::operator=(Msg&& other) noexcept -> Msg& {
    if (this != &other) {
        std::destroy_at(this);
        std::construct_at(this, std::move(other));
    }
    return *this;
}

}  // namespace pcc::app
