// Event streams: who hears what, what closes them, and the question whether one may go on.
#include <doctest/doctest.h>

#include "server/watch.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using server::Notice;
using server::Subscription;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

struct Case {
    Case()
        : ana(backend.sign_in("ana@aurora.example")),
          sam(backend.sign_in("sam@netcare.example")),
          made(backend.generate(ana)),
          acting(backend.assume(sam, made.token_id)) {}

    auto open(const Tab& tab) -> Subscription {
        const auto reply = backend.ask(tab, api::GetEvents{});
        REQUIRE(reply.response.status == 200);
        REQUIRE(reply.subscription.has_value());
        CHECK(header_of(reply, "Content-Type") == "text/event-stream");
        return *reply.subscription;
    }
    auto check(const Subscription& stream) -> std::string {
        const auto event = server::check_stream(stream, *backend.store, backend.now).last;
        return event ? event->name : std::string();
    }

    Backend backend;
    Tab ana, sam;
    api::GeneratedToken made;
    Tab acting;
};

auto heard(const Subscription& stream, const server::Reply& reply) -> std::vector<std::string> {
    std::vector<std::string> names;
    for (const auto& notice : reply.notices) {
        if (server::hears(stream, notice)) names.push_back(notice.event.name);
    }
    return names;
}

auto closed(const Subscription& stream, const server::Reply& reply) -> bool {
    for (const auto& notice : reply.notices) {
        if (server::hears(stream, notice) && server::closes(stream, notice)) return true;
    }
    return false;
}

using Names = std::vector<std::string>;

/// As the streams do once all of it was told.
void know(std::vector<server::Subscription>& streams, const server::Watch::Seen& seen) {
    for (auto& stream : streams) {
        server::Hearing hearing(stream.audit_length);
        const auto told = seen.told.find(stream.organization);
        if (told != seen.told.end()) hearing.heard_all(told->second);
        stream.audit_length = hearing.length();
    }
}

}  // namespace

TEST_CASE_FIXTURE(Case, "a stream is of its session, its organization, and its assumption") {
    const auto admin = open(ana);
    CHECK(admin.is_admin);
    CHECK(admin.organization == backend.demo.aurora);
    CHECK(admin.assumption.empty());
    CHECK(admin.ends_at == backend.now + hours{12});
    const auto engineer = open(acting);
    CHECK_FALSE(engineer.is_admin);
    CHECK(engineer.organization == backend.demo.netcare);
    CHECK(engineer.assumption == acting.assumption);
    CHECK(engineer.ends_at == backend.now + hours{2});
    CHECK_FALSE(open(backend.sign_in("gil@aurora.example")).is_admin);
}

TEST_CASE_FIXTURE(Case, "expiring is heard by the admins and by the engineer's tab, which closes") {
    const auto admin = open(ana);
    const auto engineer = open(acting);
    const auto engineer_at_home = open(sam);
    const auto guest = open(backend.sign_in("gil@aurora.example"));
    const auto reply = backend.ask(ana, api::ExpireToken{made.token.handle});
    CHECK(heard(admin, reply) == Names{"assumption.ended", "token.expired"});
    CHECK(heard(engineer, reply) == Names{"assumption.ended"});
    CHECK(heard(engineer_at_home, reply).empty());
    CHECK(heard(guest, reply).empty());
    CHECK(closed(engineer, reply));
    CHECK_FALSE(closed(admin, reply));
}

TEST_CASE_FIXTURE(Case, "deleting is heard the same way") {
    const auto admin = open(ana);
    const auto engineer = open(acting);
    const auto reply = backend.ask(ana, api::DeleteToken{made.token.handle});
    CHECK(heard(admin, reply) == Names{"assumption.ended", "token.deleted"});
    CHECK(heard(engineer, reply) == Names{"assumption.ended"});
}

TEST_CASE_FIXTURE(Case,
                  "generating and assuming are heard by the admins alone, and close nothing") {
    const auto admin = open(ana);
    const auto other_admin = open(sam);
    const auto generated = backend.ask(ana, api::PostToken{}, R"({"validity":"2h"})");
    CHECK(heard(admin, generated) == Names{"token.generated"});
    CHECK(heard(other_admin, generated).empty());
    const auto assumed =
        backend.ask(sam, api::PostAssumption{}, api::encode_token_id(made.token_id));
    CHECK(heard(admin, assumed) == Names{"assumption.started"});
    CHECK(heard(other_admin, assumed).empty());
    CHECK_FALSE(closed(admin, assumed));
}

TEST_CASE_FIXTURE(Case, "signing out closes all tabs of that session and no other") {
    const auto home = open(sam);
    const auto engineer = open(acting);
    const auto elsewhere = open(backend.sign_in("sam@netcare.example"));
    const auto reply = backend.ask(sam, api::DeleteSession{});
    CHECK(closed(home, reply));
    CHECK(closed(engineer, reply));
    CHECK_FALSE(closed(elsewhere, reply));
}

TEST_CASE("a notice to nobody is heard by nobody, and each condition counts") {
    Subscription stream;
    stream.session = SessionId("ses_a");
    stream.organization = OrganizationId("org_a");
    stream.assumption = AssumptionId("asm_a");
    CHECK_FALSE(server::hears(stream, Notice{}));
    Notice notice;
    notice.assumption = AssumptionId("asm_a");
    CHECK(server::hears(stream, notice));
    notice.session = SessionId("ses_b");
    CHECK_FALSE(server::hears(stream, notice));
    notice.session = SessionId("ses_a");
    notice.admins_of = OrganizationId("org_a");
    CHECK_FALSE(server::hears(stream, notice));
    stream.is_admin = true;
    CHECK(server::hears(stream, notice));
    stream.organization = OrganizationId("org_b");
    CHECK_FALSE(server::hears(stream, notice));
}

TEST_CASE_FIXTURE(Case, "a stream goes on as long as its session and its assumption live") {
    const auto home = open(sam);
    const auto engineer = open(acting);
    CHECK(check(home).empty());
    CHECK(check(engineer).empty());
    backend.ask(ana, api::ExpireToken{made.token.handle});
    CHECK(check(home).empty());
    const auto event = server::check_stream(engineer, *backend.store, backend.now).last;
    REQUIRE(event.has_value());
    CHECK(event->name == "assumption.ended");
    CHECK(event->assumption == acting.assumption);
    REQUIRE(event->ended_assumption.has_value());
    CHECK(event->ended_assumption->ended->by->name == "Ana Costa");
    backend.ask(sam, api::DeleteSession{});
    CHECK(check(home) == "session.ended");
    CHECK(check(engineer) == "session.ended");
}

TEST_CASE_FIXTURE(Case, "time alone closes a stream") {
    const auto engineer = open(acting);
    for (int i = 0; i < 5; ++i) {
        backend.wait(minutes{20});
        backend.ask(acting, api::GetNetworks{});
        CHECK(check(engineer).empty());
    }
    backend.wait(minutes{20});
    CHECK(check(engineer) == "assumption.ended");
    backend.wait(minutes{10});
    CHECK(check(engineer) == "session.ended");
}

TEST_CASE_FIXTURE(
    Case, "a stream of a disabled person closes, and of one who is no admin any more asks again") {
    const auto admin = open(ana);
    backend.change("UPDATE users SET role = 'guest' WHERE email = 'ana@aurora.example'");
    CHECK(check(admin) == "ping");
    backend.change("UPDATE users SET disabled_at = 1 WHERE email = 'ana@aurora.example'");
    CHECK(check(admin) == "session.ended");
}

TEST_CASE_FIXTURE(Case, "what was done on any server is seen once, and told to whom it concerns") {
    const auto admin = open(ana);
    const auto engineer = open(acting);
    std::vector streams{admin, engineer, open(sam)};
    server::Watch watch;
    REQUIRE(watch.look(streams, *backend.store, backend.now).has_value());
    backend.ask(ana, api::ExpireToken{made.token.handle});
    const auto seen = watch.look(streams, *backend.store, backend.now);
    CHECK(seen->moved == std::set{backend.demo.aurora});
    REQUIRE(seen->notices.size() == 2);
    CHECK(seen->notices[0].event.name == "token.expired");
    CHECK(seen->notices[0].event.token == made.token.handle);
    CHECK(seen->notices[1].event.name == "assumption.ended");
    REQUIRE(seen->notices[1].event.ended_assumption.has_value());
    CHECK(seen->notices[1].event.ended_assumption->ended->by->name == "Ana Costa");
    for (const auto& notice : seen->notices) {
        CHECK(server::hears(admin, notice));
        CHECK_FALSE(server::hears(engineer, notice));
    }
    know(streams, *seen);
    const auto again = watch.look(streams, *backend.store, backend.now);
    CHECK(again->moved.empty());
    CHECK(again->notices.empty());
}

TEST_CASE_FIXTURE(Case, "more than is read at one look is told at the next") {
    std::vector streams{open(ana)};
    server::Watch watch;
    REQUIRE(watch.look(streams, *backend.store, backend.now).has_value());
    for (int i = 0; i < 250; ++i)
        backend.generate(ana);
    std::set<std::string> told;
    for (int look = 0; look < 2; ++look) {
        const auto seen = watch.look(streams, *backend.store, backend.now);
        for (const auto& notice : seen->notices)
            CHECK(told.insert(notice.event.token.value).second);
        know(streams, *seen);
    }
    CHECK(told.size() == 250);
    CHECK(watch.look(streams, *backend.store, backend.now)->notices.empty());
}

TEST_CASE_FIXTURE(Case,
                  "what happened between a stream's opening and the first look is not missed") {
    const auto admin = open(ana);
    const auto engineer = open(acting);
    backend.ask(ana, api::ExpireToken{made.token.handle});
    for (const auto& streams : {std::vector{admin, engineer}, std::vector{engineer, admin}}) {
        server::Watch watch;
        const auto seen = watch.look(streams, *backend.store, backend.now);
        CHECK(seen->moved.count(backend.demo.aurora) == 1);
        CHECK(seen->notices.size() == 2);
    }
}

TEST_CASE_FIXTURE(
    Case, "whoever began to listen late is told what it missed, and nobody anything twice") {
    server::Watch watch;
    const auto early = open(ana);
    const auto late = open(ana);  // granted now, and listening only after what follows
    server::Hearing first(early.audit_length);
    const auto expired = backend.ask(ana, api::ExpireToken{made.token.handle});
    // Whoever did it tells those who listen.
    int told = 0;
    for (const auto& notice : expired.notices) {
        if (!server::hears(early, notice)) continue;
        CHECK_FALSE(first.knows(notice));
        first.hear(notice);
        ++told;
    }
    CHECK(told == 2);
    server::Hearing second(late.audit_length);
    const auto after = open(ana);  // knows of it already
    const server::Hearing third(after.audit_length);
    const auto seen = watch.look({early, late, after}, *backend.store, backend.now);
    REQUIRE(seen->notices.size() == 2);
    for (const auto& notice : seen->notices) {
        CHECK(first.knows(notice));
        CHECK_FALSE(second.knows(notice));
        CHECK(third.knows(notice));
    }
    const auto& part = seen->told.at(backend.demo.aurora);
    first.heard_all(part);
    second.heard_all(part);
    CHECK(first.length() == after.audit_length);
    CHECK(second.length() == after.audit_length);
    // One that was granted before all that was looked at now waits for the next look.
    server::Hearing older(part.since - 1);
    older.heard_all(part);
    CHECK(older.length() == part.since - 1);
}

TEST_CASE_FIXTURE(
    Case, "acts of one request are told apart, and the same one is the same whoever tells it") {
    const auto other = backend.assume(backend.sign_in("eva@netcare.example"), made.token_id);
    const auto admin = open(ana);
    const auto expired = backend.ask(ana, api::ExpireToken{made.token.handle});
    std::set<std::string> at_once;
    for (const auto& notice : expired.notices)
        if (server::hears(admin, notice)) CHECK(at_once.insert(notice.act).second);
    std::set<std::string> on_record;
    server::Watch watch;
    const auto seen = watch.look({admin}, *backend.store, backend.now);
    for (const auto& notice : seen->notices)
        CHECK(on_record.insert(notice.act).second);
    CHECK(at_once.size() == 3);
    CHECK(at_once == on_record);
    const auto fresh = backend.generate(ana);
    const auto next = open(ana);
    const auto assumed =
        backend.ask(sam, api::PostAssumption{}, api::encode_token_id(fresh.token_id));
    REQUIRE(assumed.response.status == 201);
    REQUIRE(assumed.notices.size() == 1);
    const auto looked = watch.look({next}, *backend.store, backend.now);
    REQUIRE(looked->notices.size() == 1);
    CHECK(looked->notices[0].act == assumed.notices[0].act);
}

TEST_CASE_FIXTURE(Case, "a stream stands until the next thing that time alone ends, and is asked") {
    const auto engineer = open(acting);
    const auto standing = [&] {
        return server::check_stream(engineer, *backend.store, backend.now).good_until;
    };
    CHECK(standing() == backend.now + std::chrono::seconds{15});
    backend.wait(minutes{29} + std::chrono::seconds{55});
    CHECK(standing() == backend.now + std::chrono::seconds{5});
}
