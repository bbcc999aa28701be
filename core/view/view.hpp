// view: the whole picture of a model.
// Layer: view. Pure: draws nothing, changes nothing, reads no clock but the model's.
#pragma once

#include "core/app/model.hpp"
#include "core/view/node.hpp"

namespace pcc::view {

auto view(const app::Model& model) -> Picture;

}  // namespace pcc::view
