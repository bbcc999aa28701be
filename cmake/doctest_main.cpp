// The main function of a test program that does not bring its own.
// Layer: tests. Contains no tests.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
