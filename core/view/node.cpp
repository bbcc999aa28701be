#include "core/view/node.hpp"

namespace pcc::view {

Field::Field() = default;
Field::Field(const Field&) = default;
Field::Field(Field&&) noexcept = default;
auto Field::operator=(const Field&) -> Field& = default;
auto Field::operator=(Field&&) noexcept -> Field& = default;
Field::~Field() = default;

TableColumn::TableColumn() = default;
TableColumn::TableColumn(const TableColumn&) = default;
TableColumn::TableColumn(TableColumn&&) noexcept = default;
auto TableColumn::operator=(const TableColumn&) -> TableColumn& = default;
auto TableColumn::operator=(TableColumn&&) noexcept -> TableColumn& = default;
TableColumn::~TableColumn() = default;

Node::Node() = default;
Node::Node(const Node&) = default;
Node::Node(Node&&) noexcept = default;
auto Node::operator=(const Node&) -> Node& = default;
auto Node::operator=(Node&&) noexcept -> Node& = default;
Node::~Node() = default;

}  // namespace pcc::view
