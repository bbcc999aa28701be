// update: the one function through which everything that happens changes the model.
// Layer: app. Pure: the same model and message give the same step.
#pragma once

#include "core/app/effect.hpp"
#include "core/app/model.hpp"
#include "core/app/msg.hpp"

namespace pcc::app {

struct Step {
    Model model;
    Effects effects;
};

/// The model after `msg`, and what the outside world is asked to do.
auto update(Model model, const Msg& msg) -> Step;
/// Whether what `msg` does to `model` may be seen. What only says that all is well is not.
auto may_be_seen(const Model& model, const Msg& msg) -> bool;

}  // namespace pcc::app
