#include "server/store/rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace pcc::server {
namespace {

// Units: bytes
constexpr std::size_t usual_text = 48;  // of a row's texts
constexpr std::size_t least_text = 256;

}  // namespace

auto Rows::operator[](std::size_t index) const -> Row {
    return Row(table_, index);
}

auto Rows::front() const -> Row {
    return Row(table_, 0);
}

auto Rows::back() const -> Row {
    return Row(table_, size() - 1);
}

auto Rows::begin() const -> Iterator {
    return Iterator(Row(table_, 0));
}

auto Rows::end() const -> Iterator {
    return Iterator(Row(nullptr, size()));
}

void Rows::begin_rows(std::size_t width) {
    table_ = std::make_shared<Table>();
    table_->width = width;
    table_->cells.reserve(expected_ * width);
    table_->text.reserve(std::max(least_text, expected_ * usual_text));
}

void Rows::add_text(std::string_view text) {
    const auto begin = table_->text.size();
    table_->text.append(text);
    table_->cells.push_back(
        {static_cast<std::int64_t>(text.size()), static_cast<std::int64_t>(begin)});
}

auto Row::cell(std::size_t column) const -> const Rows::Cell& {
    if (column >= table_->width) throw std::out_of_range("There is no such column.");
    return table_->cells[index_ * table_->width + column];
}

auto Row::number(std::size_t column) const -> long long {
    const auto& held = cell(column);
    return held.length == Rows::Table::whole ? held.number : 0;
}

auto Row::instant_or_nothing(std::size_t column) const -> std::optional<Instant> {
    if (is_null(column)) return std::nullopt;
    return instant(column);
}

auto Row::view(std::size_t column) const -> std::string_view {
    const auto& held = cell(column);
    if (held.length < 0) return {};
    return std::string_view(table_->text)
        .substr(static_cast<std::size_t>(held.number), static_cast<std::size_t>(held.length));
}

auto Row::value(std::size_t column) const -> Value {
    const auto& held = cell(column);
    if (held.length == Rows::Table::null) return {};
    if (held.length == Rows::Table::whole) return static_cast<long long>(held.number);
    return view(column);
}

}  // namespace pcc::server
