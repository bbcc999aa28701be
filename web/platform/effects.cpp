// Sends each effect to the file that carries it out.
// Layer: web/platform. Adds nothing of its own.
#include "web/platform/effects.hpp"

#include <variant>

#include "web/platform/clipboard.hpp"
#include "web/platform/events.hpp"
#include "web/platform/fetch.hpp"
#include "web/platform/history.hpp"
#include "web/platform/page.hpp"
#include "web/platform/timers.hpp"

namespace pcc::platform {

void carry_out(const app::Effects& effects) {
    for (const auto& effect : effects) {
        std::visit([](const auto& one) { carry_out(one); }, effect);
    }
}

}  // namespace pcc::platform
