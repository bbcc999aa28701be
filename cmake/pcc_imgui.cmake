# Finds the Dear ImGui sources: -DIMGUI_DIR, then the environment, then what scripts/setup fetched.
# Also tells pcc_server where scripts/setup put Drogon.

if(DEFINED ENV{PCC_CACHE})
    set(pcc_cache $ENV{PCC_CACHE})
elseif(DEFINED ENV{XDG_CACHE_HOME})
    set(pcc_cache $ENV{XDG_CACHE_HOME}/pcc-console)
else()
    set(pcc_cache $ENV{HOME}/.cache/pcc-console)
endif()

# Sets `out` to the newest folder <cache>/<name>-<version>; empty when there is none.
function(pcc_cached out name)
    file(GLOB found LIST_DIRECTORIES TRUE ${pcc_cache}/${name}-*)
    list(SORT found COMPARE NATURAL ORDER DESCENDING)
    list(POP_FRONT found newest)
    set(${out} ${newest} PARENT_SCOPE)
endfunction()

pcc_cached(pcc_cached_imgui imgui)
find_path(IMGUI_DIR imgui.h PATHS $ENV{IMGUI_DIR} ${pcc_cached_imgui}
    NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
