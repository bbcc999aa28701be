# pcc_ui draws the View tree with Dear ImGui; builds natively (null backend) and as WebAssembly.

if(NOT IMGUI_DIR)
    pcc_left_out(ui "no Dear ImGui sources; scripts/setup web fetches them, or give -DIMGUI_DIR")
    return()
endif()

# Every unit that includes imgui.h has to see the same configuration.
add_library(pcc_imgui_config INTERFACE)
target_include_directories(pcc_imgui_config SYSTEM INTERFACE ${IMGUI_DIR})
target_include_directories(pcc_imgui_config INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(pcc_imgui_config INTERFACE
    IMGUI_USER_CONFIG="web/ui/imgui_config.hpp")

# Without imgui_demo.cpp, and without our warnings: it is not ours. In the browser also without its
# tables: see web/ui/imgui_left_out.cpp.
add_library(pcc_imgui STATIC ${IMGUI_DIR}/imgui.cpp ${IMGUI_DIR}/imgui_draw.cpp
    $<$<NOT:$<BOOL:${EMSCRIPTEN}>>:${IMGUI_DIR}/imgui_tables.cpp> ${IMGUI_DIR}/imgui_widgets.cpp)
target_link_libraries(pcc_imgui PUBLIC pcc_imgui_config)
target_compile_options(pcc_imgui PRIVATE -w)

pcc_sources(ui_sources web/ui)
if(NOT ui_sources OR NOT TARGET pcc_core)
    pcc_left_out(ui "web/ui or core has no sources yet")
    return()
endif()
add_library(pcc_ui STATIC ${ui_sources})
target_link_libraries(pcc_ui PUBLIC pcc_core pcc_imgui PRIVATE pcc_own)

# pcc_raster draws what Dear ImGui draws, without a graphics card.
pcc_sources(raster_sources web/raster)
add_library(pcc_raster STATIC ${raster_sources})
target_link_libraries(pcc_raster PUBLIC pcc_imgui PRIVATE pcc_own)
