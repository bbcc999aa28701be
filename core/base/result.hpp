// Result<T, E>: a value or a typed error, handled once: shown or passed on.
// Layer: base. Throws nothing and knows no concrete error.
#pragma once

#include <tl/expected.hpp>

#include <utility>

namespace pcc {

template <class T, class E>
using Result = tl::expected<T, E>;

/// The failed side of a Result, for `return failed(reason);`.
template <class E>
auto failed(E error) -> tl::unexpected<E> {
    return tl::unexpected<E>(std::move(error));
}

}  // namespace pcc
