#include "core/api/endpoint.hpp"

#include <set>
#include <string>
#include <string_view>

#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::api {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr Method methods[] = {Method::Get, Method::Post, Method::Put, Method::Patch,
                              Method::Delete};

struct Route {
    Endpoint endpoint;
    Method method;
    std::string_view target;
};

auto every_route() -> std::vector<Route> {
    const TokenHandle token("tok_4Fz9-Qw_2L");
    const NetworkId network("net_porto");
    return {
        {PostSession{}, Method::Post, "/api/v1/session"},
        {GetSession{}, Method::Get, "/api/v1/session"},
        {DeleteSession{}, Method::Delete, "/api/v1/session"},
        {GetOrganization{}, Method::Get, "/api/v1/organization"},
        {PatchOrganization{}, Method::Patch, "/api/v1/organization"},
        {GetPolicy{}, Method::Get, "/api/v1/organization/policy"},
        {GetTokens{}, Method::Get, "/api/v1/tokens?state=active&limit=100"},
        {PostToken{}, Method::Post, "/api/v1/tokens"},
        {GetToken{token}, Method::Get, "/api/v1/tokens/tok_4Fz9-Qw_2L"},
        {RevealToken{token}, Method::Post, "/api/v1/tokens/tok_4Fz9-Qw_2L/reveal"},
        {ExpireToken{token}, Method::Post, "/api/v1/tokens/tok_4Fz9-Qw_2L/expire"},
        {DeleteToken{token}, Method::Delete, "/api/v1/tokens/tok_4Fz9-Qw_2L"},
        {PostPreflight{}, Method::Post, "/api/v1/assumptions/preflight"},
        {PostAssumption{}, Method::Post, "/api/v1/assumptions"},
        {GetAssumptions{}, Method::Get, "/api/v1/assumptions?state=live&limit=100"},
        {DeleteAssumption{AssumptionId("asm_7Qd2")}, Method::Delete,
         "/api/v1/assumptions/asm_7Qd2"},
        {GetNetworks{}, Method::Get, "/api/v1/networks?limit=100"},
        {GetNetwork{network}, Method::Get, "/api/v1/networks/net_porto"},
        {PatchNetwork{network}, Method::Patch, "/api/v1/networks/net_porto"},
        {GetAccessPoints{network}, Method::Get, "/api/v1/networks/net_porto/access-points"},
        {RestartAccessPoint{AccessPointId("ap_lobby")}, Method::Post,
         "/api/v1/access-points/ap_lobby/restart"},
        {PatchSsid{network, SsidId("ssid_guest")}, Method::Patch,
         "/api/v1/networks/net_porto/ssids/ssid_guest"},
        {GetAudit{}, Method::Get, "/api/v1/audit?limit=100"},
        {GetEvents{}, Method::Get, "/api/v1/events"},
    };
}

auto path_of(std::string_view target) -> std::string {
    return std::string(target.substr(0, target.find('?')));
}

auto error_of(Method method, std::string_view target) -> int {
    const auto endpoint = parse_endpoint(method, target);
    return endpoint ? -1 : static_cast<int>(endpoint.error());
}

constexpr int malformed = static_cast<int>(EndpointError::PathMalformed);
constexpr int not_found = static_cast<int>(EndpointError::NotFound);
constexpr int not_allowed = static_cast<int>(EndpointError::MethodNotAllowed);

TEST_CASE("endpoint: every call is built as the contract says, and read back as the same") {
    const auto routes = every_route();
    REQUIRE(routes.size() == std::variant_size_v<Endpoint>);
    std::set<std::size_t> seen;
    for (const auto& route : routes) {
        CAPTURE(route.target);
        seen.insert(route.endpoint.index());
        CHECK(endpoint_method(route.endpoint) == route.method);
        CHECK(endpoint_target(route.endpoint) == route.target);
        const auto back = parse_endpoint(route.method, route.target);
        REQUIRE(back.has_value());
        CHECK(back->index() == route.endpoint.index());
        CHECK(endpoint_target(*back) == route.target);
        CHECK(parse_endpoint(route.method, path_of(route.target))->index() ==
              route.endpoint.index());
    }
    CHECK(seen.size() == routes.size());
}

TEST_CASE("endpoint: the template of a call names no identifier and no query") {
    std::set<std::string> templates;
    for (const auto& route : every_route()) {
        const std::string text(endpoint_template(route.endpoint));
        CHECK(text.find('?') == std::string::npos);
        for (const auto* id : {"4Fz9", "porto"})
            CHECK_MESSAGE(text.find(id) == std::string::npos, text);
        CHECK(text.rfind("/api/v1/", 0) == 0);
        templates.insert(text);
    }
    CHECK(templates.count("/api/v1/tokens/{tok}/reveal") == 1);
    CHECK(templates.count("/api/v1/networks/{net}/ssids/{ssid}") == 1);
    CHECK(templates.count("/api/v1/tokens") == 1);
}

TEST_CASE("endpoint: other methods of a known path are not allowed, and the allowed ones listed") {
    for (const auto& route : every_route()) {
        const auto path = path_of(route.target);
        CAPTURE(path);
        std::set<Method> taken;
        for (const auto& other : every_route()) {
            if (path_of(other.target) == path) taken.insert(other.method);
        }
        const auto listed = methods_of(path + "?any=thing");
        CHECK(std::set<Method>(listed.begin(), listed.end()) == taken);
        CHECK(listed.size() == taken.size());
        for (const auto method : methods) {
            if (taken.count(method) == 0) CHECK(error_of(method, path) == not_allowed);
        }
    }
}

// One change that must lead nowhere. `Mid` is the second slash below the base, where there is one.
struct Mutation {
    const char* what;
    std::string (*apply)(const std::string& path);
    int error = not_found;
};

auto inserted(const std::string& path, std::size_t at, std::string_view text) -> std::string {
    auto out = path;
    return out.insert(at, text);
}

auto replaced(const std::string& path, std::string_view from, std::string_view to) -> std::string {
    auto out = path;
    return out.replace(out.find(from), from.size(), to);
}

using Path = const std::string&;

const Mutation mutations[] = {
    {"trailing slash", [](Path p) { return p + "/"; }},
    {"two trailing slashes", [](Path p) { return p + "//"; }, malformed},
    {"leading double slash", [](Path p) { return "/" + p; }, malformed},
    {"double slash below the base", [](Path p) { return inserted(p, 8, "/"); }, malformed},
    {"double slash before the last", [](Path p) { return inserted(p, p.rfind('/'), "/"); },
     malformed},
    {"dot segment first", [](Path p) { return "/." + p; }, malformed},
    {"dot segment below the base", [](Path p) { return inserted(p, 7, "/."); }, malformed},
    {"dot segment last", [](Path p) { return p + "/."; }, malformed},
    {"up and down again", [](Path p) { return inserted(p, 7, "/x/.."); }, malformed},
    {"up at the end", [](Path p) { return p + "/.."; }, malformed},
    {"up over the root", [](Path p) { return "/.." + p; }, malformed},
    {"encoded dots", [](Path p) { return inserted(p, 7, "/%2e%2e"); }, malformed},
    {"encoded dots in capitals", [](Path p) { return p + "/%2E%2E"; }, malformed},
    {"twice encoded dots", [](Path p) { return p + "/%252e%252e"; }, malformed},
    {"encoded last slash",
     [](Path p) { return replaced(p, p.substr(p.rfind('/'), 1), "%2f").insert(0, ""); }, malformed},
    {"encoded slash at the end", [](Path p) { return p + "%2f"; }, malformed},
    {"encoded slash in capitals", [](Path p) { return p + "%2F"; }, malformed},
    {"encoded backslash", [](Path p) { return p + "%5c"; }, malformed},
    {"encoded NUL", [](Path p) { return p + "%00"; }, malformed},
    {"encoded NUL and more", [](Path p) { return p + "%00.json"; }, malformed},
    {"encoded letter", [](Path p) { return replaced(p, "v1", "%761"); }, malformed},
    {"encoded last letter", [](Path p) { return p.substr(0, p.size() - 1) + "%6e"; }, malformed},
    {"encoded question mark", [](Path p) { return p + "%3fstate=active"; }, malformed},
    {"bare percent", [](Path p) { return p + "%"; }, malformed},
    {"half an escape", [](Path p) { return p + "%2"; }, malformed},
    {"bad escape", [](Path p) { return p + "%zz"; }, malformed},
    {"overlong slash", [](Path p) { return p + "%c0%af"; }, malformed},
    {"backslash for the base", [](Path p) { return replaced(p, "/api/", "\\api\\"); }, malformed},
    {"backslash at the end", [](Path p) { return p + "\\"; }, malformed},
    {"semicolon", [](Path p) { return p + ";a=b"; }, malformed},
    {"semicolon before the last", [](Path p) { return inserted(p, p.rfind('/'), ";jsessionid=1"); },
     malformed},
    {"fragment", [](Path p) { return p + "#x"; }, malformed},
    {"space", [](Path p) { return p + " "; }, malformed},
    {"tab", [](Path p) { return p + "\t"; }, malformed},
    {"line break and a header", [](Path p) { return p + "\r\nX-Org-Id: org_x"; }, malformed},
    {"NUL", [](Path p) { return p + "\0"s; }, malformed},
    {"NUL and more", [](Path p) { return p + "\0/x"s; }, malformed},
    {"DEL", [](Path p) { return p + "\x7F"; }, malformed},
    {"accent", [](Path p) { return p + "\u00E9"; }, malformed},
    {"full-width slash", [](Path p) { return p + "\uFF0F"; }, malformed},
    {"invalid UTF-8", [](Path p) { return p + "\xFF"; }, malformed},
    {"plus", [](Path p) { return p + "+"; }, malformed},
    {"comma", [](Path p) { return p + ","; }, malformed},
    {"star", [](Path p) { return p + "*"; }, malformed},
    {"at sign", [](Path p) { return inserted(p, 7, "@x"); }, malformed},
    {"no leading slash", [](Path p) { return p.substr(1); }, malformed},
    {"absolute form", [](Path p) { return "http://pcc.example" + p; }, malformed},
    {"host in front", [](Path p) { return "//pcc.example" + p; }, malformed},
    {"another version", [](Path p) { return replaced(p, "v1", "v2"); }},
    {"version in capitals", [](Path p) { return replaced(p, "v1", "V1"); }},
    {"base in capitals", [](Path p) { return replaced(p, "/api", "/API"); }},
    {"no base", [](Path p) { return p.substr(7); }},
    {"base twice", [](Path p) { return "/api/v1" + p; }},
    {"base runs on", [](Path p) { return replaced(p, "/v1/", "/v1x/"); }},
    {"one more segment", [](Path p) { return p + "/extra"; }},
    {"file name ending", [](Path p) { return p + ".json"; }},
    {"dot at the end", [](Path p) { return p + "."; }},
    {"tilde at the end", [](Path p) { return p + "~"; }},
    {"capital first letter",
     [](Path p) {
         auto out = p;
         out[8] = static_cast<char>(out[8] - 32);
         return out;
     }},
    {"first letter lost", [](Path p) { return p.substr(0, 8) + p.substr(9); }},
    {"singular", [](Path p) { return inserted(p, 8, "x"); }},
};

TEST_CASE("endpoint: odd paths are refused, never mended into another endpoint") {
    REQUIRE(std::size(mutations) >= 50);
    for (const auto& route : every_route()) {
        for (const auto& mutation : mutations) {
            const auto path = mutation.apply(path_of(route.target));
            CAPTURE(mutation.what);
            CAPTURE(path);
            for (const auto method : methods) {
                const auto error = error_of(method, path);
                CHECK((error == malformed || error == not_found));
                const auto with_query = error_of(method, path + "?limit=1");
                CHECK((with_query == malformed || with_query == not_found));
            }
            CHECK(methods_of(path).empty());
        }
    }
}

TEST_CASE("endpoint: each oddity is told as what it is") {
    for (const auto& mutation : mutations) {
        CAPTURE(mutation.what);
        CHECK(error_of(Method::Get, mutation.apply("/api/v1/session")) == mutation.error);
    }
    for (const auto target : {""sv, "*"sv, "?"sv, "api"sv}) {
        CHECK(error_of(Method::Get, target) == malformed);
    }
    for (const auto target :
         {"/"sv, "/api"sv, "/api/v1"sv, "/api/v1/"sv, "/livez"sv, "/api/v11"sv}) {
        CHECK(error_of(Method::Get, target) == not_found);
    }
}

TEST_CASE("endpoint: identifiers have their own prefix and 1-64 plain characters") {
    const std::string longest(64, 'a');
    CHECK(parse_endpoint(Method::Get, "/api/v1/tokens/tok_" + longest).has_value());
    CHECK(is_identifier("ssid_-", "ssid_"));
    for (const std::string id : {"tok_", "tok", "TOK_a", "tok-a", "a", "asm_a", "net_a", "tok_a.b",
                                 "tok_a~", "pcc_a", "preflight"}) {
        CAPTURE(id);
        CHECK_FALSE(is_identifier(id, "tok_"));
        CHECK(error_of(Method::Get, "/api/v1/tokens/" + id) == not_found);
        CHECK(error_of(Method::Post, "/api/v1/tokens/" + id + "/expire") == not_found);
    }
    CHECK(error_of(Method::Get, "/api/v1/tokens/tok_" + longest + "a") == not_found);
    CHECK(error_of(Method::Patch, "/api/v1/networks/net_a/ssids/net_a") == not_found);
    CHECK(error_of(Method::Patch, "/api/v1/networks/ssid_a/ssids/ssid_a") == not_found);
}

TEST_CASE("endpoint: an identifier from elsewhere cannot bend a path") {
    for (const std::string id : {"tok_a/../../session", "../session", "tok_a/reveal", "tok_a?x=1",
                                 "tok_a#", "", "tok_%41"}) {
        const auto target = endpoint_target(DeleteToken{TokenHandle(id)});
        CAPTURE(target);
        for (const auto method : methods) {
            const auto endpoint = parse_endpoint(method, target);
            CHECK_FALSE(endpoint.has_value());
        }
    }
}

TEST_CASE("endpoint: any bytes are read without harm, and what is read is written the same") {
    tests::Dice dice(50);
    const auto routes = every_route();
    for (int round = 0; round < 20'000; ++round) {
        auto target = std::string(routes[dice.roll(routes.size())].target);
        for (auto changes = 1 + dice.roll(3); changes > 0; --changes) {
            const auto at = dice.roll(target.size());
            if (dice.chance(50)) {
                target.insert(at, dice.bytes(1));
            } else {
                const auto length = 1 + dice.roll(2);
                target.replace(at, length, dice.chance(50) ? "/" : "&");
            }
        }
        const auto method = methods[dice.roll(5)];
        const auto endpoint = parse_endpoint(method, target);
        if (!endpoint) continue;
        const auto again = parse_endpoint(method, endpoint_target(*endpoint));
        REQUIRE(again.has_value());
        REQUIRE(again->index() == endpoint->index());
        REQUIRE(path_of(endpoint_target(*endpoint)) == path_of(target));
    }
}

}  // namespace
}  // namespace pcc::api
