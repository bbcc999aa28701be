// A list that is loaded page after page: what every list does with a first and a further answer.
// Layer: app. Knows no route and no screen.
#pragma once

#include "core/api/api_error.hpp"
#include "core/api/types.hpp"
#include "core/app/outbox.hpp"
#include "core/base/remote.hpp"
#include "core/base/result.hpp"

namespace pcc::app {

template <class T>
using RemoteList = Remote<api::Page<T>, api::ApiError>;

/// Takes the first page. A failure replaces only what was not loaded: a list that is shown stays.
template <class T>
void take_first(RemoteList<T>& list, const Result<api::Page<T>, api::ApiError>& answer,
                Outbox& outbox) {
    if (answer) {
        list = *answer;
    } else if (loaded(list)) {
        outbox.toast(ToastTone::Bad, "The list could not be brought up to date.",
                     api::explain(answer.error()));
    } else {
        list = Failed<api::ApiError>{answer.error()};
    }
}

/// Adds a further page to what is there.
template <class T>
void take_more(RemoteList<T>& list, const Result<api::Page<T>, api::ApiError>& answer,
               Outbox& outbox) {
    if (!answer) {
        outbox.toast(ToastTone::Bad, "The rest of the list could not be loaded.",
                     api::explain(answer.error()));
        return;
    }
    if (auto* page = loaded(list)) {
        page->items.insert(page->items.end(), answer->items.begin(), answer->items.end());
        page->next = answer->next;
        page->total = answer->total;
    }
}

/// Where the next page begins; empty when there is none or nothing is loaded.
template <class T>
auto next_cursor(const RemoteList<T>& list) -> std::string {
    const auto* page = loaded(list);
    return page ? page->next : std::string();
}

}  // namespace pcc::app
