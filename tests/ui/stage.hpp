// A stage for pictures: a Dear ImGui context without a window, a mouse, and frames made by hand.
// Layer: tests. Draws no pixel; texture requests are acknowledged only.
#pragma once

#include <string>
#include <vector>

#include "web/ui/draw.hpp"

namespace pcc::stage {

class Stage {
  public:
    Stage(float width, float height, bool touch = false);
    ~Stage();
    Stage(const Stage&) = delete;
    auto operator=(const Stage&) -> Stage& = delete;

    /// Draws one frame; what was raised is kept until it is taken.
    auto draw(const view::Picture& picture) -> const view::Frame&;
    /// Draws until nothing asks for another frame.
    void settle(const view::Picture& picture);
    /// Moves to the middle of what is in sight of a rectangle and presses there.
    void click(const view::Picture& picture, view::Rect rect);
    void move(const view::Picture& picture, float x, float y);
    void wheel(const view::Picture& picture, float steps);
    /// What has been raised since the last call.
    auto take() -> std::vector<app::Msg>;

    ui::Fonts fonts;
    ui::DrawInput input;
    ui::DrawState state;
    view::Frame frame;

  private:
    ImGuiContext* context_;
    view::Picture shown_;  // the frame points into it
    std::vector<app::Msg> inbox_;
};

/// The place of the node with this name; the first one of that kind.
auto find(const view::Frame& frame, view::Kind kind, const std::string& name)
    -> const view::Placed*;
/// Any other part: rows, cells, columns.
auto parts(const view::Frame& frame, view::Part part) -> std::vector<view::Placed>;

}  // namespace pcc::stage
