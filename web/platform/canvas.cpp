// Begins and presents frames; survives the loss of the graphics context.
// Layer: web/platform. When a frame is drawn is decided in frames.
#include "web/platform/canvas.hpp"

#include <algorithm>

#include <GLES3/gl3.h>
#include <emscripten.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

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

// Without pixels nothing is out of sight: the page is as high as it gets. Units: CSS px.
constexpr float plain_height = 20'000;
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

void use(Screen screen) {
    canvas().screen = screen;
    canvas().lost = false;
    canvas().raster = {};
    if (screen == Screen::WebGl)
        ImGui_ImplOpenGL3_Init("#version 300 es");
    else
        ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
}

// The textures are made anew by whoever draws next.
void leave_screen() {
    if (canvas().screen == Screen::WebGl) return ImGui_ImplOpenGL3_Shutdown();
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

void present_webgl() {
    if (canvas().lost) return;
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
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

void open_canvas() {
    // Outlines are triangles with soft edges on both ways to the screen, not stretched textures.
    ImGui::GetIO().Fonts->Flags |= ImFontAtlasFlags_NoBakedLines;
    use(static_cast<Screen>(pcc_canvas_open()));
}

auto begin_canvas_frame() -> view::Rect {
    float size[3] = {};  // CSS width and height, device pixels to one of them
    pcc_canvas_fit(size);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {size[0], canvas().screen == Screen::None ? plain_height : size[1]};
    io.DisplayFramebufferScale = {size[2], size[2]};
    measure_time(io);
    if (canvas().screen == Screen::WebGl && !canvas().lost) ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    return {0, 0, io.DisplaySize.x, io.DisplaySize.y};
}

void present_canvas() {
    ImGui::Render();
    switch (canvas().screen) {
        case Screen::WebGl: return present_webgl();
        case Screen::Pixels: return present_pixels();
        case Screen::None: raster::accept_textures();
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

/// What the screen held is gone: the next frame makes it anew.
EMSCRIPTEN_KEEPALIVE void pcc_canvas_restored() {
    auto& canvas = pcc::platform::canvas();
    if (canvas.screen == pcc::platform::Screen::WebGl) ImGui_ImplOpenGL3_DestroyDeviceObjects();
    canvas.raster.forget();
    canvas.lost = false;
    pcc::platform::ask_frames(3);
}

/// Another canvas stands in the place of the one before: a graphics card was found, or lost for
/// good.
EMSCRIPTEN_KEEPALIVE void pcc_canvas_replaced(int screen) {
    using namespace pcc::platform;
    leave_screen();
    use(static_cast<Screen>(screen));
    ask_frames(3);
}

}  // extern "C"
