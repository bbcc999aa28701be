// What stands around the console in the page: title, icon, spoken words, theme, the sign-in form,
// other tabs of this browser, and whether the page is seen and online.
// Layer: web/platform. Lays no node of the picture; JavaScript half in page.js.
#pragma once

#include "core/app/effect.hpp"
#include "core/app/msg.hpp"
#include "core/view/node.hpp"

namespace pcc::platform {

void carry_out(const app::ShowSignIn& show);
void carry_out(const app::HideSignIn& hide);
void carry_out(const app::TellSignedOut& tell);
void carry_out(const app::RememberLook& remember);

/// What the page knows before anything has happened.
auto describe_start(bool has_canvas) -> app::Started;
/// Title, icon, theme and spoken words follow the picture; only what changed is touched.
void dress_page(const view::Picture& picture);
/// Tells the page that what it hands over from now on arrives: the session it has asked for.
void ready_for_session();

}  // namespace pcc::platform
