// The clipboard: CopyText carried out while the person's click still counts.
// Layer: web/platform. Only writes; paste goes into real inputs. JavaScript half in clipboard.js.
#pragma once

#include "core/app/effect.hpp"

namespace pcc::platform {

/// -> Copied, with `done` only when the text is on the clipboard.
void carry_out(const app::CopyText& copy);

}  // namespace pcc::platform
