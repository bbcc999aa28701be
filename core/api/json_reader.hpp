// JSON read into a small tree, and its members read with their types checked.
// Layer: api. Knows no body of the contract; json_reader.cpp alone uses the JSON library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/api/codec.hpp"
#include "core/base/id.hpp"
#include "core/base/secret.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::api {

/// Largest whole number that every reader of JSON holds exactly. Source: RFC 7493, 2.2.
inline constexpr long long largest_json_integer = 9'007'199'254'740'991;

struct JsonValue {
    enum class Kind : std::uint8_t { Null, Flag, Integer, Fraction, Text, Array, Object };
    Kind kind = Kind::Null;
    bool flag = false;
    long long integer = 0;
    std::string text;
    std::string name;              // as a member of an object
    std::vector<JsonValue> items;  // of an array; of an object its members, sorted by name
};

/// The tree of a JSON text in UTF-8, without byte order mark.
/// Errors: NotUtf8, NotJson, TooDeep beyond deepest_json, DuplicateKey, OutOfRange for a number
/// beyond `largest_json_integer`; `field` is empty.
auto parse_json(std::string_view text) -> Decoded<JsonValue>;

/// Reads members of one object. The first fault is kept, and reading goes on with default values,
/// so that a decoder is a straight line; `decode_object` hands the fault on. A child borrows its
/// parent and must not outlive it.
class JsonObject {
  public:
    JsonObject(const JsonValue& value, std::optional<DecodeError>& fault);

    auto text(const char* name) const -> std::string;
    /// Empty where the member is absent or null.
    auto text_or_empty(const char* name) const -> std::string;
    /// Nothing where the member is absent; null is of the wrong type.
    auto text_if_given(const char* name) const -> std::optional<std::string>;
    auto flag(const char* name) const -> bool;
    auto flag_if_given(const char* name) const -> std::optional<bool>;
    /// A whole number from 0 to `largest`.
    auto count(const char* name, long long largest = largest_json_integer) const -> long long;
    auto instant(const char* name) const -> Instant;
    /// Nothing where the member is absent or null.
    auto instant_or_nothing(const char* name) const -> std::optional<Instant>;
    auto texts(const char* name) const -> std::vector<std::string>;
    auto texts_if_given(const char* name) const -> std::optional<std::vector<std::string>>;
    auto has(const char* name) const -> bool;  // present and not null

    template <class IdType>
    auto id(const char* name) const -> IdType {
        return IdType(text(name));
    }

    /// What `parse` makes of a text; OutOfRange where it makes nothing.
    template <class T>
    auto choice(const char* name, std::optional<T> (*parse)(std::string_view), T otherwise) const
        -> T {
        const auto wire = text(name);
        const auto value = parse(wire);
        if (value) return *value;
        fail(DecodeError::Fault::OutOfRange, name);
        return otherwise;
    }

    auto object(const char* name) const -> JsonObject;

    /// Each object of an array, read by `read`.
    template <class T>
    auto list(const char* name, T (*read)(const JsonObject&)) const -> std::vector<T> {
        std::vector<T> out;
        const auto* array = member(name, JsonValue::Kind::Array);
        if (array == nullptr) return out;
        out.reserve(array->items.size());
        for (std::size_t i = 0; i < array->items.size() && !fault_->has_value(); ++i) {
            out.push_back(read(JsonObject(*this, name, i, array->items[i])));
        }
        return out;
    }

    /// Records a fault of a member, unless one was recorded before.
    void fail(DecodeError::Fault fault, const char* name) const;

  private:
    static constexpr std::size_t not_in_array = SIZE_MAX;

    JsonObject(const JsonObject& parent, const char* name, std::size_t index,
               const JsonValue& value);
    auto find(const char* name) const -> const JsonValue*;
    auto member(const char* name, JsonValue::Kind kind) const -> const JsonValue*;
    auto path() const -> std::string;

    const JsonValue* value_ = nullptr;  // null where there is no such object
    std::optional<DecodeError>* fault_ = nullptr;
    const JsonObject* parent_ = nullptr;
    const char* name_ = "";
    std::size_t index_ = not_in_array;
};

/// A whole body read as one object by `read`.
template <class T>
auto decode_object(std::string_view json, T (*read)(const JsonObject&)) -> Decoded<T> {
    const auto tree = parse_json(json);
    if (!tree) return failed(tree.error());
    std::optional<DecodeError> fault;
    auto value = read(JsonObject(*tree, fault));
    if (fault) return failed(std::move(*fault));
    return value;
}

}  // namespace pcc::api
