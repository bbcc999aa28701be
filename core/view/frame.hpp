// What stands around every page: banner, sidebar, top bar, toasts.
// Layer: view. The page itself is in pages.hpp.
#pragma once

#include <string>

#include "core/app/model.hpp"
#include "core/view/node.hpp"

namespace pcc::view {

auto view_banner(const app::Model& model) -> Node;
auto view_sidebar(const app::Model& model) -> Node;
auto view_top_bar(const app::Model& model) -> Node;
auto view_toasts(const app::Model& model) -> Node;
auto view_help() -> Node;
/// `Generated Tokens List`
auto screen_title(app::Screen screen) -> std::string;

/// Below this width the sidebar folds away behind a menu button. Units: CSS px.
inline constexpr float folding_width = 900;

}  // namespace pcc::view
