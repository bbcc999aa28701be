# pcc-bench-seed, which fills a database for scripts/bench server. Never part of a plain build.

if(NOT TARGET pcc_server)
    return()
endif()
file(GLOB seed_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/bench/server/seed/*.cpp)
add_executable(pcc-bench-seed EXCLUDE_FROM_ALL ${seed_sources}
    ${PROJECT_SOURCE_DIR}/server/transport/clock.cpp)
target_link_libraries(pcc-bench-seed PRIVATE pcc_server pcc_own)
