// The wall between organizations: what PostgreSQL itself keeps from a statement that forgets its
// condition, and from an account that could see past it.
#include <doctest/doctest.h>

#include "server/store/organizations.hpp"
#include "server/store/postgres_connection.hpp"
#include "server/store/sql.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::server;
using namespace pcc::test;

namespace {

constexpr const char* of_organizations[] = {
    "users",        "sessions", "idempotency",   "tokens", "assumptions",  "audit_heads",
    "audit_events", "networks", "access_points", "ssids",  "user_networks"};

auto count(Transaction& tx, const std::string& table) -> long long {
    return tx.query_one("SELECT COUNT(*) FROM " + table)->number(0);
}

auto refused(Store& store, const std::string& entered, std::string_view sql, const Values& values)
    -> bool {
    auto tx = store.write();
    REQUIRE(tx.has_value());
    (*tx)->enter(entered);
    (*tx)->execute(sql, values);
    return !(*tx)->finish().has_value();
}

/// All that an admin and an engineer leave in the tables.
void live(Backend& backend) {
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
    backend.ask(tab, api::PatchNetwork{backend.demo.porto}, R"({"name":"Porto Two"})");
    api::HttpRequest keyed{api::Method::Post,
                           "/api/v1/tokens",
                           {{"Cookie", ana.cookie},
                            {"X-PCC-CSRF", ana.csrf},
                            {"Content-Type", "application/json"},
                            {"Idempotency-Key", "0123456789abcdef"}},
                           R"({"validity":"2h"})"};
    REQUIRE(backend.send(keyed).response.status == 201);
}

}  // namespace

PCC_POSTGRES_CASE(
    "a query that forgets its condition sees the organization that was entered alone") {
    Backend backend;
    live(backend);
    for (const std::string table : of_organizations) {
        INFO(table);
        CHECK(count(*look(*backend.store), table) > 0);
        auto none = backend.store->read();
        CHECK(count(**none, table) == 0);
        for (const auto& organization : {backend.demo.aurora, backend.demo.netcare}) {
            auto tx = backend.store->read();
            (*tx)->enter(organization.value);
            const auto own =
                look(*backend.store)
                    ->query_one("SELECT COUNT(*) FROM " + table + " WHERE organization_id = $1",
                                {organization.value})
                    ->number(0);
            const auto seen = (*tx)->query("SELECT organization_id FROM " + table + " ORDER BY 1");
            auto foreign = static_cast<long long>(seen.size()) - own;
            // Each side of an assumption sees it, and the client the engineer behind it.
            if (table == "assumptions" && organization == backend.demo.netcare) --foreign;
            const bool shows_engineer = table == "users" || table == "sessions";
            if (shows_engineer && organization == backend.demo.aurora) --foreign;
            CHECK(foreign == 0);
        }
    }
    auto tx = backend.store->read();
    (*tx)->enter(backend.demo.aurora.value);
    CHECK(count(**tx, "organizations") == 2);
    CHECK(count(**backend.store->read(), "organizations") == 0);
}

PCC_POSTGRES_CASE("a change that forgets its condition changes the entered organization alone") {
    Backend backend;
    live(backend);
    const auto before = backend.rows("SELECT COUNT(*) FROM users WHERE name <> 'X'")[0].number(0);
    auto tx = backend.store->write();
    (*tx)->enter(backend.demo.netcare.value);
    CHECK((*tx)->execute("UPDATE users SET name = 'X'") == 2);
    CHECK((*tx)->execute("UPDATE assumptions SET change_count = 0") == 0);
    CHECK((*tx)->execute("DELETE FROM audit_events WHERE sequence > 0") > 0);
    REQUIRE((*tx)->finish().has_value());
    CHECK(backend.rows("SELECT COUNT(*) FROM users WHERE name <> 'X'")[0].number(0) == before - 2);
    CHECK(backend.audit_rows("token.generated") == 2);
}

PCC_POSTGRES_CASE("no row can be put into, or moved to, an organization that was not entered") {
    Backend backend;
    const auto& demo = backend.demo;
    const auto* insert =
        "INSERT INTO networks (organization_id, id, name, name_folded, search_text, created_at, "
        "updated_at) VALUES ($1, 'net_x', 'x', 'x', 'x', 1, 1)";
    CHECK(refused(*backend.store, demo.aurora.value, insert, {demo.netcare.value}));
    CHECK(refused(*backend.store, demo.aurora.value,
                  "UPDATE networks SET organization_id = $1 WHERE id = $2",
                  {demo.netcare.value, demo.lisbon.value}));
    CHECK_FALSE(refused(*backend.store, demo.netcare.value, insert, {demo.netcare.value}));
}

PCC_POSTGRES_CASE("a secret shows the one row that it belongs to") {
    Backend backend;
    live(backend);
    struct Found {
        const char* table;
        const char* key;
    };
    for (const auto& [table, key] :
         {Found{"sessions", "cookie_hash"}, Found{"users", "email_folded"}, {"tokens", "lookup"}}) {
        const auto sql = std::string("SELECT ") + key + " FROM " + table;
        const auto all = backend.rows(sql);
        auto tx = backend.store->read();
        (*tx)->show_keys({all[0].text(0)});
        const auto seen = (*tx)->query(sql);
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].text(0) == all[0].text(0));
        CHECK(all.size() > 1);
    }
}

PCC_POSTGRES_CASE("each table that names an organization is behind the wall, for its owner too") {
    Backend backend;
    const auto rows = backend.rows(
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' "
        "WHERE c.relkind = 'r' AND (c.relname = 'organizations' OR EXISTS (SELECT 1 FROM "
        "pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id'))");
    CHECK(rows.size() >= 13);
    for (const auto& row : rows) {
        INFO(row.text(0));
        CHECK(row.flag(1));
    }
}

PCC_POSTGRES_CASE("an account that sees past the wall is refused") {
    const Database database;
    auto url = database.url();
    url.replace(url.find("user=pcc"), 8, "user=pcc_super");
    const auto store = open_postgres_store(url, Instant{});
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().message.find("row level security") != std::string::npos);
}

PCC_POSTGRES_CASE("an account that owns no table and may make none serves as well") {
    Backend backend;
    backend.database.as_superuser(
        "DO $$ BEGIN CREATE ROLE pcc_guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END "
        "$$;"
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO pcc_guest");
    auto url = backend.database.url();
    url.replace(url.find("user=pcc"), 8, "user=pcc_guest");
    auto store = open_postgres_store(url, backend.now, {4, false});
    REQUIRE_MESSAGE(store.has_value(), store.error().message);
    backend.store = std::move(*store);
    live(backend);
    backend.store.reset();
    backend.database.as_superuser(
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pcc_guest; DROP OWNED BY pcc_guest");
}
