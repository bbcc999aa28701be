// The checkpoints of the audit: when they are made, and what they tell of a chain that was
// rewritten.
#include <atomic>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>

#include "server/audit/checkpointing.hpp"
#include "server/audit/kept_checkpoints.hpp"
#include "tests/server/audited.hpp"

using namespace pcc;
using namespace pcc::test;
using server::LinkFault;
using std::chrono::seconds;

namespace {

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
