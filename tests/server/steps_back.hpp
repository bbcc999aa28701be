// The schema of an earlier program, with what it held: for tests of the steps that follow.
// Layer: tests. Each undo is the reverse of one step of server/store/schema.cpp.
#pragma once

#include "server/store/store.hpp"

namespace pcc::test {

/// Undoes the steps after this one, from 8 on. The store is opened anew to take them again.
void go_back_to_step(server::Store& store, int step);

}  // namespace pcc::test
