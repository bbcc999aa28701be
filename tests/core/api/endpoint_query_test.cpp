#include <string>
#include <string_view>

#include "core/api/endpoint.hpp"
#include "core/api/types.hpp"
#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::api {
namespace {

using namespace std::string_literals;

auto is_refused(const std::string& target) -> bool {
    const auto endpoint = parse_endpoint(Method::Get, "/api/v1" + target);
    return !endpoint && endpoint.error() == EndpointError::QueryInvalid;
}

template <class T>
auto query_of(const std::string& target) -> decltype(T::query) {
    const auto endpoint = parse_endpoint(Method::Get, target);
    REQUIRE(endpoint.has_value());
    const auto* call = std::get_if<T>(&*endpoint);
    REQUIRE(call != nullptr);
    return call->query;
}

TEST_CASE("query: what was asked comes back, whatever the search holds") {
    for (const std::string search :
         {"", "Ana", "a b+c", "100%", "q=1&state=expired", "a#b?c/d", "%_'; DROP TABLE tokens;--",
          "\u05D0\u05D5\u05E8", "\U0001F511", "\"<>\\^`{|}", "~-._"}) {
        GetTokens call{{TokenListState::Expired, search, ListSort::EndsFirst, 25, "a.b-c_d=="}};
        const auto target = endpoint_target(call);
        CAPTURE(target);
        const auto query = query_of<GetTokens>(target);
        CHECK(query.state == call.query.state);
        CHECK(query.search == search);
        CHECK(query.sort == call.query.sort);
        CHECK(query.limit == 25);
        CHECK(query.cursor == call.query.cursor);
        CHECK(query_of<GetNetworks>(endpoint_target(GetNetworks{{search, 3, "c"}})).search ==
              search);
    }
}

TEST_CASE("query: every sort and state has its word") {
    const std::pair<ListSort, const char*> sorts[] = {{ListSort::Newest, "newest"},
                                                      {ListSort::Oldest, "oldest"},
                                                      {ListSort::EndsFirst, "ends_first"},
                                                      {ListSort::EndsLast, "ends_last"},
                                                      {ListSort::LastUsed, "last_used"}};
    for (const auto& [sort, word] : sorts) {
        CHECK(query_of<GetTokens>("/api/v1/tokens?sort="s + word).sort == sort);
        const auto target = endpoint_target(GetTokens{{TokenListState::Active, "", sort, 100, ""}});
        CHECK(query_of<GetTokens>(target).sort == sort);
    }
    for (int i = 0; i <= static_cast<int>(ListSort::FewestClients); ++i) {
        const auto sort = static_cast<ListSort>(i);
        const auto word = std::string(sort_name(sort));
        CAPTURE(word);
        const auto known = [sort](ListSorts sorts) { return (sorts & bit_of(sort)) != 0; };
        CHECK(is_refused("/tokens?sort=" + word) != known(token_sorts));
        CHECK(is_refused("/assumptions?sort=" + word) != known(assumption_sorts));
        CHECK(is_refused("/networks?sort=" + word) != known(network_sorts));
        CHECK(is_refused("/audit?sort=" + word) != known(audit_sorts));
        if (known(network_sorts)) {
            const auto target = endpoint_target(GetNetworks{{"", 100, "", sort}});
            CHECK(query_of<GetNetworks>(target).sort == sort);
        }
    }
    CHECK(query_of<GetTokens>("/api/v1/tokens?state=expired").state == TokenListState::Expired);
    CHECK(query_of<GetTokens>("/api/v1/tokens").state == TokenListState::Active);
    CHECK(query_of<GetAssumptions>("/api/v1/assumptions?state=ended&limit=7&cursor=x").limit == 7);
    const auto ended = endpoint_target(GetAssumptions{{AssumptionListState::Ended, 100, ""}});
    CHECK(query_of<GetAssumptions>(ended).state == AssumptionListState::Ended);
}

TEST_CASE("query: the audit is asked by actor, action, token and time") {
    const AuditQuery asked{"Ana Reyes",
                           "token.generated",
                           "tok_4Fz9",
                           "2026-11-01T00:00:00.000Z",
                           "2026-11-23T20:22:05+01:00",
                           50,
                           "c"};
    const auto got = query_of<GetAudit>(endpoint_target(GetAudit{asked}));
    CHECK(got.actor == asked.actor);
    CHECK(got.action == asked.action);
    CHECK(got.token == asked.token);
    CHECK(got.from == asked.from);
    CHECK(got.to == asked.to);
    CHECK(got.limit == 50);
    CHECK(got.cursor == "c");
}

TEST_CASE("query: what is unknown, repeated or ill-typed is refused") {
    for (const std::string query : {"?",
                                    "?&",
                                    "?state",
                                    "?state=",
                                    "?state=active&",
                                    "?&state=active",
                                    "?state=active&&limit=1",
                                    "?state=Active",
                                    "?state=all",
                                    "?state=active&state=active",
                                    "?state=active&state=expired",
                                    "?q=a&q=a",
                                    "?org_id=org_x",
                                    "?State=active",
                                    "?st%61te=active",
                                    "?=x",
                                    "?state==active",
                                    "?sort=",
                                    "?sort=name",
                                    "?sort=Newest",
                                    "?limit=",
                                    "?limit=0",
                                    "?limit=101",
                                    "?limit=-1",
                                    "?limit=+1",
                                    "?limit=01",
                                    "?limit=1.0",
                                    "?limit=1e1",
                                    "?limit=%31%20",
                                    "?limit=abc",
                                    "?limit=9223372036854775808",
                                    "?limit=4294967297",
                                    "?limit=1&limit=2",
                                    "?q=%",
                                    "?q=%2",
                                    "?q=%zz",
                                    "?q=%00",
                                    "?q=a%0ab",
                                    "?q=%7f",
                                    "?q=%c2%85",
                                    "?q=%ff",
                                    "?q=%c0%af",
                                    "?q=%ed%a0%80",
                                    "?q=\xFF",
                                    "?q=\u00E9",
                                    "?q=a b",
                                    "?q=a\tb",
                                    "?q=a#b",
                                    "?q=\r\n",
                                    "?cursor=%00",
                                    "?q=a?b=c&x"}) {
        CAPTURE(query);
        CHECK(is_refused("/tokens" + query));
    }
    CHECK(is_refused("/tokens?q=\0"s));
    CHECK(is_refused("/tokens?cursor=" + std::string(1025, 'c')));
    CHECK(is_refused("/audit?from=yesterday"));
    CHECK(is_refused("/audit?to=2026-02-30T00:00:00Z"));
    CHECK(is_refused("/audit?action=Token.Generated"));
    CHECK(is_refused("/audit?action=" + std::string(65, 'a')));
    CHECK(is_refused("/audit?token=pcc_abc"));
    CHECK(is_refused("/audit?actor=" + std::string(255, 'a')));
    CHECK(is_refused("/audit?state=active"));
    CHECK(is_refused("/assumptions?state=active"));
    CHECK(is_refused("/networks?state=live"));
}

TEST_CASE("query: calls without parameters take none") {
    for (const std::string path : {"/session", "/organization", "/tokens/tok_1", "/events",
                                   "/networks/net_1/access-points", "/organization/policy"}) {
        CAPTURE(path);
        CHECK(is_refused(path + "?limit=1"));
        CHECK(is_refused(path + "?"));
        CHECK(is_refused(path + "?x=\0"s));
    }
}

TEST_CASE("query: limits stand at both ends") {
    CHECK(query_of<GetTokens>("/api/v1/tokens?limit=1").limit == 1);
    CHECK(query_of<GetTokens>("/api/v1/tokens?limit=100").limit == 100);
    CHECK(query_of<GetTokens>("/api/v1/tokens?q=").search == "");
    const std::string letter = "%C3%A9";
    std::string longest;
    for (std::size_t i = 0; i < longest_search; ++i)
        longest += letter;
    CHECK(query_of<GetTokens>("/api/v1/tokens?q=" + longest).search.size() == 2 * longest_search);
    CHECK(is_refused("/tokens?q=" + longest + letter));
    CHECK(is_refused("/networks?q=" + longest + letter));
}

TEST_CASE("query: a path is judged before its query, and a method too") {
    const auto wrong_method = parse_endpoint(Method::Put, "/api/v1/tokens?limit=0");
    REQUIRE_FALSE(wrong_method.has_value());
    CHECK(wrong_method.error() == EndpointError::MethodNotAllowed);
    const auto wrong_path = parse_endpoint(Method::Get, "/api/v1/nothing?limit=0");
    REQUIRE_FALSE(wrong_path.has_value());
    CHECK(wrong_path.error() == EndpointError::NotFound);
}

TEST_CASE("percent: encoded and decoded again it is the same") {
    tests::Dice dice(25);
    for (int round = 0; round < 2'000; ++round) {
        const auto text = dice.bytes(dice.roll(30));
        const auto encoded = percent_encode(text);
        REQUIRE(encoded.find_first_not_of("%ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                          "0123456789-._~") == std::string::npos);
        const auto decoded = percent_decode(encoded);
        if (decoded) REQUIRE(*decoded == text);
    }
    CHECK(percent_encode("a b/\u00E9+%") == "a%20b%2F%C3%A9%2B%25");
    CHECK(percent_decode("a%20b%2f%C3%a9+") == "a b/\u00E9+");
    CHECK(percent_decode("") == "");
    for (const char* bad : {"%", "a%2", "%g0", "%0g", "%ff", "%C3", "%ED%A0%80"}) {
        CHECK_FALSE(percent_decode(bad).has_value());
    }
}

}  // namespace
}  // namespace pcc::api
