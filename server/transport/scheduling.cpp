#include "server/transport/scheduling.hpp"

#include <sched.h>

namespace pcc::server {

void let_others_finish() {
    const sched_param none{};
    (void)sched_setscheduler(0, SCHED_BATCH, &none);
}

}  // namespace pcc::server
