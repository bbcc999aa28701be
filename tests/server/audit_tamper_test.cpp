// Whoever changes rows of the audit in the database itself is found out.
#include <map>

#include <doctest/doctest.h>

#include "tests/server/audited.hpp"

using namespace pcc;
using namespace pcc::test;
using server::BrokenLink;
using server::LinkFault;
using server::Transaction;
using server::Value;

namespace {

struct Table {
    const char* name;
    const char* key;  // beside the organization
    std::vector<const char*> numbers;
    std::vector<const char*> texts;
};

const std::vector<Table> tables{
    {"audit_events",
     "sequence",
     {"sequence", "at"},
     {"organization_id", "id", "actor_id", "actor_name", "actor_organization", "on_behalf_of",
      "assumption_id", "token_id", "action", "target", "summary", "request_id", "ip",
      "actor_folded", "prev_hash", "hash"}},
    {"audit_heads", "organization_id", {"sequence", "checkpoints"}, {"organization_id", "hash"}},
    {"audit_checkpoints",
     "number",
     {"number", "sequence", "at", "key_version"},
     {"organization_id", "hash", "signature"}}};

/// One change by somebody who can write the database: a value, a row gone, two values exchanged.
/// The walls of PostgreSQL and the keys of the tables may refuse it.
class Vandal {
  public:
    Vandal(Audited& audited, RepeatingRandom& random) : audited_(audited), random_(random) {}

    /// What was changed, in words; empty where nothing was.
    auto act(Transaction& tx) -> std::string {
        const auto& table = tables[random_.below(10) < 7 ? 0 : 1 + random_.below(2)];
        const auto rows = tx.query(std::string("SELECT organization_id, ") + table.key + " FROM " +
                                   table.name + " ORDER BY 1, 2");
        const auto& row = rows[random_.below(rows.size())];
        switch (random_.below(5)) {
            case 0: return remove(tx, table, row);
            case 1: return swap(tx, table, row, rows[random_.below(rows.size())]);
            default: return edit(tx, table, row);
        }
    }

  private:
    static auto value_of(const server::Row& row, const Table& table) -> Value {
        const bool number = std::string(table.key) != "organization_id";
        return number ? Value(row.number(1)) : Value(row.text(1));
    }
    static auto where(const Table& table) -> std::string {
        return std::string(" WHERE organization_id = $1 AND ") + table.key + " = $2";
    }
    auto is_number(std::size_t column, const Table& table) const -> bool {
        return column < table.numbers.size();
    }
    auto name(std::size_t column, const Table& table) const -> std::string {
        return is_number(column, table) ? table.numbers[column]
                                        : table.texts[column - table.numbers.size()];
    }
    auto any_column(const Table& table) -> std::size_t {
        return random_.below(table.numbers.size() + table.texts.size());
    }
    auto read(Transaction& tx, const Table& table, const server::Row& row, std::size_t column)
        -> Value {
        const auto found =
            tx.query_one("SELECT " + name(column, table) + " FROM " + table.name + where(table),
                         {row.text(0), value_of(row, table)});
        if (!found) return {};
        return is_number(column, table) ? Value(found->number(0)) : Value(found->text(0));
    }
    auto write(Transaction& tx, const Table& table, const server::Row& row, std::size_t column,
               const Value& value) -> bool {
        return tx.execute(std::string("UPDATE ") + table.name + " SET " + name(column, table) +
                              " = $3" + where(table),
                          {row.text(0), value_of(row, table), value}) == 1;
    }
    auto changed(const std::string& text) -> std::string {
        auto other = text;
        switch (random_.below(3)) {
            case 0: return text + "x";
            case 1: return text.empty() ? "y" : text.substr(1);
            default: break;
        }
        if (other.empty()) return " ";
        auto& letter = other[random_.below(other.size())];
        letter = letter == 'a' ? 'b' : 'a';
        return other;
    }
    auto edit(Transaction& tx, const Table& table, const server::Row& row) -> std::string {
        const auto column = any_column(table);
        const auto old = read(tx, table, row, column);
        Value other;
        if (is_number(column, table)) {
            const auto step = 1 + static_cast<long long>(random_.below(50));
            other = *old.number() + (random_.below(2) == 0 ? step : -step);
        } else if (name(column, table) == "organization_id") {
            const auto& demo = audited_.backend.demo;
            other = *old.text() == demo.aurora.value ? demo.netcare.value : demo.aurora.value;
        } else {
            other = changed(*old.text());
        }
        if (!write(tx, table, row, column, other)) return {};
        return std::string("edited ") + table.name + "." + name(column, table);
    }
    auto remove(Transaction& tx, const Table& table, const server::Row& row) -> std::string {
        const auto gone = tx.execute(std::string("DELETE FROM ") + table.name + where(table),
                                     {row.text(0), value_of(row, table)});
        return gone == 1 ? std::string("deleted from ") + table.name : std::string();
    }
    /// Exchanges a value between two rows; for a number that is a key, by way of one nobody has.
    auto swap(Transaction& tx, const Table& table, const server::Row& one, const server::Row& two)
        -> std::string {
        const auto column = any_column(table);
        const auto a = read(tx, table, one, column);
        const auto b = read(tx, table, two, column);
        const bool same =
            is_number(column, table) ? *a.number() == *b.number() : *a.text() == *b.text();
        if (same || name(column, table) == "organization_id") return {};
        if (name(column, table) != table.key) {
            if (!write(tx, table, one, column, b) || !write(tx, table, two, column, a)) return {};
        } else if (!swap_keys(tx, table, one, two)) {
            return {};
        }
        return std::string("swapped ") + table.name + "." + name(column, table);
    }
    static auto swap_keys(Transaction& tx, const Table& table, const server::Row& one,
                          const server::Row& two) -> bool {
        if (one.text(0) != two.text(0)) return false;
        const auto sql =
            std::string("UPDATE ") + table.name + " SET " + table.key + " = $3" + where(table);
        const Value away(-1);
        return tx.execute(sql, {one.text(0), value_of(one, table), away}) == 1 &&
               tx.execute(sql, {one.text(0), value_of(two, table), value_of(one, table)}) == 1 &&
               tx.execute(sql, {one.text(0), away, value_of(two, table)}) == 1;
    }

    Audited& audited_;
    RepeatingRandom& random_;
};

}  // namespace

TEST_CASE("10,000 random edits, deletions and exchanges in the stored audit are all found") {
    Audited audited;
    REQUIRE_FALSE(audited.find().has_value());
    RepeatingRandom random(2026);
    Vandal vandal(audited, random);
    std::map<std::string, int> found;
    std::map<std::string, int> missed;
    const int wanted = on_postgres() ? 1'000 : 10'000;
    for (int done = 0; done < wanted;) {
        const auto tx = change(*audited.backend.store);
        const auto what = vandal.act(*tx);
        // What the database itself refused, or what changed nothing, does not count.
        if (what.empty() || tx->has_failed()) continue;
        ++done;
        const auto broken = audited.find(*tx);
        REQUIRE_FALSE(tx->has_failed());
        ++(broken ? found : missed)[what];
    }
    for (const auto& [what, times] : missed)
        FAIL_CHECK(what << " was not found " << times << " times");
    for (const auto& table : tables) {
        CHECK(found[std::string("deleted from ") + table.name] > 0);
        for (const auto* column : table.numbers)
            CHECK(found[std::string("edited ") + table.name + "." + column] > 0);
    }
    CHECK_FALSE(audited.find().has_value());
}

TEST_CASE("what is found is named: where it is and what is wrong") {
    Audited audited;
    const auto& org = audited.backend.demo.aurora;
    const auto fault_after = [&](const std::string& sql) {
        const auto tx = change(*audited.backend.store);
        REQUIRE(tx->execute(sql, {org.value}) == 1);
        const auto broken = audited.find(*tx);
        REQUIRE(broken.has_value());
        CHECK(broken->organization == org);
        CHECK(server::explain(*broken).find(org.value) == 0);
        return std::make_pair(broken->sequence, broken->fault);
    };
    using Found = std::pair<long long, LinkFault>;
    CHECK(fault_after("UPDATE audit_events SET ip = 'x' "
                      "WHERE organization_id = $1 AND sequence = 5") ==
          Found(5, LinkFault::EventChanged));
    CHECK(fault_after("DELETE FROM audit_events WHERE organization_id = $1 AND sequence = 3") ==
          Found(3, LinkFault::EventMissing));
    CHECK(fault_after("UPDATE audit_heads SET hash = 'x' WHERE organization_id = $1").second ==
          LinkFault::HeadMisfit);
    CHECK(fault_after("UPDATE audit_checkpoints SET at = at + 1 "
                      "WHERE organization_id = $1 AND number = 2")
              .second == LinkFault::CheckpointForged);
    CHECK(fault_after("DELETE FROM audit_checkpoints WHERE organization_id = $1 AND number = 2")
              .second == LinkFault::CheckpointMissing);
    CHECK(fault_after("DELETE FROM audit_checkpoints WHERE organization_id = $1 AND number = "
                      "(SELECT checkpoints FROM audit_heads WHERE organization_id = $1)")
              .second == LinkFault::CheckpointMissing);
}

TEST_CASE("all organizations are gone through, each with its first fault") {
    Audited audited;
    auto& backend = audited.backend;
    std::vector<BrokenLink> found;
    const auto all = [&] {
        found.clear();
        const auto totals =
            server::verify_audit(*backend.store, backend.keys,
                                 [&](const BrokenLink& broken) { found.push_back(broken); });
        REQUIRE(totals.has_value());
        CHECK(totals->broken == static_cast<long long>(found.size()));
        return totals->organizations;
    };
    CHECK(all() == 2);
    CHECK(found.empty());
    backend.change("UPDATE audit_events SET summary = 'x' WHERE sequence = 4");
    backend.change("UPDATE audit_events SET summary = 'x' WHERE sequence = 6");
    CHECK(all() == 2);
    REQUIRE(found.size() == 2);
    CHECK(found[0].sequence == 4);
    CHECK_FALSE(found[0].event.empty());
}
