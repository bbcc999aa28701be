// A list that is loaded page after page: what every list does when it is opened, renewed, read on.
// Layer: app. Knows no route and no screen; whoever has the list asks for its pages.
#pragma once

#include <string>
#include <utility>

#include "core/app/outbox.hpp"
#include "core/app/pages/paged_list.hpp"
#include "core/base/result.hpp"

namespace pcc::app {

/// From the beginning: what is shown stays until the first page has come. A further page that was
/// under way is asked for after it: its end may still be in sight.
template <class T>
void restart_list(PagedList<T>& list) {
    list.fresh = {};
    list.wanted = 0;
    list.renewing = true;
}

/// The same rows again, as they are now: whoever has read far down stays there. What is not loaded
/// is loading from now on.
template <class T>
void renew_list(PagedList<T>& list) {
    restart_list(list);
    if (const auto* shown = loaded(list)) {
        list.wanted = shown->items.size();
    } else {
        list.rows = Loading{};
    }
}

/// Something else is searched for: what is under way is of no use, and what is shown stays until
/// the first page has come, which is asked for when the typing pauses.
template <class T>
void seek_in_list(PagedList<T>& list, Channel channel, Outbox& outbox) {
    outbox.abort(channel);
    restart_list(list);
    list.seeking = true;
}

/// The last row came into sight. True when the next page is to be asked for now.
template <class T>
auto near_end(PagedList<T>& list) -> bool {
    const auto* shown = loaded(list);
    if (!shown || shown->next.empty()) {
        return false;
    }
    return !std::exchange(list.more_wanted, true) && !list.renewing;
}

/// Where the page begins that is to be asked for; empty for the first.
template <class T>
auto next_cursor(const PagedList<T>& list) -> std::string {
    const auto* page = list.renewing ? &list.fresh : loaded(list);
    return page ? page->next : std::string();
}

/// Says so, unless the page says already that there is no connection.
void tell_not_loaded(const char* what, const api::ApiError& error, Outbox& outbox);

template <class T>
void take_failure(PagedList<T>& list, const api::ApiError& error, Outbox& outbox) {
    const auto* shown = loaded(list);
    // No rows of another search say nothing of this one.
    if (shown && !(list.seeking && shown->items.empty())) {
        tell_not_loaded(list.renewing ? "The list could not be brought up to date."
                                      : "The rest of the list could not be loaded.",
                        error, outbox);
    } else {
        list.rows = Failed<api::ApiError>{error};
    }
    list.fresh = {};
    list.renewing = list.seeking = list.more_wanted = false;
}

template <class T>
void append(api::Page<T>& page, const api::Page<T>& more) {
    for (const auto& item : more.items) {
        page.items.push_back(item);
    }
    page.next = more.next;
    page.total = more.total;
}

/// Takes a page. True when another one is to be asked for at once. `replace` is told the rows
/// before and now where they were loaded anew. A failure replaces only what was not loaded.
template <class T, class Replace>
auto take_page(PagedList<T>& list, const Result<api::Page<T>, api::ApiError>& answer,
               Outbox& outbox, Replace replace) -> bool {
    auto* shown = loaded(list);
    if (!answer) {
        take_failure(list, answer.error(), outbox);
    } else if (!list.renewing) {
        append(*shown, *answer);
        list.more_wanted = false;
    } else {
        append(list.fresh, *answer);
        if (list.fresh.items.size() < list.wanted && !list.fresh.next.empty()) {
            return true;
        }
        if (shown) {
            replace(shown->items, list.fresh.items);
        }
        list.rows = std::exchange(list.fresh, {});
        list.renewing = list.seeking = false;
        list.more_wanted = list.more_wanted && !next_cursor(list).empty();
    }
    return list.more_wanted;
}

template <class T>
auto take_page(PagedList<T>& list, const Result<api::Page<T>, api::ApiError>& answer,
               Outbox& outbox) -> bool {
    return take_page(list, answer, outbox, [](const auto&, const auto&) {});
}

}  // namespace pcc::app
