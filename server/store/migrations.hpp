// The schema, as numbered steps that are each taken once.
// Layer: server. Portable SQL: whole numbers for instants and flags, text for the rest.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

struct Migration {
    int number = 0;
    std::vector<std::string> statements;
    std::vector<std::string> on_postgres = {};  // only there, after the others
};

auto migrations() -> const std::vector<Migration>&;
/// The step after which PostgreSQL itself keeps organizations apart.
auto walls(int number) -> Migration;
/// The step that keeps with a network what its access points add up to.
auto network_sums(int number) -> Migration;
/// The step that keeps how many tokens an organization has, and finds them by when they end.
auto token_orders(int number) -> Migration;
/// The step after which lists and searches of tokens cost the same, however many there are.
auto token_lists(int number) -> Migration;
/// The wall of a table that was made later, for `on_postgres` of the step that makes it.
auto wall(const std::string& table) -> std::vector<std::string>;

/// Takes the steps that were not taken yet, each in a transaction of its own. Of several servers
/// that start at once, one takes each step, and the others wait for it.
/// Errors: NewerSchema where the database knows steps that this program does not.
auto migrate(Store& store) -> Result<void, StoreError>;
/// Takes none. Errors: NewerSchema, OlderSchema.
auto require_newest(Store& store) -> Result<void, StoreError>;

}  // namespace pcc::server
