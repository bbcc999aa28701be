#include "core/api/json_reader.hpp"

#include <algorithm>

#include "core/api/json_tree.hpp"
#include "core/api/text.hpp"

namespace pcc::api {
namespace {

using Fault = DecodeError::Fault;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

auto parse_json(std::string_view text) -> Decoded<JsonValue> {
    if (!is_utf8(text)) return failed(DecodeError{Fault::NotUtf8, {}});
    const bool marked = text.substr(0, byte_order_mark.size()) == byte_order_mark;
    // The library takes a NUL for the end and would not look at what stands behind it.
    if (marked || text.find('\0') != std::string_view::npos) {
        return failed(DecodeError{Fault::NotJson, {}});
    }
    return build_json_tree(text);
}

JsonObject::JsonObject(const JsonValue& value, std::optional<DecodeError>& fault)
    : value_(&value), fault_(&fault) {
    if (value.kind == JsonValue::Kind::Object) return;
    value_ = nullptr;
    fail(Fault::WrongType, "");
}

JsonObject::JsonObject(const JsonObject& parent, const char* name, std::size_t index,
                       const JsonValue& value)
    : value_(&value), fault_(parent.fault_), parent_(&parent), name_(name), index_(index) {
    if (value.kind == JsonValue::Kind::Object) return;
    value_ = nullptr;
    fail(Fault::WrongType, "");
}

auto JsonObject::path() const -> std::string {
    std::string out = parent_ != nullptr ? parent_->path() : std::string();
    if (!out.empty() && *name_ != '\0') out += '.';
    out += name_;
    if (index_ != not_in_array) out += "[" + std::to_string(index_) + "]";
    return out;
}

void JsonObject::fail(Fault fault, const char* name) const {
    if (fault_->has_value()) return;
    auto where = path();
    if (!where.empty() && *name != '\0') where += '.';
    *fault_ = DecodeError{fault, where + name};
}

auto JsonObject::find(const char* name) const -> const JsonValue* {
    if (value_ == nullptr) return nullptr;
    const std::string_view wanted(name);
    const auto& members = value_->items;
    const auto found = std::lower_bound(
        members.begin(), members.end(), wanted,
        [](const JsonValue& value, std::string_view key) { return value.name < key; });
    return found != members.end() && found->name == wanted ? &*found : nullptr;
}

auto JsonObject::member(const char* name, JsonValue::Kind kind) const -> const JsonValue* {
    const auto* value = find(name);
    if (value == nullptr) {
        fail(Fault::Missing, name);
        return nullptr;
    }
    if (value->kind == kind) return value;
    fail(Fault::WrongType, name);
    return nullptr;
}

auto JsonObject::has(const char* name) const -> bool {
    const auto* value = find(name);
    return value != nullptr && value->kind != JsonValue::Kind::Null;
}

auto JsonObject::text(const char* name) const -> std::string {
    const auto* value = member(name, JsonValue::Kind::Text);
    return value != nullptr ? value->text : std::string();
}

auto JsonObject::text_or_empty(const char* name) const -> std::string {
    return has(name) ? text(name) : std::string();
}

auto JsonObject::text_if_given(const char* name) const -> std::optional<std::string> {
    if (find(name) == nullptr) return std::nullopt;
    return text(name);
}

auto JsonObject::flag(const char* name) const -> bool {
    const auto* value = member(name, JsonValue::Kind::Flag);
    return value != nullptr && value->flag;
}

auto JsonObject::flag_if_given(const char* name) const -> std::optional<bool> {
    if (find(name) == nullptr) return std::nullopt;
    return flag(name);
}

auto JsonObject::count(const char* name, long long largest) const -> long long {
    const auto* value = member(name, JsonValue::Kind::Integer);
    if (value == nullptr) return 0;
    if (value->integer >= 0 && value->integer <= largest) return value->integer;
    fail(Fault::OutOfRange, name);
    return 0;
}

auto JsonObject::instant(const char* name) const -> Instant {
    const auto* value = member(name, JsonValue::Kind::Text);
    if (value == nullptr) return {};
    const auto instant = parse_rfc3339(value->text);
    if (instant) return *instant;
    fail(instant.error() == TimestampError::Malformed ? Fault::WrongType : Fault::OutOfRange, name);
    return {};
}

auto JsonObject::instant_or_nothing(const char* name) const -> std::optional<Instant> {
    if (!has(name)) return std::nullopt;
    return instant(name);
}

auto JsonObject::texts(const char* name) const -> std::vector<std::string> {
    std::vector<std::string> out;
    const auto* array = member(name, JsonValue::Kind::Array);
    if (array == nullptr) return out;
    out.reserve(array->items.size());
    for (const auto& item : array->items) {
        if (item.kind != JsonValue::Kind::Text) {
            fail(Fault::WrongType, name);
            return {};
        }
        out.push_back(item.text);
    }
    return out;
}

auto JsonObject::texts_if_given(const char* name) const -> std::optional<std::vector<std::string>> {
    if (find(name) == nullptr) return std::nullopt;
    return texts(name);
}

auto JsonObject::object(const char* name) const -> JsonObject {
    static const JsonValue nothing;
    const auto* value = find(name);
    if (value == nullptr) fail(Fault::Missing, name);
    return JsonObject(*this, name, not_in_array, value != nullptr ? *value : nothing);
}

}  // namespace pcc::api
