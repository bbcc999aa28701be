// Pieces that bodies of several subjects share: a person, an organization, a page, an assumption.
// Layer: api. Used by the codec files alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/json_reader.hpp"
#include "core/api/json_writer.hpp"
#include "core/api/types.hpp"

namespace pcc::api {

void write_person(JsonWriter& out, std::string_view name, const access::Person& person);
auto read_person(const JsonObject& in) -> access::Person;

void write_organization_ref(JsonWriter& out, std::string_view name, const OrganizationRef& value);
auto read_organization_ref(const JsonObject& in) -> OrganizationRef;

auto read_validity_member(const JsonObject& in, const char* name) -> access::Validity;

/// When, by whom and why something ended, as its member `ended`.
void write_end(JsonWriter& out, Instant at, const std::optional<access::Person>& by,
               std::string_view reason);

/// The same read back: a TokenEnd or an AssumptionEnd. An end by time is left out, since the
/// token's or the assumption's own rule says it.
template <class End, class Reason>
auto read_end(const JsonObject& in, std::optional<Reason> (*parse)(std::string_view))
    -> std::optional<End> {
    End end;
    end.at = in.instant("at");
    if (in.has("by")) end.by = read_person(in.object("by"));
    end.reason = in.choice("reason", parse, Reason::Time);
    if (end.reason == Reason::Time) return std::nullopt;
    return end;
}

/// The members of an assumption, into the object that is open.
void write_assumption(JsonWriter& out, const access::Assumption& value, Instant now);
auto read_assumption(const JsonObject& in) -> access::Assumption;

/// `next` and `total` of a page.
void write_page_end(JsonWriter& out, std::string_view next, long long total);

/// A page whose items are written by `write` into an object each.
template <class T>
auto encode_page(const Page<T>& page, void (*write)(JsonWriter&, const T&)) -> std::string {
    JsonWriter out;
    out.open_list("items");
    for (const auto& item : page.items) {
        out.open({});
        write(out, item);
        out.close();
    }
    out.close_list();
    write_page_end(out, page.next, page.total);
    return out.finish();
}

/// The same for items whose state is read at `now`.
template <class T>
auto encode_page_at(const Page<T>& page, Instant now, void (*write)(JsonWriter&, const T&, Instant))
    -> std::string {
    JsonWriter out;
    out.open_list("items");
    for (const auto& item : page.items) {
        out.open({});
        write(out, item, now);
        out.close();
    }
    out.close_list();
    write_page_end(out, page.next, page.total);
    return out.finish();
}

template <class T, auto(*Read)(const JsonObject&)->T>
auto read_page(const JsonObject& in) -> Page<T> {
    Page<T> page;
    page.items = in.list<T>("items", Read);
    page.next = in.text_or_empty("next");
    page.total = in.count("total");
    return page;
}

/// One value as a body of its own.
template <class T>
auto encode_one(const T& value, void (*write)(JsonWriter&, const T&)) -> std::string {
    JsonWriter out;
    write(out, value);
    return out.finish();
}

}  // namespace pcc::api
