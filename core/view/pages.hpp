// What each page puts into Main, and the dialog that stands over it.
// Layer: view. One file for each page. Never inlined: a browser compiles a function when it is
// first called, and the first page should not wait for all the others.
#pragma once

#include <optional>
#include <vector>

#include "core/app/context.hpp"
#include "core/app/model.hpp"
#include "core/view/node.hpp"

namespace pcc::view {

struct PageView {
    std::vector<Node> body;  // of Main, from top to bottom
    std::optional<Node> dialog;
    bool counting = false;  // something in sight changes each second
};

[[gnu::noinline]] auto view_tokens(const app::tokens::Model& page, const app::Context& context)
    -> PageView;
[[gnu::noinline]] auto view_assume(const app::assume::Model& page, const app::Context& context)
    -> PageView;
[[gnu::noinline]] auto view_networks(const app::networks::Model& page, const app::Context& context)
    -> PageView;
[[gnu::noinline]] auto view_network(const app::network::Model& page, const app::Context& context)
    -> PageView;
[[gnu::noinline]] auto view_sessions(const app::sessions::Model& page, const app::Context& context)
    -> PageView;
[[gnu::noinline]] auto view_settings(const app::settings::Model& page, const app::Context& context)
    -> PageView;
[[gnu::noinline]] auto view_audit(const app::audit::Model& page, const app::Context& context)
    -> PageView;
/// After access has ended: who ended it and when, and a way on.
[[gnu::noinline]] auto view_ended(const app::EndedAccess& ended, const app::Context& context)
    -> PageView;
/// A screen that is not for this person, or no screen at all.
[[gnu::noinline]] auto view_refused(access::Refusal refusal, const app::Context& context,
                                    std::string title) -> PageView;
[[gnu::noinline]] auto view_not_found() -> PageView;

/// The dialog of the tokens page, where one is open.
[[gnu::noinline]] auto view_tokens_dialog(const app::tokens::Model& page,
                                          const app::Context& context) -> std::optional<Node>;
[[gnu::noinline]] auto view_network_dialog(const app::network::Model& page) -> std::optional<Node>;

}  // namespace pcc::view
