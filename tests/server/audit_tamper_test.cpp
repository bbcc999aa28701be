// Whoever changes the audit in the database itself is found out: single rows, and whole chains.
#include <atomic>
#include <map>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>

#include "server/audit/checkpointing.hpp"
#include "server/audit/kept_checkpoints.hpp"
#include "server/audit/verify.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using server::BrokenLink;
using server::LinkFault;
using server::Transaction;
using server::Value;
using std::chrono::seconds;

namespace {

/// Two organizations with some acts each, and a checkpoint every few acts.
class Audited {
  public:
    Audited() {
        const auto ana = backend.sign_in("ana@aurora.example");
        const auto sam = backend.sign_in("sam@netcare.example");
        for (int round = 0; round < 4; ++round) {
            const auto made = backend.generate(ana);
            const auto tab = backend.assume(sam, made.token_id);
            backend.ask(tab, api::PatchNetwork{backend.demo.porto},
                        R"({"name":"Porto )" + std::to_string(round) + "\"}");
            backend.ask(sam, api::PatchNetwork{backend.demo.office},
                        R"({"name":"Office )" + std::to_string(round) + "\"}");
            backend.ask(ana, api::ExpireToken{made.token.handle});
            backend.wait(seconds{61});
            make();
        }
    }
    auto make() -> int {
        const auto made = server::make_checkpoints(*backend.store, backend.keys, backend.random,
                                                   backend.now, server::CheckpointsOf::DueChains);
        REQUIRE(made.has_value());
        return *made;
    }
    auto find(Transaction& tx) const -> std::optional<BrokenLink> {
        for (const auto& organization : {backend.demo.aurora, backend.demo.netcare}) {
            if (auto broken = server::find_broken_link(tx, backend.keys, organization)) {
                return broken;
            }
        }
        return std::nullopt;
    }
    auto find() -> std::optional<BrokenLink> {
        const auto tx = look(*backend.store);
        auto found = find(*tx);
        REQUIRE(tx->finish().has_value());
        return found;
    }

    Backend backend;
};

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

/// A whole chain written anew from one event on, hashes and head included: all that who holds the
/// database but no keys can do.
void rewrite(Audited& audited, const OrganizationId& organization, long long from,
             const std::string& summary) {
    const auto tx = change(*audited.backend.store);
    std::string previous = server::AuditHead::first_prev_hash();
    for (auto& link : server::audit_links(*tx, organization, 0, 1000)) {
        auto& event = link.entry.event;
        if (link.sequence == from) event.summary = summary;
        event.prev_hash = previous;
        previous = server::audit_hash(link.entry, link.sequence);
        tx->execute(
            "UPDATE audit_events SET summary = $3, prev_hash = $4, hash = $5 "
            "WHERE organization_id = $1 AND sequence = $2",
            {organization.value, link.sequence, event.summary, event.prev_hash, previous});
    }
    tx->execute("UPDATE audit_heads SET hash = $2 WHERE organization_id = $1",
                {organization.value, previous});
    REQUIRE(tx->finish().has_value());
}

auto kept_text(Audited& audited) -> std::string {
    std::ostringstream out;
    REQUIRE(server::write_checkpoints(*audited.backend.store, out).has_value());
    return out.str();
}

auto compared(Audited& audited, const std::string& text) -> std::vector<std::string> {
    std::istringstream kept(text);
    std::vector<std::string> faults;
    REQUIRE(server::compare_checkpoints(*audited.backend.store, audited.backend.keys, kept,
                                        [&](const std::string& fault) { faults.push_back(fault); })
                .has_value());
    return faults;
}

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

TEST_CASE("a chain that was rewritten as a whole does not fit the checkpoints of it") {
    Audited audited;
    const auto& org = audited.backend.demo.aurora;
    rewrite(audited, org, 6, "Nothing happened");
    const auto broken = audited.find();
    REQUIRE(broken.has_value());
    CHECK(broken->organization == org);
    CHECK(broken->fault == LinkFault::CheckpointMisfit);
    CHECK(broken->sequence >= 6);
}

TEST_CASE("a chain rewritten without its checkpoints does not fit those that were kept elsewhere") {
    Audited audited;
    const auto kept = kept_text(audited);
    CHECK(compared(audited, kept).empty());
    const auto& org = audited.backend.demo.aurora;
    rewrite(audited, org, 6, "Nothing happened");
    audited.backend.change("DELETE FROM audit_checkpoints WHERE organization_id = $1", {org.value});
    audited.backend.change("UPDATE audit_heads SET checkpoints = 0 WHERE organization_id = $1",
                           {org.value});
    // The database alone no longer tells, also after the server has signed what it found there.
    audited.make();
    CHECK_FALSE(audited.find().has_value());
    const auto faults = compared(audited, kept);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].find(org.value) == 0);
}

TEST_CASE("checkpoints that were kept are believed only as they were written") {
    Audited audited;
    const auto kept = kept_text(audited);
    int damaged = 0;
    for (std::size_t at = 0; at < kept.size(); ++at) {
        auto other = kept;
        other[at] = other[at] == 'a' ? 'b' : 'a';
        INFO("at " << at);
        CHECK_FALSE(compared(audited, other).empty());
        ++damaged;
    }
    CHECK(damaged > 400);
}

TEST_CASE("a checkpoint is made at once, then when 60 s or 1,000 events have passed") {
    Audited audited;
    auto& backend = audited.backend;
    CHECK(audited.make() == 0);
    const auto ana = backend.sign_in("ana@aurora.example");
    CHECK(audited.make() == 0);
    backend.wait(seconds{59});
    CHECK(audited.make() == 0);
    backend.wait(seconds{2});
    CHECK(audited.make() == 1);
    const auto append = [&](int count) {
        const auto tx = change(*backend.store);
        server::AuditEntry entry;
        entry.organization = backend.demo.netcare;
        for (int i = 0; i < count; ++i)
            server::append_audit(*tx, entry);
        REQUIRE(tx->finish().has_value());
    };
    backend.wait(seconds{61});
    append(1);
    CHECK(audited.make() == 1);
    append(999);
    CHECK(audited.make() == 0);
    append(1);
    CHECK(audited.make() == 1);
    CHECK_FALSE(audited.find().has_value());
}

TEST_CASE("servers that look at once make one checkpoint of each chain between them") {
    Audited audited;
    auto& backend = audited.backend;
    backend.sign_in("ana@aurora.example");
    backend.sign_in("sam@netcare.example");
    const auto count = [&] {
        return backend.rows("SELECT COUNT(*) FROM audit_checkpoints")[0].number(0);
    };
    const auto before = count();
    backend.wait(seconds{61});
    std::vector<std::thread> servers;
    std::atomic<int> made{0};
    for (int i = 0; i < 4; ++i) {
        servers.emplace_back([&] {
            server::SystemRandom random;
            const auto more =
                server::make_checkpoints(*backend.store, backend.keys, random, backend.now,
                                         server::CheckpointsOf::DueChains);
            if (more) made += *more;
        });
    }
    for (auto& one : servers)
        one.join();
    CHECK(made == 2);
    CHECK(count() == before + 2);
    CHECK_FALSE(audited.find().has_value());
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
