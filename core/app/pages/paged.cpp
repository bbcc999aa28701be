#include "core/app/pages/paged.hpp"

namespace pcc::app {

void tell_list_failed(bool renewing, const api::ApiError& error, Outbox& outbox) {
    if (error.status != 0) {
        outbox.toast(ToastTone::Bad,
                     renewing ? "The list could not be brought up to date."
                              : "The rest of the list could not be loaded.",
                     api::explain(error));
    }
}

}  // namespace pcc::app
