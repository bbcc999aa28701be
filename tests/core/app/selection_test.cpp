// Several tokens at once: picking rows, and ending what is picked.
#include <algorithm>

#include "tests/support/desk.hpp"

using namespace pcc;
using app::Pick;
using testing::Desk;
using testing::find_node;
using view::Kind;

namespace {

const std::string active_path = "/api/v1/tokens?state=active";
const std::string expired_path = "/api/v1/tokens?state=expired";
constexpr auto active = api::TokenListState::Active;

struct Page : Desk {
    Page() { load({"tok_a", "tok_b", "tok_c", "tok_d"}); }
    void load(const std::vector<std::string>& handles) {
        std::vector<access::AccessToken> tokens;
        for (const auto& handle : handles) {
            tokens.push_back(token(handle));
        }
        reply(active_path, Desk::tokens(std::move(tokens)));
        reply(expired_path,
              Desk::tokens({token("tok_old", testing::desk_now - std::chrono::hours(5))}));
    }
    void pick(Pick how, const std::string& row = {}) {
        send(app::tokens::Msg{app::tokens::PickedRow{active, how, TokenHandle(row)}});
    }
    /// The last letters of the handles of what is selected, in the order of the list.
    auto selected() -> std::string {
        std::string letters;
        const auto table = find_node(view::view(model), Kind::Table, "Active Tokens List")->table;
        for (std::size_t i = 0; i < table->row_count; ++i) {
            const auto row = table->row_at(i);
            CHECK(row.picked == row.cells.front().selected);
            letters += row.picked ? row.id.substr(4) : "";
        }
        return letters;
    }
    auto head() -> view::Check {
        return find_node(view::view(model), Kind::Table, "Active Tokens List")
            ->table->columns.front()
            .check;
    }
    auto said() const -> const std::string& { return model.wires.announcement; }
};

}  // namespace

TEST_CASE("checkboxes, single rows, ranges from the row picked last, all and none") {
    Page page;
    CHECK(page.head() == view::Check::Off);
    page.pick(Pick::Toggle, "tok_b");
    CHECK(page.selected() == "b");
    CHECK(page.head() == view::Check::Mixed);
    CHECK(page.said() == "1 selected.");
    page.pick(Pick::Range, "tok_d");
    CHECK(page.selected() == "bcd");
    page.pick(Pick::Range, "tok_a");  // turns round its anchor
    CHECK(page.selected() == "ab");
    page.pick(Pick::Only, "tok_c");
    CHECK(page.selected() == "c");
    page.pick(Pick::Toggle, "tok_a");
    page.pick(Pick::Range, "tok_b");  // keeps what was there before the range
    CHECK(page.selected() == "abc");
    page.pick(Pick::All);
    CHECK(page.selected() == "abcd");
    CHECK(page.head() == view::Check::On);
    CHECK(page.said() == "4 selected.");
    page.pick(Pick::All);
    CHECK(page.selected().empty());
    page.pick(Pick::Range, "tok_c");  // without an anchor a range is one row
    CHECK(page.selected() == "c");
    page.pick(Pick::None);
    CHECK(page.selected().empty());
    CHECK(page.said() == "0 selected.");
}

TEST_CASE("the head's and each row's checkbox are found by name and send what they say") {
    Page page;
    const auto box = find_node(view::view(page.model), Kind::Checkbox, "Select token pcc_7K2M…c");
    REQUIRE(box.has_value());
    page.send(*box->on_press);
    CHECK(page.selected() == "c");
    CHECK(page.sees("1 selected"));
    page.press("Clear the selection");
    CHECK(page.selected().empty());
    CHECK_FALSE(page.sees("1 selected"));
}

TEST_CASE("what leaves the list leaves the selection; what is sorted anew stays in it") {
    Page page;
    page.pick(Pick::Toggle, "tok_a");
    page.pick(Pick::Toggle, "tok_c");
    page.send(app::tokens::Msg{app::tokens::NewsArrived{}});
    page.load({"tok_d", "tok_c", "tok_b"});
    CHECK(page.selected() == "c");
    CHECK(page.sees("1 selected"));
}

TEST_CASE("Escape clears the selection, after it has closed a dialog") {
    Page page;
    page.pick(Pick::All);
    page.press("Expire the selected tokens");
    page.send(app::PressedEscape{});
    CHECK(page.selected() == "abcd");
    page.send(app::PressedEscape{});
    CHECK(page.selected().empty());
}

TEST_CASE("one confirmation names the count and the first few; one request and key for each") {
    Page page;
    page.pick(Pick::All);
    page.press("Expire the selected tokens");
    CHECK(page.sees("Expire 4 tokens?"));
    CHECK(page.sees("pcc_7K2M…a, pcc_7K2M…b, pcc_7K2M…c and 1 more"));
    page.press("Expire 4 Tokens");
    std::vector<std::string> keys;
    for (const char* handle : {"tok_a", "tok_b", "tok_c", "tok_d"}) {
        const auto target = std::string("/api/v1/tokens/") + handle + "/expire";
        REQUIRE(page.request(target));
        keys.emplace_back(
            api::header(page.request(target)->request.headers, api::header_name::idempotency_key));
        CHECK(keys.back().size() >= 16);
        CHECK(std::count(keys.begin(), keys.end(), keys.back()) == 1);
        page.reply(target, Desk::ok(api::encode_token(Desk::token(handle), testing::desk_now)));
    }
    CHECK(page.sees("4 tokens are expired."));
    page.load({"tok_e"});
    CHECK(std::holds_alternative<app::tokens::NoDialog>(page.model.pages.tokens.dialog));
    CHECK(page.selected().empty());
}

TEST_CASE("what failed is told by its hint and its reason, and stays selected") {
    Page page;
    page.pick(Pick::Toggle, "tok_a");
    page.pick(Pick::Range, "tok_c");
    page.press("Delete the selected tokens");
    page.press("Delete 3 Tokens");
    page.reply("/api/v1/tokens/tok_a", Desk::ok("", 204));
    page.send(app::PressedEscape{});  // not now: it is said what came of each
    page.reply("/api/v1/tokens/tok_b", Desk::problem(409, "conflict", "It is held."));
    page.reply("/api/v1/tokens/tok_c", Desk::ok("", 204));
    CHECK(page.sees("2 deleted, 1 failed:"));
    CHECK(page.sees("pcc_7K2M…b: It is held."));
    CHECK(page.said().find("2 deleted, 1 failed: pcc_7K2M…b") == 0);
    page.load({"tok_b", "tok_d"});
    CHECK(page.selected() == "b");
}

TEST_CASE(
    "a token beyond the selected ones is never ended, and a double press sends nothing twice") {
    Page page;
    page.pick(Pick::Toggle, "tok_b");
    page.press("Expire the selected tokens");
    const auto submit = find_node(view::view(page.model), Kind::Button, "Expire Token");
    page.send(*submit->on_press);
    page.send(*submit->on_press);
    CHECK(page.count_requests(api::Method::Post, "/api/v1/tokens/tok_b/expire") == 1);
    page.reply("/api/v1/tokens/tok_b/expire",
               Desk::ok(api::encode_token(Desk::token("tok_b"), testing::desk_now)));
    CHECK(page.request("/api/v1/tokens/tok_a") == nullptr);
    CHECK(page.request("/api/v1/tokens/tok_c") == nullptr);
}

TEST_CASE("leaving the list while it is worked on stops nothing, and the end of it is told") {
    Page page;
    page.pick(Pick::All);
    page.press("Expire the selected tokens");
    page.press("Expire 4 Tokens");
    page.send(app::UrlChanged{"/monitor/networks"});
    page.send(app::ClickedNavigation{{app::Screen::Audit, {}}});
    const auto expire = [&page](const std::string& handle, api::HttpResponse response) {
        page.reply("/api/v1/tokens/" + handle + "/expire", std::move(response));
    };
    const auto done = Desk::ok(api::encode_token(Desk::token("tok_a"), testing::desk_now));
    expire("tok_a", done);
    expire("tok_b", Desk::problem(409, "conflict", "It is held."));
    CHECK(page.model.route.screen == app::Screen::Audit);
    CHECK_FALSE(page.sees("of 4…"));
    page.send(app::ClickedNavigation{{app::Screen::Tokens, {}}});
    CHECK(page.sees("2 of 4…"));  // back again: it is still going on
    page.send(app::PressedEscape{});
    CHECK(page.sees("2 of 4…"));
    page.send(app::ClickedNavigation{{app::Screen::Audit, {}}});
    expire("tok_c", done);
    const auto lists = page.count_requests(api::Method::Get, active_path + "&limit=100");
    expire("tok_d", done);
    CHECK(page.sees("3 expired, 1 failed:"));
    CHECK(page.sees("pcc_7K2M…b: It is held."));
    CHECK(page.count_requests(api::Method::Get, active_path + "&limit=100") == lists);
    page.send(app::ClickedNavigation{{app::Screen::Tokens, {}}});
    CHECK(std::holds_alternative<app::tokens::NoDialog>(page.model.pages.tokens.dialog));
}

TEST_CASE("one token that could not be ended after its page was left is told by name") {
    Page page;
    page.press("Delete pcc_7K2M…a");
    page.press("Delete Token");
    page.send(app::ClickedNavigation{{app::Screen::Networks, {}}});
    page.reply("/api/v1/tokens/tok_a", Desk::problem(409, "conflict", "It is held."));
    CHECK(page.sees("The token was not deleted."));
    CHECK(page.sees("pcc_7K2M…a: It is held."));
}

TEST_CASE("a confirmation that was not given is gone with its page") {
    Page page;
    page.press("Delete pcc_7K2M…a");
    page.send(app::ClickedNavigation{{app::Screen::Networks, {}}});
    page.send(app::ClickedNavigation{{app::Screen::Tokens, {}}});
    CHECK(std::holds_alternative<app::tokens::NoDialog>(page.model.pages.tokens.dialog));
}
