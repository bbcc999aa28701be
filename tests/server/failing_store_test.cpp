// A store that fails, at each statement in turn: the request is refused and nothing is granted.
#include <functional>

#include <doctest/doctest.h>

#include "tests/server/backend.hpp"
#include "tests/server/wrapped.hpp"

using namespace pcc;
using namespace pcc::test;
using server::Rows;
using server::Store;
using server::StoreError;
using server::Transaction;

namespace {

/// How many statements, begins and commits succeed before one fails; those after it succeed again,
/// so that a failure which was passed over shows in what was kept.
struct Budget {
    int left = 1'000'000;
    bool spent = false;
    auto spend() -> bool {
        if (left-- != 0) return true;
        spent = true;
        return false;
    }
};

auto broken_disk() -> tl::unexpected<StoreError> {
    return failed(StoreError{StoreError::Kind::Unavailable, "The disk is gone."});
}

class FailingTransaction final : public WrappedTransaction {
  public:
    FailingTransaction(std::unique_ptr<Transaction> inner, Budget& budget)
        : WrappedTransaction(std::move(inner)), budget_(budget) {}

  protected:
    auto run(std::string_view sql, server::ValuesView values, Rows* rows)
        -> Result<long long, StoreError> override {
        if (!budget_.spend()) return broken_disk();
        return WrappedTransaction::run(sql, values, rows);
    }
    auto commit() -> Result<void, StoreError> override {
        if (!budget_.spend()) return broken_disk();
        return WrappedTransaction::commit();
    }

  private:
    Budget& budget_;
};

class FailingStore final : public WrappedStore {
  public:
    FailingStore(Store& inner, Budget& budget) : WrappedStore(inner), budget_(budget) {}

  private:
    auto wrap(Began inner, bool) -> Began override {
        if (!inner) return inner;
        if (!budget_.spend()) return broken_disk();
        return std::make_unique<FailingTransaction>(std::move(*inner), budget_);
    }
    Budget& budget_;
};

struct Step {
    const char* name;
    std::function<api::HttpRequest(Backend&)> prepare;
    int status = 200;  // or another one below 300, where nothing fails
};

auto request_of(const Tab& tab, const api::Endpoint& endpoint, std::string body = {})
    -> api::HttpRequest {
    api::HttpRequest request{api::endpoint_method(endpoint),
                             api::endpoint_target(endpoint),
                             {{"Cookie", tab.cookie}, {"X-PCC-CSRF", tab.csrf}},
                             std::move(body)};
    if (!request.body.empty()) request.headers.emplace_back("Content-Type", "application/json");
    if (!tab.assumption.empty())
        request.headers.emplace_back("PCC-Assumption", tab.assumption.value);
    return request;
}

auto steps() -> std::vector<Step> {
    const auto acting = [](Backend& b) {
        const auto made = b.generate(b.sign_in("ana@aurora.example"));
        return b.assume(b.sign_in("sam@netcare.example"), made.token_id);
    };
    return {
        {"sign in",
         [](Backend&) {
             return request_of({}, api::PostSession{},
                               api::encode_sign_in({"ana@aurora.example", Secret(password)}));
         }},
        {"read as a client", [=](Backend& b) { return request_of(acting(b), api::GetNetworks{}); }},
        {"change for a client",
         [=](Backend& b) {
             return request_of(acting(b), api::PatchNetwork{b.demo.porto}, R"({"name":"New"})");
         }},
        {"generate",
         [](Backend& b) {
             return request_of(b.sign_in("ana@aurora.example"), api::PostToken{},
                               R"({"validity":"2h"})");
         }},
        {"reveal",
         [](Backend& b) {
             const auto ana = b.sign_in("ana@aurora.example");
             return request_of(ana, api::RevealToken{b.generate(ana).token.handle});
         }},
        {"assume",
         [](Backend& b) {
             const auto made = b.generate(b.sign_in("ana@aurora.example"));
             return request_of(b.sign_in("sam@netcare.example"), api::PostAssumption{},
                               api::encode_token_id(made.token_id));
         }},
        {"expire under use",
         [](Backend& b) {
             const auto ana = b.sign_in("ana@aurora.example");
             const auto made = b.generate(ana);
             b.assume(b.sign_in("sam@netcare.example"), made.token_id);
             return request_of(ana, api::ExpireToken{made.token.handle});
         }},
        {"events", [=](Backend& b) { return request_of(acting(b), api::GetEvents{}); }},
    };
}

/// The acts that the audit names beside those above: none of them is done unwritten.
auto audited_steps() -> std::vector<Step> {
    const auto acting = [](Backend& b) {
        const auto made = b.generate(b.sign_in("ana@aurora.example"));
        return b.assume(b.sign_in("sam@netcare.example"), made.token_id);
    };
    return {
        {"delete under use",
         [](Backend& b) {
             const auto ana = b.sign_in("ana@aurora.example");
             const auto made = b.generate(ana);
             b.assume(b.sign_in("sam@netcare.example"), made.token_id);
             return request_of(ana, api::DeleteToken{made.token.handle});
         }},
        {"sign out while acting",
         [=](Backend& b) { return request_of(acting(b), api::DeleteSession{}); }},
        {"go back",
         [=](Backend& b) {
             const auto tab = acting(b);
             return request_of(tab, api::DeleteAssumption{tab.assumption});
         }},
        {"end another's access",
         [=](Backend& b) {
             const auto tab = acting(b);
             return request_of(b.sign_in("ana@aurora.example"),
                               api::DeleteAssumption{tab.assumption});
         }},
        {"rename the organization",
         [](Backend& b) {
             return request_of(b.sign_in("ana@aurora.example"), api::PatchOrganization{},
                               R"({"name":"Aurora"})");
         }},
        {"change an SSID for a client",
         [=](Backend& b) {
             return request_of(acting(b), api::PatchSsid{b.demo.porto, b.demo.porto_guests},
                               R"({"enabled":false})");
         }},
        {"restart an access point",
         [=](Backend& b) {
             return request_of(acting(b), api::RestartAccessPoint{b.demo.porto_ap});
         }},
        {"a wrong password",
         [](Backend&) {
             return request_of({}, api::PostSession{},
                               api::encode_sign_in({"ana@aurora.example", Secret("wrong")}));
         },
         401},
        {"a wrong password for a Token ID",
         [](Backend& b) {
             const auto ana = b.sign_in("ana@aurora.example");
             const auto made = b.generate(ana);
             b.wait(std::chrono::minutes{6});
             return request_of(ana, api::RevealToken{made.token.handle},
                               R"({"password":"not my password at all"})");
         },
         403},
    };
}

void check_each_failure(const std::vector<Step>& all) {
    for (const auto& step : all) {
        Backend backend;
        const auto request = step.prepare(backend);
        const auto before = backend.state();
        int failures = 0;
        for (int good = 0;; ++good) {
            // Each sign-in that got that far was counted as a failure, as it should be.
            backend.change("DELETE FROM throttles");
            Budget budget{good, false};
            FailingStore failing(*backend.store, budget);
            const auto reply =
                server::handle({request, "192.0.2.7", "req_x"}, failing, backend.world());
            INFO(step.name << " after " << good << " good steps");
            if (!budget.spent) {
                CHECK((step.status == 200 ? reply.response.status < 300
                                          : reply.response.status == step.status));
                break;
            }
            // Noting that a session is in use comes after the answer is found, and may fail.
            if (reply.response.status < 300) continue;
            ++failures;
            CHECK(reply.response.status == 503);
            CHECK(code_of(reply) == "unavailable");
            CHECK(header_of(reply, "Retry-After") == "1");
            CHECK(reply.notices.empty());
            CHECK_FALSE(reply.subscription.has_value());
            CHECK(header_of(reply, "Set-Cookie").empty());
            CHECK(backend.state() == before);
        }
        CHECK(failures >= 5);
    }
}

}  // namespace

TEST_CASE("wherever the store fails, the answer is 503, nothing is granted and nothing half done") {
    check_each_failure(steps());
}

TEST_CASE("no act is done whose row of the audit cannot be written") {
    check_each_failure(audited_steps());
}

TEST_CASE("a stream whose database does not answer is closed, to ask again") {
    Backend backend;
    const auto reply = backend.ask(backend.sign_in("ana@aurora.example"), api::GetEvents{});
    for (int good = 0; good < 5; ++good) {
        Budget budget{good, false};
        FailingStore failing(*backend.store, budget);
        const auto event = server::check_stream(*reply.subscription, failing, backend.now).last;
        if (!budget.spent) continue;
        REQUIRE(event.has_value());
        CHECK(event->name == "ping");
    }
}
