// Remote<T, E>: data that comes from elsewhere, in exactly one of four states.
// Layer: base. Does not fetch; the app layer moves it from state to state.
#pragma once

#include <utility>
#include <variant>

namespace pcc {

struct NotAsked {
    friend auto operator==(NotAsked, NotAsked) -> bool = default;
};
struct Loading {
    friend auto operator==(Loading, Loading) -> bool = default;
};
template <class E>
struct Failed {
    E error;
};

template <class T, class E>
using Remote = std::variant<NotAsked, Loading, T, Failed<E>>;

/// The loaded value, or nullptr in every other state.
template <class T, class E>
auto loaded(const Remote<T, E>& remote) -> const T* {
    return std::get_if<T>(&remote);
}
template <class T, class E>
auto loaded(Remote<T, E>& remote) -> T* {
    return std::get_if<T>(&remote);
}

/// The error, or nullptr in every other state.
template <class T, class E>
auto failure(const Remote<T, E>& remote) -> const E* {
    const auto* failed = std::get_if<Failed<E>>(&remote);
    return failed ? &failed->error : nullptr;
}

template <class T, class E>
auto is_loading(const Remote<T, E>& remote) -> bool {
    return std::holds_alternative<Loading>(remote);
}

}  // namespace pcc
