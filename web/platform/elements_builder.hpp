// Collects elements while a frame is read: where each node's children go, and the keys of parts.
// Layer: web/platform. Used by elements*.cpp alone; knows no kind of node.
#pragma once

#include <string_view>

#include "web/platform/elements.hpp"

namespace pcc::platform {

/// Where children are attached, and the corner their places are measured from.
struct Holder {
    view::Key key = 0;
    float x = 0;
    float y = 0;
    std::size_t last_child = 0;  // one more than its place in `all`
};

class ElementsBuilder {
  public:
    ElementsBuilder(const view::Frame& frame, const std::vector<ScrollArea>& areas, bool plain);

    /// An element for a placed node, under the element its parent node made.
    auto add(const view::Placed& placed, const char* tag, Use use) -> Element&;
    /// A part that the tree has no node for: a label, a caption; under `holder`.
    auto add_part(const view::Placed& placed, std::size_t holder, view::Key key, const char* tag,
                  Use use) -> Element&;
    /// Lets the children of the node that is being read be attached to the element added last.
    void hold(const view::Placed& placed);
    /// On the plain page, holds together what the tree has one node for and the page several
    /// elements.
    void wrap(const view::Placed& placed);
    /// Where a node wrote its name or its detail; all of it where that is not told.
    auto written_at(const view::Placed& placed, bool is_detail) const -> view::Rect;
    /// The holder of the parent node, and that of the node itself.
    auto outer() const -> std::size_t { return outer_; }
    auto own() const -> std::size_t { return holder_of_.back(); }
    /// Moves on to the next placed node.
    void step(const view::Placed& placed);

    Elements elements;
    const bool plain;

  private:
    auto unused(view::Key key) -> view::Key;
    void hold_scrolling(const view::Placed& placed, const ScrollArea& area);

    const view::Frame& frame_;
    const std::vector<ScrollArea>& areas_;
    std::vector<Holder> holders_;
    std::vector<std::size_t> holder_of_;  // by place in Frame::placed
    std::size_t outer_ = 0;
    std::vector<view::Key> used_;  // sorted
};

auto part_key(const view::Placed& placed, const char* part) -> view::Key;
/// An attribute value by which other elements refer to this one.
auto element_id(view::Key key) -> std::string;
void set(Element& element, const char* name, std::string_view value);
/// The words of something that is pressed or read: on the plain page those that are drawn, and the
/// longer ones for those who hear them.
void put_words(const ElementsBuilder& builder, Element& element, const view::Node& node);
/// What is spoken: `label` where it says more than what is shown.
auto spoken(const view::Node& node) -> const std::string&;

/// The words that a cell holds and nothing else: the cell itself says them, one element less in
/// each. Nothing on the plain page, where words are dressed.
auto only_words(const ElementsBuilder& builder, const view::Placed& cell) -> const view::Node*;
/// Table, its head, body, rows, columns and cells.
void add_table_part(ElementsBuilder& builder, const view::Placed& placed);
/// A text field: label, input, error or hint.
void add_field(ElementsBuilder& builder, const view::Placed& placed);
/// Radio groups and radios.
void add_choice(ElementsBuilder& builder, const view::Placed& placed, const view::Frame& frame);

}  // namespace pcc::platform
