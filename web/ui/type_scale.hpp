// The type scale: which face, size and line height each kind of words has.
// Layer: web/ui. Values only.
#pragma once

#include "web/ui/fonts.hpp"

namespace pcc::ui {

/// Units: CSS px.
struct Type {
    Face face = Face::Regular;
    float size = 14;
    float line = 20;
};

namespace type {
constexpr Type page{Face::Semibold, 22, 28};
constexpr Type dialog{Face::Semibold, 18, 28};
constexpr Type brand{Face::Semibold, 16, 22};
constexpr Type card{Face::Semibold, 15, 22};
constexpr Type body{Face::Regular, 14, 20};
constexpr Type body_medium{Face::Medium, 14, 20};
constexpr Type body_strong{Face::Semibold, 14, 20};
constexpr Type table{Face::Regular, 13, 20};
constexpr Type table_medium{Face::Medium, 13, 20};
constexpr Type table_strong{Face::Semibold, 13, 20};
constexpr Type mono{Face::Mono, 13, 20};
constexpr Type mono_note{Face::Mono, 12, 20};
constexpr Type token_id{Face::Mono, 15, 22};
constexpr Type label{Face::Medium, 12, 20};
constexpr Type note{Face::Regular, 12, 20};
constexpr Type small_note{Face::Regular, 11, 18};
constexpr Type capitals{Face::Semibold, 11, 16};
}  // namespace type

}  // namespace pcc::ui
