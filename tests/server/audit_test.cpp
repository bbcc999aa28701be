// The audit: one row for each act, with who did it for whom, in a chain that shows any change.
#include <functional>

#include <doctest/doctest.h>

#include "server/audit/verify.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using std::chrono::minutes;

namespace {

auto page_of(Backend& backend, const Tab& tab, const api::AuditQuery& query = {})
    -> api::Page<api::AuditEvent> {
    const auto reply = backend.ask(tab, api::GetAudit{query});
    REQUIRE(reply.response.status == 200);
    return *api::decode_audit(reply.response.body);
}

auto broken_link(Backend& backend) -> std::optional<long long> {
    const auto tx = look(*backend.store);
    const auto broken = server::find_broken_link(*tx, backend.keys, backend.demo.aurora);
    REQUIRE(tx->finish().has_value());
    if (!broken) return std::nullopt;
    return broken->sequence;
}

/// One of each act that an admin and an engineer can do.
void do_everything(Backend& backend) {
    const auto& demo = backend.demo;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    backend.ask(ana, api::RevealToken{made.token.handle});
    backend.ask(tab, api::PatchNetwork{demo.porto}, R"({"name":"Porto Two"})");
    backend.ask(tab, api::PatchSsid{demo.porto, demo.porto_guests}, R"({"enabled":false})");
    backend.ask(tab, api::RestartAccessPoint{demo.porto_ap});
    backend.ask(tab, api::DeleteAssumption{tab.assumption});
    backend.ask(ana, api::ExpireToken{made.token.handle});
    backend.ask(ana, api::DeleteToken{made.token.handle});
    backend.ask(ana, api::PatchOrganization{}, R"({"name":"Aurora"})");
    backend.try_sign_in("ana@aurora.example", "wrong");
    backend.ask(ana, api::DeleteSession{});
}

}  // namespace

TEST_CASE("each act leaves exactly one row, in the audit of the organization it was done to") {
    Backend backend;
    do_everything(backend);
    const char* acts[] = {"token.generated",      "token.revealed",     "token.expired",
                          "token.deleted",        "assumption.started", "assumption.ended",
                          "network.updated",      "ssid.updated",       "access_point.restarted",
                          "organization.renamed", "session.failed",     "session.ended"};
    for (const auto* act : acts) {
        INFO(act);
        CHECK(backend.audit_rows(act) == 1);
        const auto sql =
            "SELECT COUNT(*) FROM audit_events WHERE action = $1 "
            "AND organization_id = $2";
        CHECK(backend.rows(sql, {act, backend.demo.aurora.value})[0].number(0) == 1);
    }
    CHECK(backend.audit_rows("session.started") == 2);
}

TEST_CASE("an act under an assumption names the engineer, the client and the assumption") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
    backend.ask(tab, api::PatchNetwork{backend.demo.porto}, R"({"name":"Porto Two"})");
    api::AuditQuery query;
    query.action = "network.updated";
    const auto page = page_of(backend, ana, query);
    REQUIRE(page.items.size() == 1);
    const auto& event = page.items[0];
    CHECK(event.actor.name == "Sam Ortiz");
    CHECK(event.actor.organization == "NetCare");
    CHECK(event.on_behalf_of == "Aurora Hotels");
    CHECK(event.assumption == tab.assumption);
    CHECK(event.target == backend.demo.porto.value);
    CHECK(event.summary == "Renamed Aurora Porto to Porto Two");
    CHECK(event.ip == "192.0.2.7");
    CHECK(event.request_id.find("req_") == 0);
    CHECK(event.at == backend.now);
}

TEST_CASE("one's own acts are on nobody's behalf") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    backend.generate(ana);
    for (const auto& event : page_of(backend, ana).items) {
        CHECK(event.on_behalf_of.empty());
        CHECK(event.assumption.empty());
    }
}

TEST_CASE("a refused request leaves no row") {
    Backend backend;
    const auto gil = backend.sign_in("gil@aurora.example");
    const auto before = backend.audit_rows();
    backend.ask(gil, api::PostToken{}, R"({"validity":"2h"})");
    backend.ask(gil, api::PatchNetwork{backend.demo.porto}, R"({"name":"x"})");
    backend.ask(gil, api::GetAudit{});
    CHECK(backend.audit_rows() == before);
}

TEST_CASE("the list is newest first, in pages, and filtered by action, actor, token and time") {
    Backend backend;
    const auto start = backend.now;
    do_everything(backend);
    backend.wait(minutes{10});
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto all = page_of(backend, ana);
    CHECK(all.total == static_cast<long long>(all.items.size()));
    CHECK(all.items.front().action == "session.started");
    CHECK(all.items.back().action == "organization.created");
    const auto total = [&](const std::function<void(api::AuditQuery&)>& set) {
        api::AuditQuery query;
        set(query);
        const auto whole = page_of(backend, ana, query).total;
        query.limit = 1;  // counted otherwise where it is no whole list
        CHECK(page_of(backend, ana, query).total == whole);
        return whole;
    };
    CHECK(total([](auto&) {}) == all.total);
    CHECK(total([](auto& q) { q.action = "token."; }) == 4);
    CHECK(total([](auto& q) { q.action = "token.revealed"; }) == 1);
    CHECK(total([](auto& q) { q.action = "token"; }) == 0);
    CHECK(total([](auto& q) { q.action = "token.revealed,token."; }) == 4);
    CHECK(total([](auto& q) { q.action = "token.revealed,,nothing"; }) == 1);
    CHECK(total([](auto& q) { q.action = ","; }) == 0);
    CHECK(total([](auto& q) { q.actor = "ORTIZ"; }) == 5);
    CHECK(total([](auto& q) { q.actor = "%"; }) == 0);
    const auto sam = backend.rows("SELECT id FROM users WHERE name = 'Sam Ortiz'")[0].text(0);
    CHECK(total([&](auto& q) { q.actor = sam; }) == 5);
    const auto token = backend.rows("SELECT id FROM tokens")[0].text(0);
    CHECK(total([&](auto& q) { q.token = token; }) == 9);
    const auto later = format_rfc3339(start + minutes{1});
    CHECK(total([&](auto& q) { q.from = later; }) == 1);
    CHECK(total([&](auto& q) { q.to = later; }) == all.total - 1);
    api::AuditQuery query;
    query.limit = 5;
    long long seen = 0;
    do {
        const auto page = page_of(backend, ana, query);
        for (const auto& event : page.items) {
            CHECK(event.hash == all.items[static_cast<std::size_t>(seen++)].hash);
        }
        query.cursor = page.next;
    } while (!query.cursor.empty());
    CHECK(seen == all.total);
}

TEST_CASE("the chain is whole after everything was done, and each link follows on the one before") {
    Backend backend;
    do_everything(backend);
    CHECK_FALSE(broken_link(backend).has_value());
    backend.wait(minutes{1});
    const auto page = page_of(backend, backend.sign_in("ana@aurora.example"));
    for (std::size_t i = 0; i + 1 < page.items.size(); ++i) {
        CHECK(page.items[i].prev_hash == page.items[i + 1].hash);
    }
    CHECK(page.items.back().prev_hash == std::string(64, '0'));
}

TEST_CASE("any change to any row breaks the chain there") {
    Backend backend;
    do_everything(backend);
    const char* columns[] = {"id",
                             "at",
                             "actor_id",
                             "actor_name",
                             "actor_organization",
                             "on_behalf_of",
                             "assumption_id",
                             "token_id",
                             "action",
                             "target",
                             "summary",
                             "request_id",
                             "ip",
                             "prev_hash",
                             "hash"};
    const auto& org = backend.demo.aurora.value;
    for (const std::string column : columns) {
        for (const long long sequence : {1, 4, 9}) {
            const server::Values where{org, sequence};
            const auto old = backend.rows("SELECT " + column +
                                              " FROM audit_events "
                                              "WHERE organization_id = $1 AND sequence = $2",
                                          where)[0];
            const bool number = column == "at";
            const std::string set = "UPDATE audit_events SET " + column +
                                    " = $3 WHERE organization_id = $1 AND sequence = $2";
            if (number) {
                backend.change(set, {org, sequence, old.number(0) + 1});
            } else {
                backend.change(set, {org, sequence, old.text(0) + "x"});
            }
            INFO(column << " of " << sequence);
            CHECK(broken_link(backend) == sequence);
            if (number) {
                backend.change(set, {org, sequence, old.number(0)});
            } else {
                backend.change(set, {org, sequence, old.text(0)});
            }
            CHECK_FALSE(broken_link(backend).has_value());
        }
    }
}

TEST_CASE("a row taken out of the chain, also the last one, is missed") {
    Backend backend;
    do_everything(backend);
    const auto last = backend
                          .rows(
                              "SELECT MAX(sequence) FROM audit_events "
                              "WHERE organization_id = $1",
                              {backend.demo.aurora.value})[0]
                          .number(0);
    backend.change("DELETE FROM audit_events WHERE organization_id = $1 AND sequence = $2",
                   {backend.demo.aurora.value, last});
    CHECK(broken_link(backend) == last);
    backend.change("DELETE FROM audit_events WHERE organization_id = $1 AND sequence = 3",
                   {backend.demo.aurora.value});
    CHECK(broken_link(backend) == 3);
}
