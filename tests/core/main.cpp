// The main function of the core tests.
// Layer: tests. Contains no tests.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
