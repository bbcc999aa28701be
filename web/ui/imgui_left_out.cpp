// The few doors into Dear ImGui's tables and columns that its core keeps open, closed in the
// browser: the console draws its tables itself, and that unused file was 20 KiB of the program.
// Layer: web/ui. Does nothing; native builds link imgui_tables.cpp instead.
#ifdef __EMSCRIPTEN__
#include <imgui_internal.h>

namespace ImGui {

void EndColumns() {}
void EndTable() {}
void PopColumnsBackground() {}
void PushColumnsBackground() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void TablePopBackgroundChannel() {}
void TablePopColumnChannel() {}
void TablePushBackgroundChannel() {}
void TablePushColumnChannel(int) {}
void TableSettingsAddSettingsHandler() {}

}  // namespace ImGui
#endif
