// The schema, as numbered steps that are each taken once.
// Layer: server. Portable SQL: whole numbers for instants and flags, text for the rest.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

struct Migration {
    int number = 0;
    std::vector<std::string> statements;
    std::vector<std::string> on_postgres = {};  // only there, after the others
    /// The earliest step whose programs still work with the database after this one, so that
    /// servers can be upgraded one after another, and the way back is open. Nothing: only this
    /// step's own.
    std::optional<int> needs = {};
};

/// What a program has to know to work with a database; has an answer from `needed_programs` on.
inline constexpr const char* step_needed =
    "SELECT MAX(CASE WHEN needs IS NOT NULL THEN needs ELSE number END) FROM schema_migrations";

auto migrations() -> const std::vector<Migration>&;
/// The step after which PostgreSQL itself keeps organizations apart.
auto walls(int number) -> Migration;
/// The step that keeps with a network what its access points add up to.
auto network_sums(int number) -> Migration;
/// The step that keeps a network's tags in its row.
auto network_tags(int number) -> Migration;
/// The step after which a page of networks is read from an index alone.
auto network_list(int number) -> Migration;
/// The step that keeps how many tokens an organization has, and finds them by when they end.
auto token_orders(int number) -> Migration;
/// The step after which lists and searches of tokens cost the same, however many there are.
auto token_lists(int number) -> Migration;
/// The step after which a page of a search is read label by label, in each order.
auto token_label_orders(int number) -> Migration;
/// The step after which each later one says which earlier programs still work beside it.
auto needed_programs(int number) -> Migration;
/// The wall of a table that was made later, for `on_postgres` of the step that makes it.
auto wall(const std::string& table) -> std::vector<std::string>;

/// Takes the steps that were not taken yet, each in a transaction of its own. Of several servers
/// that start at once, one takes each step, and the others wait for it.
/// Errors: NewerSchema where a later program took a step that this one cannot work with.
auto migrate(Store& store) -> Result<void, StoreError>;
/// Takes none. True where the database has all steps that this program knows, and later ones only
/// if this program can work with them.
auto is_usable(Transaction& transaction) -> bool;
/// Errors: NewerSchema, OlderSchema where it is not usable.
auto require_usable(Store& store) -> Result<void, StoreError>;
/// Errors: NewerSchema, OlderSchema where the database has more steps than this program knows, or
/// fewer.
auto require_newest(Store& store) -> Result<void, StoreError>;

}  // namespace pcc::server
