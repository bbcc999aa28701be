// A PostgreSQL whose commits wait for a standby: what only one of the two has is never
// acknowledged. On PostgreSQL alone; the standby is a name that nobody answers to.
#include <functional>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "server/store/postgres_connection.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::server;
using namespace pcc::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// From here on each commit waits for a standby that is not there, until this goes.
class MissingStandby {
  public:
    explicit MissingStandby(const Database& database) : database_(database) { set("'nobody'"); }
    ~MissingStandby() { set("''"); }
    MissingStandby(const MissingStandby&) = delete;
    auto operator=(const MissingStandby&) -> MissingStandby& = delete;

  private:
    void set(const std::string& names) const {
        database_.as_superuser("ALTER SYSTEM SET synchronous_standby_names = " + names);
        database_.as_superuser("SELECT pg_reload_conf()");
        database_.as_superuser("SELECT pg_sleep(0.2)");
    }
    const Database& database_;
};

auto names(Backend& backend) -> long long {
    return backend.rows("SELECT COUNT(*) FROM organizations WHERE name = 'X'")[0].number(0);
}

}  // namespace

PCC_POSTGRES_CASE("a commit that the standby does not have is neither acknowledged nor seen") {
    Backend backend;
    const auto tx = change(*backend.store);
    {
        const MissingStandby missing(backend.database);
        CHECK(tx->execute("UPDATE organizations SET name = 'X'") == 2);
        const auto finished = tx->finish();
        REQUIRE_FALSE(finished.has_value());
        CHECK(finished.error().kind == StoreError::Kind::Unavailable);
        CHECK(names(backend) == 0);
    }
    // It was waiting all the while: a commit of which nobody knew what came of it.
    for (int i = 0; i < 100 && names(backend) == 0; ++i)
        std::this_thread::sleep_for(milliseconds{50});
    CHECK(names(backend) == 2);
}

PCC_POSTGRES_CASE(
    "who reads does not wait for the standby, nor does noting that somebody was there") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    backend.wait(std::chrono::minutes{2});
    std::vector<std::function<void()>> left;
    const api::HttpRequest request{
        api::Method::Get, "/api/v1/networks", {{"Cookie", ana.cookie}}, {}};
    server::Arrival arrival{request, "192.0.2.7", "req_x"};
    arrival.afterwards = [&left](std::function<void()> job) { left.push_back(std::move(job)); };
    const auto seen = [&] {
        return backend.rows("SELECT MAX(last_seen_at) FROM sessions")[0].instant(0);
    };
    const auto before = seen();
    {
        const MissingStandby missing(backend.database);
        const auto began = std::chrono::steady_clock::now();
        const auto reply = server::handle(arrival, *backend.store, backend.world());
        CHECK(reply.response.status == 200);
        CHECK(std::chrono::steady_clock::now() - began < seconds{4});
    }
    CHECK(seen() == before);
    REQUIRE(left.size() == 1);
    left[0]();
    CHECK(seen() > before);
}

PCC_POSTGRES_CASE("a wait for the standby that somebody else ended is no acknowledgement") {
    Backend backend;
    const MissingStandby missing(backend.database);
    const auto began = std::chrono::steady_clock::now();
    auto tx = change(*backend.store);
    tx->execute("UPDATE organizations SET name = 'X'");
    std::thread operator_([&] {
        for (int i = 0; i < 60 && names(backend) == 0; ++i) {
            backend.database.as_superuser(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
            std::this_thread::sleep_for(milliseconds{50});
        }
    });
    const auto finished = tx->finish();
    operator_.join();
    CHECK_FALSE(finished.has_value());
    CHECK(std::chrono::steady_clock::now() - began < seconds{6});
}

PCC_POSTGRES_CASE("a server that takes no writes is passed by, whatever it would show") {
    Backend backend;
    backend.database.as_superuser("ALTER ROLE pcc SET default_transaction_read_only = on");
    const auto store = open_postgres_store(backend.database.url(), backend.now);
    backend.database.as_superuser("ALTER ROLE pcc RESET default_transaction_read_only");
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().message.find("read-only") != std::string::npos);
    CHECK(open_postgres_store(backend.database.url(), backend.now).has_value());
}
