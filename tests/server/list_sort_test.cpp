// Every order of every list: read page by page it is whole, and one way is the other way round.
// Layer: tests.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "core/api/text.hpp"
#include "tests/server/assuming.hpp"

using namespace pcc;
using namespace pcc::test;
using api::ListSort;
using std::chrono::minutes;

namespace {

/// Reads a list to its end, a few rows at a time.
template <class Call, class Decode>
auto read_all(Backend& backend, const Tab& tab, Call call, ListSort sort, int limit, Decode decode)
    -> decltype(decode(std::string())->items) {
    decltype(decode(std::string())->items) all;
    call.query.sort = sort;
    call.query.limit = limit;
    do {
        const auto reply = backend.ask(tab, call);
        REQUIRE(reply.response.status == 200);
        const auto page = decode(reply.response.body);
        REQUIRE(page.has_value());
        REQUIRE(page->items.size() <= static_cast<std::size_t>(limit));
        all.insert(all.end(), page->items.begin(), page->items.end());
        call.query.cursor = page->next;
        REQUIRE(all.size() <= 100);
    } while (!call.query.cursor.empty());
    return all;
}

template <class T>
auto ids_of(const std::vector<T>& rows) -> std::vector<std::string> {
    std::vector<std::string> ids;
    for (const auto& row : rows)
        ids.push_back(row.id.value);
    return ids;
}

/// Both ways by pages of 2 and of 100; `key` is what `up` goes by, where equal keys are many.
template <class Call, class Decode, class KeyOf>
void check_order(Backend& backend, const Tab& tab, const Call& call, ListSort up, ListSort down,
                 Decode decode, KeyOf key) {
    CAPTURE(api::sort_name(up));
    const auto rows = read_all(backend, tab, call, up, 2, decode);
    REQUIRE(rows.size() > 4);
    for (std::size_t i = 1; i < rows.size(); ++i)
        CHECK(key(rows[i - 1]) <= key(rows[i]));
    auto ids = ids_of(rows);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
    CHECK(ids_of(read_all(backend, tab, call, up, 100, decode)) == ids);
    std::reverse(ids.begin(), ids.end());
    CHECK(ids_of(read_all(backend, tab, call, down, 2, decode)) == ids);
    CHECK(ids_of(read_all(backend, tab, call, down, 100, decode)) == ids);
}

}  // namespace

TEST_CASE_FIXTURE(AssumeCase, "networks by name, access points, offline ones and clients") {
    for (int i = 0; i < 8; ++i) {
        const auto site =
            server::add_network(*backend.store, backend.world(),
                                {backend.demo.aurora, i % 2 == 0 ? "Same" : "same Nr. 2", {}});
        REQUIRE(site.has_value());
        for (int point = 0; point < i % 3; ++point) {
            REQUIRE(server::add_access_point(
                *backend.store, backend.world(),
                {backend.demo.aurora, *site, "AP", "PX-2", "02:00:00:00:00:0" + std::to_string(i),
                 (i + point) % 2 == 0, i / 2}));
        }
    }
    const api::GetNetworks call{{{}, 100, {}, ListSort::AToZ}};
    const auto decode = &api::decode_networks;
    check_order(backend, ana, call, ListSort::AToZ, ListSort::ZToA, decode,
                [](const auto& site) { return api::fold_case(site.name); });
    check_order(backend, ana, call, ListSort::FewestAccessPoints, ListSort::MostAccessPoints,
                decode, [](const auto& site) { return site.access_point_count; });
    check_order(
        backend, ana, call, ListSort::FewestOffline, ListSort::MostOffline, decode,
        [](const auto& site) { return site.access_point_count - site.access_points_online; });
    check_order(backend, ana, call, ListSort::FewestClients, ListSort::MostClients, decode,
                [](const auto& site) { return site.client_count; });
}

TEST_CASE_FIXTURE(AssumeCase, "assumptions by engineer, start and end, live ones and ended ones") {
    const auto eva = backend.sign_in("eva@netcare.example");
    const auto made = backend.generate(ana, access::Validity::of_hours(8));
    const auto shorter = backend.generate(ana);
    for (int i = 0; i < 12; ++i) {
        const auto& who = i % 2 == 0 ? eva : sam;
        const auto tab = backend.assume(who, (i % 3 == 0 ? shorter : made).token_id);
        if (i % 4 >= 2) backend.ask(tab, api::DeleteAssumption{tab.assumption});
        if (i % 3 == 1) backend.wait(minutes{1});
    }
    const auto decode = &api::decode_assumptions;
    const auto name = [](const auto& row) { return api::fold_case(row.engineer.name); };
    const auto start = [](const auto& row) { return row.started_at; };
    const auto check = [&](api::AssumptionListState state) {
        const api::GetAssumptions call{{state, 100, {}, ListSort::Newest}};
        const bool live = state == api::AssumptionListState::Live;
        check_order(backend, ana, call, ListSort::AToZ, ListSort::ZToA, decode, name);
        check_order(backend, ana, call, ListSort::Oldest, ListSort::Newest, decode, start);
        check_order(backend, ana, call, ListSort::EndsFirst, ListSort::EndsLast, decode,
                    [&](const auto& row) {
                        return live ? row.ends_at : access::end_of(row, backend.now)->at;
                    });
    };
    check(api::AssumptionListState::Live);
    check(api::AssumptionListState::Ended);
    // Ended by the end of a session, by being idle, and by time: none of it is written anywhere.
    backend.ask(eva, api::DeleteSession{});
    backend.wait(minutes{29});
    backend.ask(ana, api::GetSession{});
    backend.wait(minutes{29});
    backend.ask(ana, api::GetSession{});
    check(api::AssumptionListState::Ended);
}

TEST_CASE_FIXTURE(AssumeCase,
                  "an admin sees each assumption once, from whichever side, and all are counted") {
    const auto here = backend.generate(ana);
    const auto there = backend.generate(sam);
    const auto eva = backend.sign_in("eva@netcare.example");
    backend.assume(sam, here.token_id);
    backend.assume(eva, here.token_id);
    backend.assume(ana, there.token_id);
    const auto count = [&](const Tab& tab, api::AssumptionListState state) {
        const api::GetAssumptions call{{state, 100, {}, ListSort::Newest}};
        const auto rows =
            read_all(backend, tab, call, ListSort::Newest, 1, &api::decode_assumptions);
        const auto ids = ids_of(rows);
        CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
        auto first = call;
        first.query.limit = 1;
        const auto page = api::decode_assumptions(backend.ask(tab, first).response.body);
        REQUIRE(page.has_value());
        CHECK(page->total == static_cast<long long>(ids.size()));
        return ids.size();
    };
    CHECK(count(ana, api::AssumptionListState::Live) == 3);
    CHECK(count(sam, api::AssumptionListState::Live) == 2);
    CHECK(count(eva, api::AssumptionListState::Live) == 1);
    CHECK(count(ana, api::AssumptionListState::Ended) == 0);
    backend.ask(ana, api::ExpireToken{here.token.handle});
    CHECK(count(ana, api::AssumptionListState::Live) == 1);
    CHECK(count(ana, api::AssumptionListState::Ended) == 2);
    CHECK(count(sam, api::AssumptionListState::Ended) == 1);
    backend.ask(sam, api::ExpireToken{there.token.handle});
    CHECK(count(ana, api::AssumptionListState::Ended) == 3);
}

TEST_CASE_FIXTURE(AssumeCase, "the audit from either end, acts of one instant included") {
    for (int i = 0; i < 7; ++i)
        backend.generate(ana);
    check_order(backend, ana, api::GetAudit{}, ListSort::Oldest, ListSort::Newest,
                &api::decode_audit, [](const auto& event) { return event.at; });
}

TEST_CASE_FIXTURE(AssumeCase,
                  "an order of another list is refused, and so is a cursor of another") {
    const auto code = [&](const std::string& target) {
        return code_of(backend.ask(ana, Ask{api::Method::Get, "/api/v1" + target, {}, {}}));
    };
    for (const auto* target :
         {"/networks?sort=newest", "/networks?sort=", "/networks?sort=name",
          "/assumptions?sort=most_clients", "/assumptions?sort=last_used", "/audit?sort=ends_first",
          "/audit?sort=a_to_z", "/tokens?sort=a_to_z", "/audit?sort=newest&sort=oldest"}) {
        CAPTURE(target);
        CHECK(code(target) == code("/tokens?sort=by_name"));
    }
    for (const std::string target : {"/networks?limit=1&sort=", "/audit?limit=1&sort="}) {
        const bool networks = target[1] == 'n';
        const std::string one = networks ? "a_to_z" : "newest";
        const std::string other = networks ? "z_to_a" : "oldest";
        const auto reply =
            backend.ask(ana, Ask{api::Method::Get, "/api/v1" + target + one, {}, {}});
        const auto& body = reply.response.body;
        const auto cursor =
            networks ? api::decode_networks(body)->next : api::decode_audit(body)->next;
        REQUIRE_FALSE(cursor.empty());
        CHECK(code(target + one + "&cursor=" + cursor).empty());
        CHECK(code(target + other + "&cursor=" + cursor) == "cursor_invalid");
    }
}
