#include "core/app/pages/paged.hpp"

namespace pcc::app {

void tell_not_loaded(const char* what, const api::ApiError& error, Outbox& outbox) {
    if (error.status != 0) {
        outbox.toast(ToastTone::Bad, what, api::explain(error));
    }
}

}  // namespace pcc::app
