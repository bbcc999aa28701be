// The four faces of the console in a font atlas, and figures that keep their width.
// Layer: web/ui. Rasterises nothing itself: the browser's text engine or TrueType data does.
#pragma once

#include <imgui.h>

struct ImFontLoader;

namespace pcc::ui {

/// The order is the index handed to the loader.
enum class Face { Regular, Medium, Semibold, Mono };
constexpr int face_count = 4;

struct Fonts {
    ImFont* face[face_count] = {};
};

/// The bytes of a TrueType or OpenType file; copied.
struct FontFile {
    const void* data = nullptr;
    int size = 0;
};

/// Adds the four faces to the atlas, in the order of Face.
/// With a `loader`: it has to outlive the atlas, finds the Face in ImFontConfig::FontNo, and takes
/// ImFontBaked::Size as the em size of CSS (`font-size`). Units: CSS px.
/// Without: four `files` are rasterised by Dear ImGui itself, by em size too; native builds only.
auto add_fonts(ImFontAtlas& atlas, const ImFontLoader* loader, const FontFile* files = nullptr)
    -> Fonts;

/// The face at a size, rasterised for this screen's density; all its figures equally wide.
auto baked_at(const Fonts& fonts, Face face, float size) -> ImFontBaked*;

}  // namespace pcc::ui
