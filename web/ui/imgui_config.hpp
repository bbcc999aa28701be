// What Dear ImGui is built with, the same for every unit that includes it (IMGUI_USER_CONFIG).
// Layer: web/ui. Only switches; draws nothing.
#pragma once

#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_USE_WCHAR32       // names may hold any character there is
#define ImDrawIdx unsigned int  // a large screen full of text has more than 65,536 corners

// In the browser its own text engine rasterises, so Dear ImGui's rasteriser is left out: this is
// its switch for "another one is the default", and fonts.cpp says which.
#ifdef __EMSCRIPTEN__
#define IMGUI_ENABLE_FREETYPE
#define IMGUI_DISABLE_DEFAULT_FORMAT_FUNCTIONS  // imgui_format.cpp has smaller ones
// The C library's sscanf brings a float parser along; what Dear ImGui would read with it, settings
// files, does not exist here.
#include <stdio.h>
inline int pcc_scan(const char*, const char*, ...) {
    return 0;
}
#define sscanf pcc_scan
#endif
