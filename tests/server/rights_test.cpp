// Every call of the contract as every kind of person: own organization, assumed, another one.
#include <array>
#include <functional>

#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;

namespace {

/// The columns of the table below.
enum Who { Nobody, Admin, NetworkAdmin, Guest, OtherOrganization, Assumed, whos };
constexpr std::array<const char*, whos> who_names{
    "nobody", "admin", "network admin", "guest", "admin of another organization", "assumed"};

/// What the calls are aimed at: all of it Aurora's.
struct Aim {
    TokenHandle token;
    Secret token_id;
    AssumptionId other_assumption;  // of another engineer, on Aurora
};

struct Call {
    const char* name;
    std::function<api::Endpoint(const Backend&, const Aim&)> endpoint;
    std::function<std::string(const Aim&)> body;
    std::array<int, whos> status;
};

auto no_body(const Aim&) -> std::string {
    return {};
}
auto text(const char* body) -> std::function<std::string(const Aim&)> {
    return [body](const Aim&) { return std::string(body); };
}
auto token_id_body(const Aim& aim) -> std::string {
    return api::encode_token_id(aim.token_id);
}
template <class Endpoint>
auto plain() -> std::function<api::Endpoint(const Backend&, const Aim&)> {
    return [](const Backend&, const Aim&) { return api::Endpoint(Endpoint{}); };
}
template <class Endpoint>
auto of_token() -> std::function<api::Endpoint(const Backend&, const Aim&)> {
    return [](const Backend&, const Aim& aim) { return api::Endpoint(Endpoint{aim.token}); };
}
template <class Endpoint>
auto of_porto() -> std::function<api::Endpoint(const Backend&, const Aim&)> {
    return [](const Backend& b, const Aim&) { return api::Endpoint(Endpoint{b.demo.porto}); };
}
template <class Endpoint>
auto of_lisbon() -> std::function<api::Endpoint(const Backend&, const Aim&)> {
    return [](const Backend& b, const Aim&) { return api::Endpoint(Endpoint{b.demo.lisbon}); };
}

/// Porto was selected for the network admin, who may change it, and for the guest, who may not.
auto calls() -> std::vector<Call> {
    const auto rename = text(R"({"name":"New name"})");
    const auto enable = text(R"({"enabled":false})");
    const auto two_hours = text(R"({"validity":"2h"})");
    using std::array;
    return {
        {"GET session", plain<api::GetSession>(), no_body, {401, 200, 200, 200, 200, 200}},
        {"DELETE session", plain<api::DeleteSession>(), no_body, {401, 204, 204, 204, 204, 204}},
        {"GET organization",
         plain<api::GetOrganization>(),
         no_body,
         {401, 200, 200, 200, 200, 200}},
        {"PATCH organization",
         plain<api::PatchOrganization>(),
         rename,
         {401, 200, 403, 403, 200, 403}},
        {"GET policy", plain<api::GetPolicy>(), no_body, {401, 200, 403, 403, 200, 403}},
        {"GET tokens", plain<api::GetTokens>(), no_body, {401, 200, 403, 403, 200, 403}},
        {"POST tokens", plain<api::PostToken>(), two_hours, {401, 201, 403, 403, 201, 403}},
        {"GET token", of_token<api::GetToken>(), no_body, {401, 200, 403, 403, 404, 403}},
        {"reveal", of_token<api::RevealToken>(), no_body, {401, 200, 403, 403, 404, 403}},
        {"expire", of_token<api::ExpireToken>(), no_body, {401, 200, 403, 403, 404, 403}},
        {"DELETE token", of_token<api::DeleteToken>(), no_body, {401, 204, 403, 403, 404, 403}},
        {"preflight", plain<api::PostPreflight>(), token_id_body, {401, 409, 409, 409, 200, 403}},
        {"assume", plain<api::PostAssumption>(), token_id_body, {401, 409, 409, 409, 201, 403}},
        {"GET assumptions", plain<api::GetAssumptions>(), no_body, {401, 200, 200, 200, 200, 200}},
        {"DELETE assumption",
         [](const Backend&, const Aim& aim) {
             return api::Endpoint(api::DeleteAssumption{aim.other_assumption});
         },
         no_body,
         {401, 204, 404, 404, 404, 404}},
        {"GET networks", plain<api::GetNetworks>(), no_body, {401, 200, 200, 200, 200, 200}},
        {"GET selected network",
         of_porto<api::GetNetwork>(),
         no_body,
         {401, 200, 200, 200, 404, 200}},
        {"GET other network",
         of_lisbon<api::GetNetwork>(),
         no_body,
         {401, 200, 404, 404, 404, 200}},
        {"PATCH selected network",
         of_porto<api::PatchNetwork>(),
         rename,
         {401, 200, 200, 403, 404, 200}},
        {"PATCH other network",
         of_lisbon<api::PatchNetwork>(),
         rename,
         {401, 200, 404, 404, 404, 200}},
        {"GET selected access points",
         of_porto<api::GetAccessPoints>(),
         no_body,
         {401, 200, 200, 200, 404, 200}},
        {"GET other access points",
         of_lisbon<api::GetAccessPoints>(),
         no_body,
         {401, 200, 404, 404, 404, 200}},
        {"restart selected",
         [](const Backend& b, const Aim&) {
             return api::Endpoint(api::RestartAccessPoint{b.demo.porto_ap});
         },
         no_body,
         {401, 202, 202, 403, 404, 202}},
        {"restart other",
         [](const Backend& b, const Aim&) {
             return api::Endpoint(api::RestartAccessPoint{b.demo.lisbon_ap});
         },
         no_body,
         {401, 202, 404, 404, 404, 202}},
        {"PATCH selected SSID",
         [](const Backend& b, const Aim&) {
             return api::Endpoint(api::PatchSsid{b.demo.porto, b.demo.porto_guests});
         },
         enable,
         {401, 200, 200, 403, 404, 200}},
        {"PATCH other SSID",
         [](const Backend& b, const Aim&) {
             return api::Endpoint(api::PatchSsid{b.demo.lisbon, b.demo.lisbon_guests});
         },
         enable,
         {401, 200, 404, 404, 404, 200}},
        {"GET audit", plain<api::GetAudit>(), no_body, {401, 200, 403, 403, 200, 403}},
        {"GET events", plain<api::GetEvents>(), no_body, {401, 200, 200, 200, 200, 200}},
    };
}

struct Scene {
    Scene() {
        const auto ana = backend.sign_in("ana@aurora.example");
        const auto made = backend.generate(ana);
        aim.token = made.token.handle;
        aim.token_id = made.token_id;
        const auto eva = backend.assume(backend.sign_in("eva@netcare.example"), made.token_id);
        aim.other_assumption = eva.assumption;
        const auto sam = backend.sign_in("sam@netcare.example");
        tabs[Admin] = ana;
        tabs[NetworkAdmin] = backend.sign_in("nuno@aurora.example");
        tabs[Guest] = backend.sign_in("gil@aurora.example");
        tabs[OtherOrganization] = sam;
        tabs[Assumed] = backend.assume(sam, made.token_id);
    }

    Backend backend;
    Aim aim;
    std::array<Tab, whos> tabs;
};

/// What of an organization a body must not hold for those outside it.
auto says_anything_of_aurora(const Backend& backend, const std::string& body) -> bool {
    const auto& demo = backend.demo;
    for (const auto& trace :
         {demo.aurora.value, demo.porto.value, demo.lisbon.value, demo.porto_ap.value,
          demo.porto_guests.value, std::string("Ana Costa"), std::string("Aurora Porto")}) {
        if (body.find(trace) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("each call gives each kind of person just what the contract says") {
    for (const auto& call : calls()) {
        for (int who = 0; who < whos; ++who) {
            Scene scene;
            auto& backend = scene.backend;
            const auto before = backend.state();
            const auto reply = backend.ask(scene.tabs[static_cast<std::size_t>(who)],
                                           call.endpoint(backend, scene.aim), call.body(scene.aim));
            const auto status = reply.response.status;
            INFO(call.name << " as " << who_names[static_cast<std::size_t>(who)]);
            CHECK(status == call.status[static_cast<std::size_t>(who)]);
            if (status >= 400) {
                CHECK(backend.state() == before);
                CHECK(reply.notices.empty());
                CHECK_FALSE(reply.subscription.has_value());
                CHECK_FALSE(says_anything_of_aurora(backend, reply.response.body));
            }
        }
    }
}

TEST_CASE("what is refused in an assumption is refused as such") {
    for (const auto& call : calls()) {
        if (call.status[Assumed] != 403) continue;
        Scene scene;
        const auto reply = scene.backend.ask(
            scene.tabs[Assumed], call.endpoint(scene.backend, scene.aim), call.body(scene.aim));
        INFO(call.name);
        CHECK(code_of(reply) == "forbidden_while_assuming");
    }
}

TEST_CASE("another organization's lists hold nothing of ours") {
    Scene scene;
    auto& backend = scene.backend;
    const auto& sam = scene.tabs[OtherOrganization];
    for (const api::Endpoint& endpoint :
         {api::Endpoint(api::GetTokens{}), api::Endpoint(api::GetNetworks{}),
          api::Endpoint(api::GetAudit{}), api::Endpoint(api::GetOrganization{})}) {
        const auto reply = backend.ask(sam, endpoint);
        CHECK(reply.response.status == 200);
        CHECK_FALSE(says_anything_of_aurora(backend, reply.response.body));
    }
}

TEST_CASE("what another organization has is answered like what nobody has") {
    Scene scene;
    auto& backend = scene.backend;
    const auto& sam = scene.tabs[OtherOrganization];
    const auto& demo = backend.demo;
    const std::pair<api::Endpoint, api::Endpoint> pairs[] = {
        {api::GetToken{scene.aim.token}, api::GetToken{TokenHandle("tok_none")}},
        {api::GetNetwork{demo.porto}, api::GetNetwork{NetworkId("net_none")}},
        {api::GetAccessPoints{demo.porto}, api::GetAccessPoints{NetworkId("net_none")}},
        {api::RestartAccessPoint{demo.porto_ap}, api::RestartAccessPoint{AccessPointId("ap_none")}},
        {api::ExpireToken{scene.aim.token}, api::ExpireToken{TokenHandle("tok_none")}},
        {api::DeleteToken{scene.aim.token}, api::DeleteToken{TokenHandle("tok_none")}},
        {api::DeleteAssumption{scene.aim.other_assumption},
         api::DeleteAssumption{AssumptionId("asm_none")}},
    };
    for (const auto& [real, none] : pairs) {
        const auto a = api::decode_problem(404, backend.ask(sam, real).response.body);
        const auto b = api::decode_problem(404, backend.ask(sam, none).response.body);
        CHECK(a.code == "not_found");
        CHECK(a.code == b.code);
        CHECK(a.title == b.title);
        CHECK(a.detail == b.detail);
    }
}
