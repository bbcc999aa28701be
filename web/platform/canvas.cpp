// Begins and presents frames; survives the loss of the graphics context.
// Layer: web/platform. When a frame is drawn is decided in frames.
#include "web/platform/canvas.hpp"

#include <algorithm>

#include <GLES3/gl3.h>
#include <emscripten.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include "web/platform/frames.hpp"

extern "C" {
int pcc_canvas_open();
void pcc_canvas_fit(float* size);
void pcc_canvas_cursor(int cursor);
}

namespace pcc::platform {

namespace {

// Without pixels nothing is out of sight: the page is as high as it gets. Units: CSS px.
constexpr float plain_height = 20'000;
constexpr float longest_pause = 0.1F;  // Units: seconds, so that no motion jumps after a rest

struct Canvas {
    bool has_context = false;
    bool lost = false;
    double last_frame = 0;
};

auto canvas() -> Canvas& {
    static Canvas only;
    return only;
}

// What a renderer without pixels answers to Dear ImGui's wishes for textures.
void accept_textures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        const bool goes = texture->Status == ImTextureStatus_WantDestroy;
        if (goes && texture->UnusedFrames <= 0) continue;
        texture->SetTexID(goes ? ImTextureID_Invalid : ImTextureID{1});
        texture->SetStatus(goes ? ImTextureStatus_Destroyed : ImTextureStatus_OK);
    }
}

void measure_time(ImGuiIO& io) {
    const double now = seconds_on_page();
    io.DeltaTime = std::clamp(static_cast<float>(now - canvas().last_frame), 0.001F, longest_pause);
    canvas().last_frame = now;
}

}  // namespace

auto open_canvas() -> bool {
    canvas().has_context = pcc_canvas_open() != 0;
    ImGuiIO& io = ImGui::GetIO();
    if (canvas().has_context) {
        ImGui_ImplOpenGL3_Init("#version 300 es");
    } else {
        io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    }
    return canvas().has_context;
}

auto begin_canvas_frame() -> view::Rect {
    float size[3] = {};  // CSS width and height, device pixels to one of them
    pcc_canvas_fit(size);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {size[0], canvas().has_context ? size[1] : plain_height};
    io.DisplayFramebufferScale = {size[2], size[2]};
    measure_time(io);
    if (canvas().has_context && !canvas().lost) ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    return {0, 0, io.DisplaySize.x, io.DisplaySize.y};
}

void present_canvas() {
    ImGui::Render();
    if (!canvas().has_context) return accept_textures();
    if (canvas().lost) return;
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
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

/// What the context held is gone: the next frame makes it anew.
EMSCRIPTEN_KEEPALIVE void pcc_canvas_restored() {
    ImGui_ImplOpenGL3_DestroyDeviceObjects();
    pcc::platform::canvas().lost = false;
    pcc::platform::ask_frames(3);
}

}  // extern "C"
