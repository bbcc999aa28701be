// A list that is loaded page after page: what is shown of it, and what is being loaded.
// Layer: app. Values only; paged.hpp moves them on.
#pragma once

#include <cstddef>

#include "core/api/api_error.hpp"
#include "core/api/endpoint.hpp"
#include "core/api/types.hpp"
#include "core/base/remote.hpp"

namespace pcc::app {

template <class T>
struct PagedList {
    Remote<api::Page<T>, api::ApiError> rows;
    api::ListSort sort = api::ListSort::Newest;
    api::Page<T> fresh;        // from the beginning again, until it is as long as `wanted`
    std::size_t wanted = 0;    // Units: rows
    bool renewing = false;     // what is under way belongs to `fresh`
    bool seeking = false;      // what is shown answers another search than the one that was typed
    bool more_wanted = false;  // a further page is under way, or is after the renewal
};

template <class T>
auto loaded(const PagedList<T>& list) -> const api::Page<T>* {
    return loaded(list.rows);
}
template <class T>
auto loaded(PagedList<T>& list) -> api::Page<T>* {
    return loaded(list.rows);
}
template <class T>
auto failure(const PagedList<T>& list) -> const api::ApiError* {
    return failure(list.rows);
}

}  // namespace pcc::app
