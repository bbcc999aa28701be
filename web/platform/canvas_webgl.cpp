// Textures, and draw lists as they are: corners, indices, and what to draw of them where.
// Layer: web/platform. Keeps nothing from frame to frame; what the card holds is held in
// JavaScript.
#include "web/platform/canvas_webgl.hpp"

#include <vector>

#include "web/raster/primitive.hpp"

extern "C" {
void pcc_webgl_texture(int id, int width, int height, const void* pixels);
void pcc_webgl_change(int id, int x, int y, int width, int height, int row, const void* pixels);
void pcc_webgl_drop(int id);
void pcc_webgl_begin(float width, float height);
void pcc_webgl_list(const void* corners, int corner_bytes, const void* indices, int index_bytes,
                    const void* commands, int count);
}

namespace pcc::platform {

namespace {

/// As canvas_webgl.js reads it. Units: device pixels from the lower left, as WebGL has it.
struct Command {
    int left = 0;
    int low = 0;
    int width = 0;
    int height = 0;
    int texture = 0;
    int first = 0;  // Units: indices
    int count = 0;
};

auto id_of(const ImTextureData& texture) -> int {
    return texture.UniqueID;
}

void change_texture(const ImTextureData& texture) {
    for (const ImTextureRect& part : texture.Updates) {
        const std::ptrdiff_t first = std::ptrdiff_t{part.y} * texture.Width + part.x;
        pcc_webgl_change(id_of(texture), part.x, part.y, part.w, part.h, texture.Width,
                         texture.Pixels + first * texture.BytesPerPixel);
    }
}

void grant(ImTextureData& texture) {
    if (texture.Status == ImTextureStatus_WantDestroy) {
        if (texture.UnusedFrames <= 0) return;
        pcc_webgl_drop(id_of(texture));
        texture.SetTexID(ImTextureID_Invalid);
        texture.SetStatus(ImTextureStatus_Destroyed);
        return;
    }
    if (texture.Status == ImTextureStatus_WantCreate)
        pcc_webgl_texture(id_of(texture), texture.Width, texture.Height, texture.Pixels);
    if (texture.Status == ImTextureStatus_WantUpdates) change_texture(texture);
    texture.SetTexID(static_cast<ImTextureID>(id_of(texture)));
    texture.SetStatus(ImTextureStatus_OK);
}

auto command_of(const raster::View& view, const ImDrawCmd& command) -> Command {
    const raster::Box box = raster::clip_of(view, command.ClipRect);
    return {box.left,
            view.height - box.bottom,
            box.right - box.left,
            box.bottom - box.top,
            static_cast<int>(command.GetTexID()),
            static_cast<int>(command.IdxOffset),
            static_cast<int>(command.ElemCount)};
}

void draw_list(const raster::View& view, const ImDrawList& list) {
    std::vector<Command> commands;
    for (const ImDrawCmd& command : list.CmdBuffer) {
        const Command wanted = command_of(view, command);
        if (wanted.width > 0 && wanted.height > 0 && wanted.count > 0) commands.push_back(wanted);
    }
    pcc_webgl_list(list.VtxBuffer.Data, list.VtxBuffer.size_in_bytes(), list.IdxBuffer.Data,
                   list.IdxBuffer.size_in_bytes(), commands.data(),
                   static_cast<int>(commands.size()));
}

}  // namespace

void draw_webgl(const ImDrawData& data) {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status != ImTextureStatus_OK) grant(*texture);
    }
    pcc_webgl_begin(data.DisplaySize.x, data.DisplaySize.y);
    const raster::View view = raster::view_of(data);
    for (const ImDrawList* list : data.CmdLists)
        draw_list(view, *list);
}

}  // namespace pcc::platform
