# What tests/torture needs beside the server: built when scripts/torture asks for it by name, not before.

pcc_sources(torture_sources tests/torture/rules)
add_executable(torture_rules EXCLUDE_FROM_ALL ${torture_sources} tests/server/backend.cpp
    tests/server/database.cpp tests/server/sequences.cpp)
target_link_libraries(torture_rules PRIVATE pcc_server pcc_headers pcc_own)

add_library(torture_shim MODULE EXCLUDE_FROM_ALL tests/torture/shim/faulty_disk.cpp
    tests/torture/shim/half_made.cpp)
target_link_libraries(torture_shim PRIVATE pcc_own ${CMAKE_DL_LIBS})
