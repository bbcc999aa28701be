// The address bar and the tab's history, and what the tab acts under kept beside its entries.
// Layer: web/platform. Knows no route; JavaScript half in history.js.
#pragma once

#include <string>

#include "core/app/effect.hpp"

namespace pcc::platform {

void carry_out(const app::PushUrl& push);
void carry_out(const app::ReplaceUrl& replace);
void carry_out(const app::StepBack& step);
/// Keeps it in the state of this entry and of all that follow, and in the tab's name: neither in
/// the URL nor in web storage.
void carry_out(const app::RememberAssumption& remember);

/// Path and query of the address bar.
auto current_path() -> std::string;
/// What RememberAssumption kept before a reload, or empty.
auto remembered_assumption() -> AssumptionId;

}  // namespace pcc::platform
