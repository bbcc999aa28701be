// A console without browser or server: a signed-in model, and replies written by hand.
// Layer: tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/api/codec.hpp"
#include "core/app/update.hpp"
#include "core/view/view.hpp"
#include "tests/support/tree.hpp"

namespace pcc::testing {

inline const Instant desk_now = *parse_rfc3339("2026-11-23T19:40:12.000Z");

class Desk {
  public:
    explicit Desk(access::Role role = access::Role::Admin, const std::string& path = "/") {
        app::Started started;
        started.now = desk_now;
        started.path = path;
        started.width = 1280;
        started.height = 800;
        started.seed = "5eed5eed5eed5eed";
        send(started);
        send(app::SessionArrived{session_reply(role)});
    }

    static auto ok(std::string body, int status = 200) -> api::HttpResponse {
        return {status, {{std::string(api::header_name::time), "1795462812000"}}, std::move(body)};
    }
    static auto problem(int status, std::string_view code, std::string detail = "It is so.")
        -> api::HttpResponse {
        api::ApiError error;
        error.status = status;
        error.code = code;
        error.title = "Refused";
        error.detail = std::move(detail);
        return {status, {}, api::encode_problem(error)};
    }
    static auto session_reply(access::Role role) -> api::HttpResponse {
        api::Session session;
        session.user = {UserId("usr_ana"), "ana@aurora.example", "Ana Reyes"};
        session.organization = {OrganizationId("org_aurora"), "Aurora Hotels"};
        session.role = role;
        session.csrf = "csrf-of-ana";
        session.expires_at = desk_now + std::chrono::hours(12);
        return ok(api::encode_session(session, desk_now));
    }
    static auto token(const std::string& handle, Instant generated = desk_now, int hours = 2)
        -> access::AccessToken {
        return access::generate_token(
            TokenHandle(handle), OrganizationId("org_aurora"), "pcc_7K2M…" + handle.substr(4),
            access::Validity::of_hours(hours), generated, {UserId("usr_ana"), "Ana Reyes"});
    }
    static auto tokens(std::vector<access::AccessToken> items) -> api::HttpResponse {
        api::Page<access::AccessToken> page;
        page.total = static_cast<long long>(items.size());
        page.items = std::move(items);
        return ok(api::encode_tokens(page, desk_now));
    }

    static auto networks(std::vector<api::Network> items) -> api::HttpResponse {
        api::Page<api::Network> page;
        page.total = static_cast<long long>(items.size());
        page.items = std::move(items);
        return ok(api::encode_networks(page));
    }

    /// All of its access points answer.
    static auto network(const char* id, const char* name) -> api::Network {
        return {NetworkId(id), name, {}, 1, 1, 1, true, desk_now};
    }

    void send(const app::Msg& msg) {
        auto step = app::update(std::move(model), msg);
        model = std::move(step.model);
        for (auto& effect : step.effects) {
            effects.push_back(std::move(effect));
        }
    }
    void press(const std::string& name) {
        const auto node = find_node(view::view(model), Kind::Button, name);
        INFO("button: ", name);
        REQUIRE(node.has_value());
        REQUIRE(node->on_press.has_value());
        send(*node->on_press);
    }
    /// The last request whose target begins so.
    auto request(const std::string& target) const -> const app::SendHttp* {
        for (auto it = effects.rbegin(); it != effects.rend(); ++it) {
            const auto* http = std::get_if<app::SendHttp>(&*it);
            if (http && http->request.target.rfind(target, 0) == 0) {
                return http;
            }
        }
        return nullptr;
    }
    auto count_requests(api::Method method, const std::string& target) const -> int {
        int count = 0;
        for (const auto& effect : effects) {
            const auto* http = std::get_if<app::SendHttp>(&effect);
            count += http && http->request.method == method && http->request.target == target;
        }
        return count;
    }
    template <class E>
    auto last_effect() const -> const E* {
        for (auto it = effects.rbegin(); it != effects.rend(); ++it) {
            if (const auto* effect = std::get_if<E>(&*it)) {
                return effect;
            }
        }
        return nullptr;
    }
    void reply(const std::string& target, api::HttpResponse response) {
        const auto* asked = request(target);
        INFO("request: ", target);
        REQUIRE(asked != nullptr);
        send(app::HttpReplied{asked->id, std::move(response)});
    }
    auto sees(const std::string& words) const -> bool { return shows(view::view(model), words); }

    app::Model model;
    app::Effects effects;
};

}  // namespace pcc::testing
