// What goes into a statement and what comes back: values, and the rows of an answer.
// Layer: server. Knows no table and no database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/timestamp.hpp"

namespace pcc::server {

/// A parameter or a column: nothing, a whole number (flags and instants too), or text.
class Value {
  public:
    Value() = default;
    Value(int number) : held_(static_cast<long long>(number)) {}
    Value(long long number) : held_(number) {}
    Value(bool flag) : held_(static_cast<long long>(flag)) {}
    Value(Instant instant) : held_(millis_since_epoch(instant)) {}
    Value(std::string text) : held_(std::move(text)) {}
    Value(std::string_view text) : held_(std::string(text)) {}
    Value(const char* text) : held_(std::string(text)) {}
    template <class T>
    Value(const std::optional<T>& value) {
        if (value) *this = Value(*value);
    }

    auto is_null() const -> bool { return std::holds_alternative<std::monostate>(held_); }
    auto number() const -> const long long* { return std::get_if<long long>(&held_); }
    auto text() const -> const std::string* { return std::get_if<std::string>(&held_); }
    auto operator==(const Value& other) const -> bool { return held_ == other.held_; }

  private:
    std::variant<std::monostate, long long, std::string> held_;
};

/// The values of a statement, $1 first.
using Values = std::vector<Value>;

/// Values that stand somewhere else: in a list that is written where a function is called, or kept.
class ValuesView {
  public:
    ValuesView() = default;
    ValuesView(std::initializer_list<Value> list) : ValuesView(std::data(list), list.size()) {}
    ValuesView(const Values& values) : ValuesView(values.data(), values.size()) {}

    auto size() const -> std::size_t { return size_; }
    auto operator[](std::size_t index) const -> const Value& { return first_[index]; }
    auto begin() const -> const Value* { return first_; }
    auto end() const -> const Value* { return first_ + size_; }

  private:
    ValuesView(const Value* first, std::size_t size) : first_(first), size_(size) {}

    const Value* first_ = nullptr;
    std::size_t size_ = 0;
};

class Row;

/// The rows of an answer, all in two pieces of memory: the cells row by row, and their text.
class Rows {
  public:
    class Iterator;

    Rows() = default;
    /// Of which so many are expected, where that is known.
    explicit Rows(std::size_t expected) : expected_(expected) {}

    auto size() const -> std::size_t { return table_ ? table_->rows() : 0; }
    auto empty() const -> bool { return size() == 0; }
    auto operator[](std::size_t index) const -> Row;
    auto front() const -> Row;
    auto back() const -> Row;
    auto begin() const -> Iterator;
    auto end() const -> Iterator;

    // Filled by a connection, cell by cell in the order of the columns.

    /// Forgets what it held, and makes room for rows of so many columns.
    void begin_rows(std::size_t width);
    void add_null() { table_->cells.push_back({Table::null, 0}); }
    void add_number(long long number) { table_->cells.push_back({Table::whole, number}); }
    void add_text(std::string_view text);

  private:
    friend class Row;

    struct Cell {
        std::int64_t length;  // of a text, or what else it is
        std::int64_t number;  // or where the text begins
    };
    struct Table {
        static constexpr std::int64_t null = -1;
        static constexpr std::int64_t whole = -2;

        auto rows() const -> std::size_t { return width == 0 ? 0 : cells.size() / width; }

        std::size_t width = 0;
        std::vector<Cell> cells;
        std::string text;
    };

    std::shared_ptr<Table> table_;
    std::size_t expected_ = 16;
};

/// A row of an answer, which it keeps alive. Columns count from 0; a null reads as 0, empty or
/// nothing. Errors: std::out_of_range for a column that is not there.
class Row {
  public:
    auto number(std::size_t column) const -> long long;
    auto flag(std::size_t column) const -> bool { return number(column) != 0; }
    auto instant(std::size_t column) const -> Instant {
        return instant_from_millis(number(column));
    }
    auto instant_or_nothing(std::size_t column) const -> std::optional<Instant>;
    auto text(std::size_t column) const -> std::string { return std::string(view(column)); }
    /// The same where it stands; good as long as the row is.
    auto view(std::size_t column) const -> std::string_view;
    auto size() const -> std::size_t { return table_->width; }
    auto value(std::size_t column) const -> Value;
    auto is_null(std::size_t column) const -> bool {
        return cell(column).length == Rows::Table::null;
    }
    template <class IdType>
    auto id(std::size_t column) const -> IdType {
        return IdType(text(column));
    }

  private:
    friend class Rows;
    friend class Rows::Iterator;

    Row(std::shared_ptr<const Rows::Table> table, std::size_t index)
        : table_(std::move(table)), index_(index) {}
    auto cell(std::size_t column) const -> const Rows::Cell&;

    std::shared_ptr<const Rows::Table> table_;
    std::size_t index_;
};

/// Goes from row to row; the row it shows changes with it.
class Rows::Iterator {
  public:
    explicit Iterator(Row row) : row_(std::move(row)) {}
    auto operator*() const -> const Row& { return row_; }
    auto operator->() const -> const Row* { return &row_; }
    auto operator++() -> Iterator& {
        ++row_.index_;
        return *this;
    }
    auto operator!=(const Iterator& other) const -> bool {
        return row_.index_ != other.row_.index_;
    }

  private:
    Row row_;
};

}  // namespace pcc::server
