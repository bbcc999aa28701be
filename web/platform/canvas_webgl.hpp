// Hands Dear ImGui's draw data to the graphics card.
// Layer: web/platform. Used by canvas.cpp alone; JavaScript half in canvas_webgl.js.
#pragma once

#include <imgui.h>

namespace pcc::platform {

/// Draws a frame with WebGL2, into the context that canvas.js holds. Makes and changes the textures
/// that Dear ImGui asks for first.
void draw_webgl(const ImDrawData& data);

}  // namespace pcc::platform
