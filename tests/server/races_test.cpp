// Requests that meet in the same instant, on threads of their own.
#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;

namespace {

/// Asks from any thread: nothing of the backend is changed but its store.
class Client {
  public:
    Client(Backend& backend, Tab tab) : backend_(backend), tab_(std::move(tab)) {}

    auto ask(const api::Endpoint& endpoint, std::string body = {}, const std::string& key = {})
        -> server::Reply {
        api::HttpRequest request{api::endpoint_method(endpoint),
                                 api::endpoint_target(endpoint),
                                 {{"Cookie", tab_.cookie}, {"X-PCC-CSRF", tab_.csrf}},
                                 std::move(body)};
        if (!request.body.empty()) request.headers.emplace_back("Content-Type", "application/json");
        if (!key.empty()) request.headers.emplace_back("Idempotency-Key", key);
        if (!tab_.assumption.empty()) {
            request.headers.emplace_back("PCC-Assumption", tab_.assumption.value);
        }
        const server::World world{backend_.now, random_, backend_.passwords, backend_.keys, false};
        return server::handle({request, "192.0.2.7", "req_x"}, *backend_.store, world);
    }

  private:
    Backend& backend_;
    Tab tab_;
    server::SystemRandom random_;
};

template <class Work>
void at_once(int threads, Work work) {
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i)
        all.emplace_back([&work, i] { work(i); });
    for (auto& thread : all)
        thread.join();
}

}  // namespace

TEST_CASE(
    "no write of an engineer is kept after the end was, nor served after it was acknowledged") {
    for (int round = 0; round < 15; ++round) {
        Backend backend;
        const auto ana = backend.sign_in("ana@aurora.example");
        const auto made = backend.generate(ana);
        const auto tab = backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
        std::atomic<bool> acknowledged{false};
        std::atomic<int> writes{0};
        std::atomic<int> served_after{0};
        const auto work = [&](int who) {
            Client engineer(backend, tab);
            for (int i = 0; i < 400; ++i) {
                const bool over = acknowledged.load();
                const auto name = std::to_string(who) + " " + std::to_string(i);
                const auto status = engineer
                                        .ask(api::PatchNetwork{backend.demo.porto},
                                             api::encode_change_network({name, {}}))
                                        .response.status;
                if (status == 200) ++writes;
                if (status == 200 && over) ++served_after;
                if (over) return;
            }
        };
        std::thread admin([&] {
            while (writes.load() < 5)
                std::this_thread::yield();
            Client(backend, ana).ask(api::ExpireToken{made.token.handle});
            acknowledged = true;
        });
        at_once(3, work);
        admin.join();
        CHECK(served_after == 0);
        const auto late = backend.rows(
            "SELECT COUNT(*) FROM audit_events w JOIN audit_events e "
            "ON e.organization_id = w.organization_id AND e.action = 'token.expired' "
            "WHERE w.action = 'network.updated' AND w.sequence > e.sequence");
        CHECK(late[0].number(0) == 0);
        CHECK(backend.audit_rows("network.updated") == writes);
    }
}

TEST_CASE("no write of an engineer is kept after an admin ended their access") {
    for (int round = 0; round < 10; ++round) {
        Backend backend;
        const auto ana = backend.sign_in("ana@aurora.example");
        const auto made = backend.generate(ana);
        const auto tab = backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
        std::atomic<int> writes{0};
        std::thread admin([&] {
            while (writes.load() < 5)
                std::this_thread::yield();
            Client(backend, ana).ask(api::DeleteAssumption{tab.assumption});
        });
        at_once(3, [&](int who) {
            Client engineer(backend, tab);
            for (int i = 0; i < 400; ++i) {
                const auto name = std::to_string(who) + " " + std::to_string(i);
                const auto body = api::encode_change_network({name, {}});
                const auto reply = engineer.ask(api::PatchNetwork{backend.demo.porto}, body);
                if (reply.response.status == 410) return;
                ++writes;
            }
        });
        admin.join();
        const auto late = backend.rows(
            "SELECT COUNT(*) FROM audit_events w JOIN audit_events e "
            "ON e.organization_id = w.organization_id AND e.action = 'assumption.ended' "
            "WHERE w.action = 'network.updated' AND w.sequence > e.sequence");
        CHECK(late[0].number(0) == 0);
        CHECK(backend.audit_rows("assumption.ended") == 1);
        CHECK(backend.audit_rows("network.updated") == writes);
    }
}

TEST_CASE("a create retried from many places at once makes one token") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    std::atomic<int> made{0};
    at_once(8, [&](int) {
        Client client(backend, ana);
        const auto reply = client.ask(api::PostToken{}, R"({"validity":"2h"})", "0123456789abcdef");
        if (reply.response.status == 201) ++made;
    });
    CHECK(made == 8);
    CHECK(backend.audit_rows("token.generated") == 1);
    CHECK(backend.rows("SELECT COUNT(*) FROM tokens")[0].number(0) == 1);
}

TEST_CASE("expired and deleted from many places at once, a token ends once") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
    at_once(8, [&](int who) {
        Client client(backend, ana);
        if (who % 2 == 0) {
            client.ask(api::ExpireToken{made.token.handle});
        } else {
            client.ask(api::DeleteToken{made.token.handle});
        }
    });
    CHECK(backend.audit_rows("token.deleted") == 1);
    CHECK(backend.audit_rows("token.expired") <= 1);
    CHECK(backend.audit_rows("assumption.ended") == 1);
}

TEST_CASE("many wrong passwords at once are all counted") {
    Backend backend;
    std::atomic<int> wrong{0};
    std::atomic<int> blocked{0};
    at_once(16, [&](int) {
        Client client(backend, {});
        const auto status =
            client
                .ask(api::PostSession{},
                     api::encode_sign_in({"ana@aurora.example", Secret("wrong wrong wrong")}))
                .response.status;
        if (status == 401) ++wrong;
        if (status == 429) ++blocked;
    });
    CHECK(wrong == 10);
    CHECK(blocked == 6);
}
