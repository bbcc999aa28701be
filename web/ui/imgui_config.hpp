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
#define IMGUI_USE_WCHAR32  // names may hold any character there is

// In the browser its own text engine rasterises, so Dear ImGui's rasteriser is left out: this is
// its switch for "another one is the default", and fonts.cpp says which.
#ifdef __EMSCRIPTEN__
#define IMGUI_ENABLE_FREETYPE
#endif
