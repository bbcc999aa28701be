// How the kernel gives the processor to the server's threads. Layer: server/transport.
#pragma once

namespace pcc::server {

/// The calling thread, and those that it starts, do not take the processor from a thread that works
/// when they wake, but wait until it waits or its slice is over: event loop and workers then hand
/// over many requests at once. Where it is not allowed, nothing changes. Source: sched(7),
/// SCHED_BATCH.
void let_others_finish();

}  // namespace pcc::server
