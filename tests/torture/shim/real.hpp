// What stands behind a function that a shim takes the place of.
// Layer: tests.
#pragma once

#include <dlfcn.h>

template <class Function>
auto real(const char* name) -> Function {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}
