# pcc_console: the WebAssembly program, and the folder <build>/dist a server can hand out as it is.

if(NOT TARGET pcc_ui OR NOT EXISTS ${PROJECT_SOURCE_DIR}/web/main.cpp)
    message(STATUS "pcc_console is left out: it needs web/ui and web/main.cpp")
    return()
endif()

set(web_debug $<CONFIG:Debug>)
set(web_lto $<$<NOT:${web_debug}>:-flto>)  # 5 KiB less to load
set(web_compile -fno-exceptions -fno-rtti -ffunction-sections -fdata-sections
    -msign-ext -mnontrapping-fptoint -mbulk-memory)
# When it optimises for size, Emscripten has the compiler inline nothing at all, not even std::min;
# the last option here takes that back.
set(web_small $<IF:${web_debug},-O1,-Oz> ${web_lto} -finline-functions)
foreach(target pcc_rules pcc_core pcc_imgui pcc_ui)
    target_compile_options(${target} PRIVATE ${web_compile} ${web_small})
endforeach()
# Every pixel goes through here: speed before size. Not among those that are optimised for size once
# more when they are linked.
target_compile_options(pcc_raster PRIVATE ${web_compile} $<IF:${web_debug},-O1,-O3> -finline-functions)

pcc_sources(platform_sources web/platform)
if(PCC_BENCH)
    pcc_sources(guest_sources tests/bench/console)
else()
    set(guest_sources web/no_guest.cpp)
endif()
add_executable(pcc_console web/main.cpp ${guest_sources} ${platform_sources})
target_compile_options(pcc_console PRIVATE ${web_compile} ${web_small})
target_link_libraries(pcc_console PRIVATE pcc_ui pcc_raster pcc_core pcc_own)

# Only what the page may hand to the program, and what the platform code calls on it.
target_link_options(pcc_console PRIVATE
    -fno-exceptions -fno-rtti $<IF:${web_debug},-O1,-Oz> ${web_lto}
    # What only one function calls is not put into it when it is large: a browser compiles a function
    # when it is first called, and all views were one of 67 KB.
    -sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=300
    $<IF:${web_debug},-sASSERTIONS=1,-sASSERTIONS=0>
    -sSTRICT=1 -sENVIRONMENT=web -sDYNAMIC_EXECUTION=0 -sFILESYSTEM=0
    -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=16777216 -sMALLOC=emmalloc
    -sSUPPORT_LONGJMP=0 -sTEXTDECODER=2 -sEXIT_RUNTIME=0
    -sINCOMING_MODULE_JS_API=[canvas,locateFile,instantiateWasm,onRuntimeInitialized,onAbort,print,printErr])
set_target_properties(pcc_console PROPERTIES SUFFIX .js OUTPUT_NAME console
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/program)

# Emscripten's link step needs acorn; a Node.js that is not Debian's does not look where Debian has it.
if(EXISTS /usr/share/nodejs/acorn)
    set_target_properties(pcc_console PROPERTIES RULE_LAUNCH_LINK
        "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
endif()

file(GLOB js_libraries CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/platform/*.js)
if(PCC_BENCH)
    list(APPEND js_libraries ${PROJECT_SOURCE_DIR}/tests/bench/console/web/probe.js)
    set(first_script ${PROJECT_SOURCE_DIR}/tests/bench/console/web/bench.js)
endif()
foreach(library IN LISTS js_libraries)
    target_link_options(pcc_console PRIVATE "SHELL:--js-library ${library}")
endforeach()
set_target_properties(pcc_console PROPERTIES LINK_DEPENDS "${js_libraries}")

file(GLOB_RECURSE page_files CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/shell/* ${PROJECT_SOURCE_DIR}/assets/*)
if(EXISTS ${PROJECT_SOURCE_DIR}/shell/index.html)
    add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/dist/index.html
        COMMAND ${PROJECT_SOURCE_DIR}/scripts/pack-web ${PROJECT_BINARY_DIR}/program
            ${PROJECT_BINARY_DIR}/dist $<IF:${web_debug},plain,small> ${first_script}
        DEPENDS pcc_console ${page_files} ${first_script} ${PROJECT_SOURCE_DIR}/scripts/pack-web
        COMMENT "Packing the page" USES_TERMINAL VERBATIM)
    add_custom_target(dist ALL DEPENDS ${PROJECT_BINARY_DIR}/dist/index.html)
endif()
