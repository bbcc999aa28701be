# Toolchain: whichever em++ stands on the PATH, packaged or from an SDK.
find_program(PCC_EMXX em++ NO_CMAKE_FIND_ROOT_PATH)
if(NOT PCC_EMXX)
    message(FATAL_ERROR "em++ was not found. scripts/setup web installs Emscripten.")
endif()
get_filename_component(pcc_em_real ${PCC_EMXX} REALPATH)
get_filename_component(pcc_em_root ${pcc_em_real} DIRECTORY)
include(${pcc_em_root}/cmake/Modules/Platform/Emscripten.cmake)
