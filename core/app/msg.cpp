#include "core/app/msg.hpp"

namespace pcc::app {

Msg::Msg(const Msg&) = default;
Msg::Msg(Msg&&) noexcept = default;
auto Msg::operator=(const Msg&) -> Msg& = default;
auto Msg::operator=(Msg&&) noexcept -> Msg& = default;
Msg::~Msg() = default;

}  // namespace pcc::app
