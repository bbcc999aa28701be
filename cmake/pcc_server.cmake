# pcc_server (request handling and store, free of sockets) and pcc-server (the program, with Drogon).

find_path(SODIUM_INCLUDE_DIR sodium.h)
find_library(SODIUM_LIBRARY sodium)
find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp)
find_package(SQLite3 QUIET)
# Client library and header alone: the server program of PostgreSQL is needed by tests only.
find_path(PCC_LIBPQ_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql)
find_library(PCC_LIBPQ_LIBRARY pq)
if(NOT SODIUM_INCLUDE_DIR OR NOT SODIUM_LIBRARY OR NOT SQLite3_FOUND OR NOT CLI11_INCLUDE_DIR
        OR NOT PCC_LIBPQ_INCLUDE_DIR OR NOT PCC_LIBPQ_LIBRARY)
    pcc_left_out(server "libsodium-dev, libsqlite3-dev, libpq-dev and libcli11-dev are needed; scripts/setup server installs them")
    return()
endif()

pcc_sources(server_sources server)
list(FILTER server_sources EXCLUDE REGEX "/server/(main\\.cpp$|transport/)")
if(NOT server_sources OR NOT TARGET pcc_rules)
    pcc_left_out(server "server or core has no sources yet")
    return()
endif()
add_library(pcc_server STATIC ${server_sources})
target_include_directories(pcc_server SYSTEM PRIVATE ${SODIUM_INCLUDE_DIR} ${CLI11_INCLUDE_DIR}
    ${PCC_LIBPQ_INCLUDE_DIR})
target_link_libraries(pcc_server
    PUBLIC pcc_rules
    PRIVATE pcc_own SQLite::SQLite3 ${PCC_LIBPQ_LIBRARY} ${SODIUM_LIBRARY} Threads::Threads)

# A packaged Drogon where there is one, else the one scripts/setup built for this user.
pcc_cached(pcc_cached_drogon drogon)
set(DROGON_DIR "$ENV{DROGON_DIR}" CACHE PATH "Where Drogon and Trantor are installed, when not found by itself")
# Its own CMake file looks for Trantor, so a hint for Drogon alone would not do.
list(APPEND CMAKE_PREFIX_PATH ${DROGON_DIR} ${pcc_cached_drogon})
find_package(Drogon CONFIG QUIET)
if(NOT Drogon_FOUND)
    pcc_left_out(transport "Drogon was not found; scripts/setup server provides it, or give -DDROGON_DIR")
    return()
endif()
file(GLOB_RECURSE transport_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/server/transport/*.cpp)
if(NOT EXISTS ${PROJECT_SOURCE_DIR}/server/main.cpp)
    pcc_left_out(transport "there is no server/main.cpp yet")
    return()
endif()
find_package(prometheus-cpp CONFIG QUIET)
if(NOT prometheus-cpp_FOUND)
    pcc_left_out(transport "prometheus-cpp-dev is needed; scripts/setup server installs it")
    return()
endif()
# An allocator that serves several threads without locks; the sanitizers bring one of their own.
find_package(mimalloc CONFIG QUIET)
if(NOT mimalloc_FOUND)
    pcc_left_out(transport "libmimalloc-dev is needed; scripts/setup server installs it")
    return()
endif()
add_executable(pcc-server server/main.cpp ${transport_sources})
if(NOT PCC_SANITIZE)
    target_link_libraries(pcc-server PRIVATE mimalloc)
endif()
target_link_libraries(pcc-server PRIVATE pcc_server pcc_own Drogon::Drogon prometheus-cpp::core
    prometheus-cpp::pull)
