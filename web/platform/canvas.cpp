// Begins and presents frames; survives the loss of the graphics context.
// Layer: web/platform. When a frame is drawn is decided in frames.
#include "web/platform/canvas.hpp"

#include <algorithm>

#include <emscripten.h>
#include <imgui.h>

#include "web/platform/canvas_glyph_sheet.hpp"
#include "web/platform/canvas_webgl.hpp"
#include "web/platform/frames.hpp"
#include "web/raster/raster.hpp"

extern "C" {
int pcc_canvas_open();
void pcc_canvas_fit(float* size);
void pcc_canvas_put(const ImU32* pixels, int width, int height, const pcc::raster::Box* boxes,
                    int count);
void pcc_canvas_cursor(int cursor);
}

namespace pcc::platform {

namespace {

constexpr float longest_pause = 0.1F;  // Units: seconds, so that no motion jumps after a rest

/// The order is that of canvas.js.
enum class Screen { None, WebGl, Pixels };

struct Canvas {
    Screen screen = Screen::None;
    bool lost = false;  // the graphics card's context; it may come back
    double last_frame = 0;
    raster::Raster raster;
};

auto canvas() -> Canvas& {
    static Canvas only;
    return only;
}

// What showed frames until now is gone: textures are made anew by what comes.
void use(Screen screen) {
    canvas().screen = screen;
    canvas().lost = false;
    canvas().raster.forget();
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
}

void measure_time(ImGuiIO& io) {
    const double now = seconds_on_page();
    io.DeltaTime = std::clamp(static_cast<float>(now - canvas().last_frame), 0.001F, longest_pause);
    canvas().last_frame = now;
}

void present_pixels() {
    auto& raster = canvas().raster;
    raster.draw(*ImGui::GetDrawData());
    const auto& changed = raster.changed();
    if (changed.empty()) return;
    pcc_canvas_put(raster.pixels(), raster.width(), raster.height(), changed.data(),
                   static_cast<int>(changed.size()));
}

}  // namespace

auto open_canvas() -> bool {
    ImGuiIO& io = ImGui::GetIO();
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    // Outlines are triangles with soft edges, not stretched textures.
    io.Fonts->Flags |= ImFontAtlasFlags_NoBakedLines;
    use(static_cast<Screen>(pcc_canvas_open()));
    return canvas().screen != Screen::None;
}

auto begin_canvas_frame() -> view::Rect {
    float size[3] = {};  // CSS width and height, device pixels to one of them
    pcc_canvas_fit(size);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {size[0], size[1]};
    io.DisplayFramebufferScale = {size[2], size[2]};
    measure_time(io);
    ImGui::NewFrame();
    return {0, 0, io.DisplaySize.x, io.DisplaySize.y};
}

void present_canvas() {
    draw_waiting_glyphs();
    ImGui::Render();
    if (canvas().lost) return;
    switch (canvas().screen) {
        case Screen::WebGl: return draw_webgl(*ImGui::GetDrawData());
        case Screen::Pixels: return present_pixels();
        case Screen::None: return;
    }
}

void drop_canvas_frame() {
    ImGui::EndFrame();
}

void show_cursor(int cursor) {
    static int shown = 0;
    if (shown != cursor) pcc_canvas_cursor(cursor);
    shown = cursor;
}

}  // namespace pcc::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void pcc_canvas_resized(float width, float height) {
    pcc::platform::post(pcc::app::Resized{width, height});
}

EMSCRIPTEN_KEEPALIVE void pcc_canvas_lost() {
    pcc::platform::canvas().lost = true;
}

/// What the screen held is gone, and the screen another one where a graphics card was found or lost
/// for good: the next frame makes all of it anew.
EMSCRIPTEN_KEEPALIVE void pcc_canvas_opened(int screen) {
    using namespace pcc::platform;
    use(static_cast<Screen>(screen));
    post(pcc::app::CanvasChanged{screen != 0});
    ask_frames(3);
}

}  // extern "C"
