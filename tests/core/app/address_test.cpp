#include "core/app/address.hpp"

#include <doctest/doctest.h>

#include "core/access/token_id.hpp"
#include "core/app/list_state.hpp"
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;

namespace {

constexpr auto tokens_path = "/configure/organization/tokens";

template <class E>
auto count(const Desk& desk) -> int {
    int found = 0;
    for (const auto& effect : desk.effects) {
        found += std::holds_alternative<E>(effect);
    }
    return found;
}

void search(Desk& desk, const std::string& text) {
    desk.send(app::tokens::Msg{app::tokens::ChangedSearch{text}});
    desk.send(app::TimerFired{app::TimerId::Search});
}

}  // namespace

TEST_CASE("what a list shows stands in the address, without a new entry") {
    Desk desk;
    const auto pushed = count<app::PushUrl>(desk);
    search(desk, "lobby & bar");
    CHECK(desk.last_effect<app::ReplaceUrl>()->path ==
          std::string(tokens_path) + "?q=lobby%20%26%20bar");
    desk.send(app::tokens::Msg{
        app::tokens::ClickedSort{api::TokenListState::Expired, api::ListSort::LastUsed}});
    CHECK(desk.last_effect<app::ReplaceUrl>()->path ==
          std::string(tokens_path) + "?q=lobby%20%26%20bar&expired=last_used");
    search(desk, "");
    CHECK(desk.last_effect<app::ReplaceUrl>()->path ==
          std::string(tokens_path) + "?expired=last_used");
    CHECK(count<app::PushUrl>(desk) == pushed);
}

TEST_CASE("an address brings a list back as it was") {
    const Desk desk(access::Role::Admin, std::string(tokens_path) +
                                             "?q=lobby%20%26%20bar&active=ends_first&nonsense&x=1");
    CHECK(desk.model.pages.tokens.search == "lobby & bar");
    CHECK(desk.model.pages.tokens.active.sort == api::ListSort::EndsFirst);
    CHECK(desk.request("/api/v1/tokens?state=active&q=lobby%20%26%20bar&sort=ends_first") !=
          nullptr);
    CHECK(app::address_of(desk.model) ==
          std::string(tokens_path) + "?q=lobby%20%26%20bar&active=ends_first");

    const Desk audit(access::Role::Admin, "/record/audit?about=networks");
    CHECK(audit.model.pages.audit.subject == app::audit::Subject::Network);
    CHECK(app::address_of(audit.model) == "/record/audit?about=networks");
}

TEST_CASE("values that an address cannot mean are passed over") {
    for (const auto* query :
         {"?active=upwards", "?q=%ZZ", "?q=%ff", "?about=x", "?", "?&&=&q", "?q"}) {
        const Desk desk(access::Role::Admin, std::string(tokens_path) + query);
        CHECK(app::address_of(desk.model) == tokens_path);
    }
}

TEST_CASE("a Token ID that is pasted into a search goes into no URL") {
    const std::string token_id(access::generate_token_id({1, 2, 3, 4, 5, 6, 7, 8}).text().reveal());
    Desk desk(access::Role::Admin, std::string(tokens_path) + "?q=" + token_id);
    search(desk, token_id);
    for (std::size_t length = 5; length < token_id.size(); ++length) {
        search(desk, token_id.substr(0, length));
    }
    desk.send(app::ClickedNavigation{{app::Screen::Networks, {}}});
    desk.send(app::networks::Msg{app::networks::ChangedSearch{token_id}});
    desk.send(app::TimerFired{app::TimerId::Search});
    const auto more_than_hint = token_id.substr(0, 9);
    for (const auto& effect : desk.effects) {
        if (const auto* http = std::get_if<app::SendHttp>(&effect)) {
            CHECK(http->request.target.find(more_than_hint) == std::string::npos);
        } else if (const auto* url = std::get_if<app::ReplaceUrl>(&effect)) {
            CHECK(url->path.find(more_than_hint) == std::string::npos);
        }
    }
}

TEST_CASE("a dialog has an entry: Back closes it, and closing it takes the entry back") {
    Desk desk;
    desk.press("Generate New Token");
    CHECK(desk.last_effect<app::PushUrl>()->path == tokens_path);
    desk.send(app::UrlChanged{tokens_path});  // Back
    CHECK_FALSE(app::has_overlay(desk.model));
    CHECK(count<app::StepBack>(desk) == 0);

    desk.press("Generate New Token");
    desk.press("Cancel");
    CHECK(count<app::StepBack>(desk) == 1);
    const auto loads =
        desk.count_requests(api::Method::Get, "/api/v1/tokens?state=active&limit=100");
    desk.send(app::UrlChanged{tokens_path});  // of our own step
    CHECK(desk.count_requests(api::Method::Get, "/api/v1/tokens?state=active&limit=100") == loads);
}

TEST_CASE("a dialog that opens while the step back is under way gets its entry after it") {
    Desk desk;
    desk.press("Generate New Token");
    desk.press("Cancel");
    const auto pushed = count<app::PushUrl>(desk);
    desk.press("Generate New Token");
    CHECK(count<app::PushUrl>(desk) == pushed);
    desk.send(app::UrlChanged{tokens_path});
    CHECK(app::has_overlay(desk.model));
    CHECK(count<app::PushUrl>(desk) == pushed + 1);
}

TEST_CASE("a dialog that may not close yet keeps its entry") {
    Desk desk;
    desk.press("Generate New Token");
    desk.press("Generate Token");
    const auto pushed = count<app::PushUrl>(desk);
    desk.send(app::UrlChanged{tokens_path});
    CHECK(app::has_overlay(desk.model));
    CHECK(count<app::PushUrl>(desk) == pushed + 1);
}

TEST_CASE("a screen opened from the menu takes the menu's entry") {
    Desk desk;
    desk.send(app::ClickedMenu{});
    const auto pushed = count<app::PushUrl>(desk);
    desk.send(app::ClickedNavigation{{app::Screen::Audit, {}}});
    CHECK(count<app::PushUrl>(desk) == pushed);
    CHECK(count<app::StepBack>(desk) == 0);
    CHECK(desk.last_effect<app::ReplaceUrl>()->path == "/record/audit");
}

TEST_CASE("help over a path that is no screen leaves the address as typed") {
    Desk desk(access::Role::Admin, "/nowhere");
    desk.send(app::PressedShortcut{'?'});
    CHECK(desk.last_effect<app::PushUrl>()->path == "/nowhere");
}
