# What every target of ours shares: the language, warnings, sanitizers, and how sources are found.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Debug CACHE STRING "" FORCE)
endif()
# Line tables are enough for a stack trace; full debug information of the message variants is ten
# times the code and most of the build's time. -DCMAKE_CXX_FLAGS_DEBUG=-g brings it back.
if(CMAKE_CXX_FLAGS_DEBUG STREQUAL "-g")
    set(CMAKE_CXX_FLAGS_DEBUG "-g1")
endif()
if(NOT EMSCRIPTEN)
    set(THREADS_PREFER_PTHREAD_FLAG ON)
    find_package(Threads REQUIRED)
endif()

# Linked by code we wrote, not by libraries we build.
add_library(pcc_own INTERFACE)
target_include_directories(pcc_own INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(pcc_own INTERFACE -Wall -Wextra $<$<BOOL:${PCC_WERROR}>:-Werror>)

# The whole binary has to agree on the sanitizers, so these two are not per target.
if(PCC_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()

# Sets `out` to all .cpp files below a folder; empty when there is none.
function(pcc_sources out folder)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
    set(${out} ${found} PARENT_SCOPE)
endfunction()

# Says that a part is left out, and why; an error when PCC_NEED names the part.
function(pcc_left_out part reason)
    if(part IN_LIST PCC_NEED)
        message(FATAL_ERROR "${part}: ${reason}")
    endif()
    message(STATUS "${part} is left out: ${reason}")
endfunction()

# A doctest program from the folders of tests, when they and all its libraries are there.
function(pcc_test name folders)
    cmake_parse_arguments(ARG "" "" "LIBRARIES" ${ARGN})
    set(sources)
    foreach(folder IN LISTS folders)
        pcc_sources(found tests/${folder})
        list(APPEND sources ${found})
    endforeach()
    foreach(library IN LISTS ARG_LIBRARIES)
        if(NOT TARGET ${library})
            message(STATUS "${name} is left out: it needs ${library}")
            return()
        endif()
    endforeach()
    if(NOT sources)
        message(STATUS "${name} is left out: no sources in tests: ${folders}")
        return()
    endif()
    pcc_has_main(has_main ${sources})
    if(NOT has_main)
        list(APPEND sources ${PROJECT_SOURCE_DIR}/cmake/doctest_main.cpp)
    endif()
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} pcc_headers pcc_own)
    if(PCC_SANITIZE)
        # core has no RTTI, so its objects carry nothing that the vptr check could read.
        target_compile_options(${name} PRIVATE -fno-sanitize=vptr)
    endif()
    target_compile_definitions(${name} PRIVATE PCC_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
endfunction()

# True when one of the test sources brings doctest's main function itself.
function(pcc_has_main out)
    set(${out} FALSE PARENT_SCOPE)
    foreach(source IN LISTS ARGN)
        file(STRINGS ${source} hits REGEX "DOCTEST_CONFIG_IMPLEMENT")
        if(hits)
            set(${out} TRUE PARENT_SCOPE)
        endif()
    endforeach()
endfunction()
