// Carries out what update asked for.
// Layer: web/platform. One place to see that every effect has someone who does it.
#pragma once

#include "core/app/effect.hpp"

namespace pcc::platform {

/// In the order in which they were asked for; answers come back through the inbox.
void carry_out(const app::Effects& effects);

}  // namespace pcc::platform
