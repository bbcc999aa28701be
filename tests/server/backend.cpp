#include "tests/server/backend.hpp"

#include <doctest/doctest.h>

namespace pcc::test {

using server::NewUser;

auto RepeatingRandom::next() -> std::uint64_t {
    state_ += 0x9E3779B97F4A7C15ULL;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

void RepeatingRandom::fill(std::uint8_t* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<std::uint8_t>(next() >> 24);
}

Backend::Backend(std::unique_ptr<server::Store> on)
    : now(*parse_rfc3339("2026-11-23T09:00:00.000Z")),
      passwords(server::PasswordCost::cheap()),
      keys(server::Keys::in_memory(random)) {
    if (on) {
        store = std::move(on);
    } else {
        restart();
    }
    make_demo();
}

void Backend::restart() {
    store.reset();
    auto opened = database.open(now);
    REQUIRE(opened.has_value());
    store = std::move(*opened);
}

auto Backend::world() -> server::World {
    return {now, random, passwords, keys, false};
}

void Backend::add_user(const OrganizationId& organization, access::Role role, std::string name,
                       std::string email, access::NetworkReach reach) {
    NewUser user{organization,    role, std::move(name), std::move(email), Secret(password),
                 std::move(reach)};
    REQUIRE(server::create_user(*store, world(), user).has_value());
}

void Backend::make_demo() {
    const auto w = world();
    demo.aurora = *server::create_organization(*store, w, "Aurora Hotels");
    demo.netcare = *server::create_organization(*store, w, "NetCare");
    demo.porto = *server::add_network(*store, w, {demo.aurora, "Aurora Porto", {"hotel"}});
    demo.lisbon = *server::add_network(*store, w, {demo.aurora, "Aurora Lisbon", {}});
    demo.office = *server::add_network(*store, w, {demo.netcare, "NetCare Office", {}});
    demo.porto_ap = *server::add_access_point(
        *store, w, {demo.aurora, demo.porto, "Lobby", "AP-200", "02:00:00:00:00:01", true, 14});
    demo.porto_ap_offline = *server::add_access_point(
        *store, w, {demo.aurora, demo.porto, "Roof", "AP-200", "02:00:00:00:00:02", false, 0});
    demo.lisbon_ap = *server::add_access_point(
        *store, w, {demo.aurora, demo.lisbon, "Bar", "AP-100", "02:00:00:00:00:03", true, 3});
    demo.porto_guests = *server::add_ssid(
        *store, w,
        {demo.aurora, demo.porto, "Aurora Guests", true, api::SsidSecurity::Wpa3Personal});
    demo.lisbon_guests = *server::add_ssid(*store, w, {demo.aurora, demo.lisbon, "Lisbon Guests"});
    using access::Role;
    add_user(demo.aurora, Role::Admin, "Ana Costa", "ana@aurora.example");
    add_user(demo.aurora, Role::NetworkAdmin, "Nuno Reis", "nuno@aurora.example",
             {false, {demo.porto}, true});
    add_user(demo.aurora, Role::Guest, "Gil Melo", "gil@aurora.example",
             {false, {demo.porto}, false});
    add_user(demo.netcare, Role::Admin, "Sam Ortiz", "sam@netcare.example");
    add_user(demo.netcare, Role::NetworkAdmin, "Eva Lind", "eva@netcare.example");
}

auto Backend::send(const api::HttpRequest& request) -> server::Reply {
    return server::handle({request, ip, "req_" + std::to_string(++requests_)}, *store, world());
}

auto Backend::ask(const Tab& tab, const Ask& what) -> server::Reply {
    api::HttpRequest request{what.method, what.target, what.more, what.body};
    auto& headers = request.headers;
    headers.emplace_back("Host", "localhost:8080");
    if (!tab.cookie.empty()) headers.emplace_back("Cookie", tab.cookie);
    if (!tab.csrf.empty()) headers.emplace_back(api::header_name::csrf, tab.csrf);
    if (!what.body.empty())
        headers.emplace_back(api::header_name::content_type, "application/json");
    if (!tab.assumption.empty()) {
        headers.emplace_back(api::header_name::assumption, tab.assumption.value);
    }
    return send(request);
}

auto Backend::ask(const Tab& tab, const api::Endpoint& endpoint, std::string body)
    -> server::Reply {
    return ask(
        tab,
        Ask{api::endpoint_method(endpoint), api::endpoint_target(endpoint), std::move(body), {}});
}

auto Backend::try_sign_in(std::string_view email, std::string_view with) -> server::Reply {
    return ask({}, api::PostSession{},
               api::encode_sign_in({std::string(email), Secret(std::string(with))}));
}

auto Backend::sign_in(std::string_view email) -> Tab {
    const auto reply = try_sign_in(email);
    REQUIRE(reply.response.status == 200);
    const auto session = api::decode_session(reply.response.body);
    REQUIRE(session.has_value());
    const auto cookie = header_of(reply, "Set-Cookie");
    return {cookie.substr(0, cookie.find(';')), session->csrf, {}};
}

auto Backend::generate(const Tab& admin, access::Validity validity) -> api::GeneratedToken {
    const auto reply = ask(admin, api::PostToken{}, api::encode_generate_token({validity}));
    REQUIRE(reply.response.status == 201);
    auto made = api::decode_generated_token(reply.response.body);
    REQUIRE(made.has_value());
    return std::move(*made);
}

auto Backend::assume(Tab engineer, const Secret& token_id) -> Tab {
    const auto reply = ask(engineer, api::PostAssumption{}, api::encode_token_id(token_id));
    REQUIRE(reply.response.status == 201);
    engineer.assumption = api::decode_assumption(reply.response.body)->id;
    return engineer;
}

auto Backend::rows(std::string_view sql, const server::Values& values) -> server::Rows {
    const auto tx = look(*store);
    auto found = tx->query(sql, values);
    REQUIRE(tx->finish().has_value());
    return found;
}

void Backend::change(std::string_view sql, const server::Values& values) {
    const auto tx = test::change(*store);
    tx->execute(sql, values);
    REQUIRE(tx->finish().has_value());
}

auto Backend::audit_rows(std::string_view action) -> long long {
    const std::string sql = "SELECT COUNT(*) FROM audit_events WHERE action ";
    if (action.empty()) return rows(sql + "<> $1", {""}).front().number(0);
    return rows(sql + "= $1", {action}).front().number(0);
}

auto Backend::state() -> std::string {
    // Idle times and counters of failures move with any request; nothing else may.
    struct Table {
        const char* name;
        const char* columns;
    };
    constexpr Table tables[] = {
        {"organizations", "id || name"},
        {"users", "id || name || role || email || password_hash"},
        {"sessions", "id || expires_at || proven_at || COALESCE(ended_at, 0)"},
        {"tokens", "id || sealed || COALESCE(ended_at, 0) || COALESCE(deleted_at, 0) || use_count"},
        {"assumptions", "id || ends_at || COALESCE(ended_at, 0) || change_count"},
        {"networks", "id || name || updated_at || tags"},
        {"access_points", "id || COALESCE(restarted_at, 0)"},
        {"ssids", "id || name || enabled"},
        {"idempotency", "key_hash || made_id"},
        {"audit_events", "hash"},
        {"audit_heads", "organization_id || sequence || hash || checkpoints"},
    };
    std::string all;
    for (const auto& table : tables) {
        const auto sql = std::string("SELECT ") + table.columns + " FROM " + table.name;
        for (const auto& row : rows(sql + " ORDER BY 1"))
            all += row.text(0) + '\n';
    }
    return all;
}

auto code_of(const server::Reply& reply) -> std::string {
    if (reply.response.status < 400) return {};
    return api::decode_problem(reply.response.status, reply.response.body).code;
}

auto header_of(const server::Reply& reply, std::string_view name) -> std::string {
    return std::string(api::header(reply.response.headers, name));
}

}  // namespace pcc::test
