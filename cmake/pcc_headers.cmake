# The header-only libraries, by links in one folder of the build tree: a WebAssembly build must not
# see the rest of /usr/include, and a native build may take them from wherever they are.

set(PCC_HEADER_DIRS /usr/include /usr/local/include CACHE STRING
    "Where tl/expected.hpp, nlohmann/json.hpp, date/date.h and doctest/doctest.h are")
set(pcc_header_links ${PROJECT_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${pcc_header_links})

function(pcc_link_header folder header package)
    find_path(PCC_${folder}_ROOT ${folder}/${header} PATHS ${PCC_HEADER_DIRS}
        NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
    if(NOT PCC_${folder}_ROOT)
        message(FATAL_ERROR "${folder}/${header} was not found. Debian has it in ${package}; "
            "scripts/setup core installs it.")
    endif()
    file(CREATE_LINK ${PCC_${folder}_ROOT}/${folder} ${pcc_header_links}/${folder} SYMBOLIC)
endfunction()

pcc_link_header(tl expected.hpp libexpected-dev)
pcc_link_header(nlohmann json.hpp nlohmann-json3-dev)
pcc_link_header(date date.h libhowardhinnant-date-dev)
if(NOT EMSCRIPTEN)
    pcc_link_header(doctest doctest.h doctest-dev)
endif()

add_library(pcc_headers INTERFACE)
target_include_directories(pcc_headers SYSTEM INTERFACE ${pcc_header_links})
