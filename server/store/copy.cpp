#include "server/store/copy.hpp"

#include <algorithm>
#include <limits>

#include "server/audit/verify.hpp"
#include "server/store/migrations.hpp"
#include "server/store/organizations.hpp"

namespace pcc::server {
namespace {

using Kind = StoreError::Kind;

constexpr int page = 500;  // Units: rows that are in memory at once

auto problem(Kind kind, std::string sentence) -> StoreError {
    return {kind, std::move(sentence)};
}

auto columns_of(Transaction& tx, const std::string& table) -> std::vector<std::string> {
    const auto* sql = tx.dialect() == Dialect::Sqlite
                          ? "SELECT name FROM pragma_table_info($1)"
                          : "SELECT column_name FROM information_schema.columns "
                            "WHERE table_schema = CURRENT_SCHEMA AND table_name = $1";
    std::vector<std::string> names;
    for (const auto& row : tx.query(sql, {table}))
        names.push_back(row.text(0));
    std::sort(names.begin(), names.end());
    return names;
}

auto select_of(const std::string& table, const std::vector<std::string>& columns) -> std::string {
    std::string sql = "SELECT rowid";
    for (const auto& column : columns)
        sql += ", \"" + column + "\"";
    return sql + " FROM " + table + " WHERE rowid > $1 ORDER BY rowid LIMIT $2";
}

auto insert_of(const std::string& table, const std::vector<std::string>& columns) -> std::string {
    std::string names;
    std::string places;
    for (const auto& column : columns) {
        names += (names.empty() ? "\"" : ", \"") + column + "\"";
        places += (places.empty() ? "$" : ", $") +
                  std::to_string(std::count(places.begin(), places.end(), '$') + 1);
    }
    return "INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")";
}

auto values_after_first(const Row& row) -> Values {
    Values values;
    for (std::size_t i = 1; i < row.size(); ++i)
        values.push_back(row.value(i));
    return values;
}

auto copy_table(Transaction& from, Transaction& to, const std::string& table) -> long long {
    const auto columns = columns_of(from, table);
    if (columns.empty() || columns != columns_of(to, table)) {
        to.fail(problem(Kind::Unavailable, "The table " + table + " is not the same in both."));
        return 0;
    }
    const auto select = select_of(table, columns);
    const auto insert = insert_of(table, columns);
    long long copied = 0;
    long long last = std::numeric_limits<long long>::min();
    while (!to.has_failed()) {
        const auto rows = from.query(select, {last, page});
        if (rows.empty()) break;
        for (const auto& row : rows)
            copied += to.execute(insert, values_after_first(row));
        last = rows.back().number(0);
    }
    return copied;
}

auto count(Transaction& tx, const std::string& table) -> long long {
    const auto row = tx.query_one("SELECT COUNT(*) FROM " + table);
    return row ? row->number(0) : -1;
}

/// The table that a statement names after its first words; nothing where it begins otherwise.
auto table_after(std::string_view words, std::string_view statement) -> std::optional<std::string> {
    if (statement.substr(0, words.size()) != words) return std::nullopt;
    statement.remove_prefix(words.size());
    return std::string(statement.substr(0, statement.find_first_of(" (")));
}

/// What the schema's steps put into an empty database by themselves makes room for the source's.
void clear(Transaction& tx) {
    auto tables = tables_of_schema();
    std::reverse(tables.begin(), tables.end());
    for (const auto& table : tables)
        tx.execute("DELETE FROM " + table);
}

/// When and how each token ended, and when it would by itself.
auto ends_of_tokens(Transaction& tx) -> std::vector<std::string> {
    std::vector<std::string> ends;
    for (const auto& row :
         tx.query("SELECT organization_id, id, CAST(expires_at AS TEXT), CAST(ended_at AS TEXT), "
                  "end_reason, CAST(deleted_at AS TEXT), sealed FROM tokens")) {
        std::string end;
        for (std::size_t i = 0; i < row.size(); ++i)
            end += row.is_null(i) ? "-\n" : row.text(i) + "\n";
        ends.push_back(std::move(end));
    }
    std::sort(ends.begin(), ends.end());
    return ends;
}

void check_audit(Transaction& tx, const Keys& keys) {
    for (const auto& row : tx.query("SELECT id FROM organizations")) {
        const auto broken = find_broken_link(tx, keys, row.id<OrganizationId>(0));
        if (broken) tx.fail(problem(Kind::Unavailable, explain(*broken)));
    }
}

void check_copy(Transaction& from, Transaction& to, const Keys& keys) {
    for (const auto& table : tables_of_schema()) {
        if (count(from, table) == count(to, table)) continue;
        to.fail(problem(Kind::Unavailable, "Not all rows of " + table + " arrived."));
    }
    if (ends_of_tokens(from) != ends_of_tokens(to)) {
        to.fail(problem(Kind::Unavailable, "The ends of tokens did not arrive as they were."));
    }
    check_audit(to, keys);
}

}  // namespace

auto tables_of_schema() -> std::vector<std::string> {
    std::vector<std::string> tables;
    for (const auto& migration : migrations()) {
        for (const auto& statement : migration.statements) {
            if (const auto made = table_after("CREATE TABLE ", statement)) tables.push_back(*made);
            if (const auto gone = table_after("DROP TABLE ", statement)) {
                tables.erase(std::remove(tables.begin(), tables.end(), *gone), tables.end());
            }
        }
    }
    return tables;
}

auto copy_database(Store& source, Store& target, const Keys& keys, const OnCopied& told)
    -> Result<void, StoreError> {
    auto reading = source.read();
    if (!reading) return failed(std::move(reading.error()));
    auto writing = target.write();
    if (!writing) return failed(std::move(writing.error()));
    auto& from = **reading;
    auto& to = **writing;
    to.enter_all();
    // Whoever else would fill it at the same time waits, and is refused then.
    to.execute("LOCK TABLE organizations IN SHARE ROW EXCLUSIVE MODE");
    if (count_organizations(to) != 0) {
        to.fail(problem(Kind::Constraint, "It holds organizations already."));
    }
    clear(to);
    for (const auto& table : tables_of_schema()) {
        const CopiedTable copied{table, copy_table(from, to, table)};
        if (!to.has_failed()) told(copied);
    }
    if (!to.has_failed()) check_copy(from, to, keys);
    if (auto read = from.finish(); !read) return read;
    return to.finish();
}

}  // namespace pcc::server
