// The library only reads tokens here: its own value type would double the console's code.
#define JSON_NOEXCEPTION 1
#define JSON_NO_IO 1
#include "core/api/json_tree.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pcc::api {
namespace {

using Fault = DecodeError::Fault;
using Kind = JsonValue::Kind;

/// Hears the parser's events and builds the tree. Each answers whether to go on.
class TreeBuilder {
  public:
    // The names and the types are the library's.
    using string_t = std::string;
    using binary_t = nlohmann::json::binary_t;

    auto null() -> bool { return add(Kind::Null) != nullptr; }
    auto boolean(bool flag) -> bool {
        auto* value = add(Kind::Flag);
        value->flag = flag;
        return true;
    }
    auto number_integer(std::int64_t number) -> bool { return whole_number(number); }
    auto number_unsigned(std::uint64_t number) -> bool {
        constexpr auto largest = static_cast<std::uint64_t>(largest_json_integer);
        return whole_number(static_cast<long long>(std::min(number, largest + 1)));
    }
    auto number_float(double number, const string_t&) -> bool {
        if (number > largest_json_integer || number < -largest_json_integer) {
            return refuse(Fault::OutOfRange);
        }
        return add(Kind::Fraction) != nullptr;
    }
    auto string(string_t& text) -> bool {
        add(Kind::Text)->text = std::move(text);
        return true;
    }
    auto binary(binary_t&) -> bool { return refuse(Fault::NotJson); }
    auto start_object(std::size_t) -> bool { return open(Kind::Object); }
    auto start_array(std::size_t) -> bool { return open(Kind::Array); }
    auto key(string_t& name) -> bool {
        next_name_ = std::move(name);
        return true;
    }
    auto end_array() -> bool {
        open_.pop_back();
        return true;
    }
    auto end_object() -> bool;

    template <class Exception>
    auto parse_error(std::size_t, const std::string&, const Exception& error) -> bool {
        constexpr int number_overflow = 406;
        return refuse(error.id == number_overflow ? Fault::OutOfRange : Fault::NotJson);
    }

    auto fault() const -> Fault { return fault_; }
    auto take() -> JsonValue { return std::move(root_); }

  private:
    auto add(Kind kind) -> JsonValue*;
    auto open(Kind kind) -> bool;
    auto whole_number(long long number) -> bool;
    auto refuse(Fault fault) -> bool {
        fault_ = fault;
        return false;
    }

    JsonValue root_;
    std::vector<JsonValue*> open_;  // a parent does not grow while its last child is open
    std::string next_name_;
    Fault fault_ = Fault::NotJson;
};

auto TreeBuilder::add(Kind kind) -> JsonValue* {
    auto* value = &root_;
    if (!open_.empty()) {
        value = &open_.back()->items.emplace_back();
        if (open_.back()->kind == Kind::Object) value->name = std::move(next_name_);
    }
    value->kind = kind;
    return value;
}

auto TreeBuilder::open(Kind kind) -> bool {
    if (open_.size() >= static_cast<std::size_t>(deepest_json)) return refuse(Fault::TooDeep);
    open_.push_back(add(kind));
    return true;
}

auto TreeBuilder::whole_number(long long number) -> bool {
    if (number > largest_json_integer || number < -largest_json_integer) {
        return refuse(Fault::OutOfRange);
    }
    add(Kind::Integer)->integer = number;
    return true;
}

auto TreeBuilder::end_object() -> bool {
    auto& members = open_.back()->items;
    open_.pop_back();
    std::sort(members.begin(), members.end(),
              [](const JsonValue& a, const JsonValue& b) { return a.name < b.name; });
    const auto twice =
        std::adjacent_find(members.begin(), members.end(),
                           [](const auto& a, const auto& b) { return a.name == b.name; });
    return twice == members.end() || refuse(Fault::DuplicateKey);
}

}  // namespace

auto build_json_tree(std::string_view text) -> Decoded<JsonValue> {
    TreeBuilder builder;
    const bool whole = nlohmann::json::sax_parse(text.data(), text.data() + text.size(), &builder);
    if (!whole) return failed(DecodeError{builder.fault(), {}});
    return builder.take();
}

}  // namespace pcc::api
