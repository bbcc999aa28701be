#include "core/api/endpoint_query.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/api/text.hpp"
#include "core/api/types.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::api {
namespace {

constexpr std::size_t longest_cursor = 1024;
constexpr std::size_t longest_action = 64;
constexpr int largest_limit = 100;

constexpr std::array<std::string_view, 2> token_states{"active", "expired"};
/// In the order of ListSort.
constexpr std::array<std::string_view, 13> sorts{"newest",
                                                 "oldest",
                                                 "ends_first",
                                                 "ends_last",
                                                 "last_used",
                                                 "a_to_z",
                                                 "z_to_a",
                                                 "most_access_points",
                                                 "fewest_access_points",
                                                 "most_offline",
                                                 "fewest_offline",
                                                 "most_clients",
                                                 "fewest_clients"};
constexpr std::array<std::string_view, 2> assumption_states{"live", "ended"};

/// Where a parameter's value goes, and what it must be.
struct Field {
    std::string_view name;
    auto(*read)(void* target, std::string_view value) -> bool;
    void* target;
};

template <class Enum, std::size_t N>
auto read_choice(const std::array<std::string_view, N>& names, std::string_view value, void* target)
    -> bool {
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] != value) continue;
        *static_cast<Enum*>(target) = static_cast<Enum>(i);
        return true;
    }
    return false;
}

auto read_token_state(void* target, std::string_view value) -> bool {
    return read_choice<TokenListState>(token_states, value, target);
}

template <ListSorts known>
auto read_sort(void* target, std::string_view value) -> bool {
    const auto sort = find_sort(value, known);
    if (sort) *static_cast<ListSort*>(target) = *sort;
    return sort.has_value();
}

auto read_assumption_state(void* target, std::string_view value) -> bool {
    return read_choice<AssumptionListState>(assumption_states, value, target);
}

auto read_limit(void* target, std::string_view value) -> bool {
    if (value.empty() || value.size() > 3 || value.front() == '0') return false;
    int number = 0;
    for (const char c : value) {
        if (c < '0' || c > '9') return false;
        number = number * 10 + (c - '0');
    }
    *static_cast<int*>(target) = number;
    return number <= largest_limit;
}

auto has_control_character(std::string_view text) -> bool {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x20 || byte == 0x7F) return true;
        const bool c1 =
            byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        if (c1) return true;
    }
    return false;
}

auto read_text(void* target, std::string_view value, std::size_t longest) -> bool {
    if (code_point_count(value) > longest) return false;
    *static_cast<std::string*>(target) = value;
    return true;
}

auto read_search(void* target, std::string_view value) -> bool {
    return read_text(target, value, longest_search);
}

auto read_cursor(void* target, std::string_view value) -> bool {
    return read_text(target, value, longest_cursor);
}

auto read_actor(void* target, std::string_view value) -> bool {
    return read_text(target, value, longest_email);
}

auto read_action(void* target, std::string_view value) -> bool {
    return value.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.,") == std::string_view::npos &&
           read_text(target, value, longest_action);
}

auto read_handle(void* target, std::string_view value) -> bool {
    return (value.empty() || is_identifier(value, "tok_")) && read_text(target, value, 68);
}

auto read_instant(void* target, std::string_view value) -> bool {
    return (value.empty() || parse_rfc3339(value).has_value()) && read_text(target, value, 64);
}

using Fields = std::vector<Field>;

auto fields_of(TokenQuery& query) -> Fields {
    return {{"state", read_token_state, &query.state},
            {"q", read_search, &query.search},
            {"sort", read_sort<token_sorts>, &query.sort},
            {"limit", read_limit, &query.limit},
            {"cursor", read_cursor, &query.cursor}};
}

auto fields_of(AssumptionQuery& query) -> Fields {
    return {{"state", read_assumption_state, &query.state},
            {"sort", read_sort<assumption_sorts>, &query.sort},
            {"limit", read_limit, &query.limit},
            {"cursor", read_cursor, &query.cursor}};
}

auto fields_of(NetworkQuery& query) -> Fields {
    return {{"q", read_search, &query.search},
            {"sort", read_sort<network_sorts>, &query.sort},
            {"limit", read_limit, &query.limit},
            {"cursor", read_cursor, &query.cursor}};
}

auto fields_of(AuditQuery& query) -> Fields {
    return {{"actor", read_actor, &query.actor},  {"action", read_action, &query.action},
            {"token", read_handle, &query.token}, {"from", read_instant, &query.from},
            {"to", read_instant, &query.to},      {"sort", read_sort<audit_sorts>, &query.sort},
            {"limit", read_limit, &query.limit},  {"cursor", read_cursor, &query.cursor}};
}

auto fields_of(Endpoint& endpoint) -> Fields {
    if (auto* tokens = std::get_if<GetTokens>(&endpoint)) return fields_of(tokens->query);
    if (auto* assumptions = std::get_if<GetAssumptions>(&endpoint)) {
        return fields_of(assumptions->query);
    }
    if (auto* networks = std::get_if<GetNetworks>(&endpoint)) return fields_of(networks->query);
    if (auto* audit = std::get_if<GetAudit>(&endpoint)) return fields_of(audit->query);
    return {};
}

/// Printable ASCII only: everything else has to come percent-encoded.
auto is_query_text(std::string_view text) -> bool {
    for (const char c : text) {
        if (c <= ' ' || c > '~' || c == '#') return false;
    }
    return true;
}

/// Reads one `name=value` and takes its field out, so that it cannot come twice.
auto read_parameter(Fields& fields, std::string_view parameter) -> bool {
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos) return false;
    const auto value = percent_decode(parameter.substr(equals + 1));
    if (!value || has_control_character(*value)) return false;
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        if (field->name != parameter.substr(0, equals)) continue;
        const bool good = field->read(field->target, *value);
        fields.erase(field);
        return good;
    }
    return false;
}

struct QueryText {
    std::string text;

    void add(std::string_view name, std::string_view value) {
        text += text.empty() ? '?' : '&';
        text += name;
        text += '=';
        text += percent_encode(value);
    }
    void add_given(std::string_view name, std::string_view value) {
        if (!value.empty()) add(name, value);
    }
    void add_page(ListSort sort, ListSort standard, int limit, std::string_view cursor) {
        if (sort != standard) add("sort", sort_name(sort));
        add("limit", std::to_string(limit));
        add_given("cursor", cursor);
    }
};

auto write(const TokenQuery& query) -> std::string {
    QueryText out;
    out.add("state", token_states[static_cast<std::size_t>(query.state)]);
    out.add_given("q", query.search);
    out.add_page(query.sort, ListSort::Newest, query.limit, query.cursor);
    return out.text;
}

auto write(const AssumptionQuery& query) -> std::string {
    QueryText out;
    out.add("state", assumption_states[static_cast<std::size_t>(query.state)]);
    out.add_page(query.sort, ListSort::Newest, query.limit, query.cursor);
    return out.text;
}

auto write(const NetworkQuery& query) -> std::string {
    QueryText out;
    out.add_given("q", query.search);
    out.add_page(query.sort, ListSort::AToZ, query.limit, query.cursor);
    return out.text;
}

auto write(const AuditQuery& query) -> std::string {
    QueryText out;
    out.add_given("actor", query.actor);
    out.add_given("action", query.action);
    out.add_given("token", query.token);
    out.add_given("from", query.from);
    out.add_given("to", query.to);
    out.add_page(query.sort, ListSort::Newest, query.limit, query.cursor);
    return out.text;
}

}  // namespace

auto sort_name(ListSort sort) -> std::string_view {
    return sorts[static_cast<std::size_t>(sort)];
}

auto find_sort(std::string_view name, ListSorts known) -> std::optional<ListSort> {
    ListSort sort{};
    const bool found = read_choice<ListSort>(sorts, name, &sort);
    return found && (known & bit_of(sort)) != 0 ? std::optional(sort) : std::nullopt;
}

auto descends(ListSort sort) -> bool {
    using enum ListSort;
    return (these(Newest, EndsLast, LastUsed, ZToA, MostAccessPoints, MostOffline, MostClients) &
            bit_of(sort)) != 0;
}

auto read_query(Endpoint& endpoint, std::string_view query) -> bool {
    if (!is_query_text(query)) return false;
    auto fields = fields_of(endpoint);
    for (std::size_t begin = 0; begin <= query.size();) {
        const auto end = std::min(query.find('&', begin), query.size());
        if (!read_parameter(fields, query.substr(begin, end - begin))) return false;
        begin = end + 1;
    }
    return true;
}

auto write_query(const Endpoint& endpoint) -> std::string {
    if (const auto* tokens = std::get_if<GetTokens>(&endpoint)) return write(tokens->query);
    if (const auto* assumptions = std::get_if<GetAssumptions>(&endpoint)) {
        return write(assumptions->query);
    }
    if (const auto* networks = std::get_if<GetNetworks>(&endpoint)) return write(networks->query);
    if (const auto* audit = std::get_if<GetAudit>(&endpoint)) return write(audit->query);
    return {};
}

}  // namespace pcc::api
