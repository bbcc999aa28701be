// The console that is shipped has no guest.
// Layer: web. Nothing else belongs here.
#include "web/guest.hpp"

namespace pcc::guest {

auto takes(const app::Msg&) -> bool {
    return false;
}

void dresses(view::Picture&) {}

void is_seen(const view::Frame&, const ui::DrawState&) {}

}  // namespace pcc::guest
