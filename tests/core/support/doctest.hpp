// doctest, set up so that a captured `const char*` is shown as its text.
// Layer: tests.
#pragma once

#include <doctest/doctest.h>

namespace doctest {

template <>
struct StringMaker<const char*> {
    static auto convert(const char* text) -> String { return text; }
};

}  // namespace doctest
