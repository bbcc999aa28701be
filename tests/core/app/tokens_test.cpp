#include "core/access/token_id.hpp"
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::desk_now;
using testing::find_node;
using view::Kind;

namespace {

const std::string tokens_path = "/api/v1/tokens";
const std::string active_path = "/api/v1/tokens?state=active";
const std::string expired_path = "/api/v1/tokens?state=expired";

void load_lists(Desk& desk, std::vector<access::AccessToken> active) {
    desk.reply(active_path, Desk::tokens(std::move(active)));
    desk.reply(expired_path, Desk::tokens({}));
}

auto a_token_id() -> std::string {
    return std::string(access::generate_token_id({}).text().reveal());
}

auto generated_reply() -> api::HttpResponse {
    return Desk::ok(
        api::encode_generated_token({Desk::token("tok_new"), Secret(a_token_id())}, desk_now), 201);
}

}  // namespace

TEST_CASE("the lists are loading, then empty with a word on what to do") {
    Desk desk;
    CHECK(desk.sees("Loading tokens"));
    load_lists(desk, {});
    CHECK(desk.sees("Nobody outside has access."));
    CHECK(desk.sees("No token has ended yet."));
}

TEST_CASE("a list that failed says so and can be tried again") {
    Desk desk;
    desk.send(app::HttpFailed{desk.request(active_path)->id});
    CHECK(desk.sees("No answer came."));
    const auto asked =
        desk.count_requests(api::Method::Get, desk.request(active_path)->request.target);
    desk.press("Try again");
    CHECK(desk.count_requests(api::Method::Get, desk.request(active_path)->request.target) ==
          asked + 1);
}

TEST_CASE("a double click on Generate sends one request") {
    Desk desk;
    load_lists(desk, {});
    desk.press("Generate New Token");
    const auto button = find_node(view::view(desk.model), Kind::Button, "Generate Token");
    REQUIRE(button.has_value());
    desk.send(*button->on_press);
    desk.send(*button->on_press);
    CHECK(desk.count_requests(api::Method::Post, tokens_path) == 1);
}

TEST_CASE("a retry of the same dialog repeats its idempotency key; another dialog has its own") {
    Desk desk;
    load_lists(desk, {});
    const auto key_of_last = [&desk] {
        return std::string(api::header(desk.request(tokens_path)->request.headers,
                                       api::header_name::idempotency_key));
    };
    desk.press("Generate New Token");
    desk.press("Generate Token");
    const auto first = key_of_last();
    desk.send(app::HttpFailed{desk.request(tokens_path)->id});
    desk.press("Generate Token");
    CHECK(key_of_last() == first);
    CHECK(first.size() >= 16);
    desk.send(app::HttpFailed{desk.request(tokens_path)->id});
    desk.press("Cancel");
    desk.press("Generate New Token");
    desk.press("Generate Token");
    CHECK(key_of_last() != first);
}

TEST_CASE("the dialog that is generating cannot be closed: its answer would be lost") {
    Desk desk;
    load_lists(desk, {});
    desk.press("Generate New Token");
    desk.press("Generate Token");
    desk.send(app::PressedEscape{});
    desk.reply(tokens_path, generated_reply());
    CHECK(desk.sees(a_token_id()));
}

TEST_CASE("a Token ID leaves the model when its dialog closes") {
    Desk desk;
    load_lists(desk, {});
    desk.press("Generate New Token");
    desk.press("Generate Token");
    desk.reply(tokens_path, generated_reply());
    desk.press("Copy Token ID");
    CHECK(desk.last_effect<app::CopyText>()->text.reveal() == a_token_id());
    CHECK_FALSE(desk.sees("Copied."));  // announced only when it happened
    desk.send(app::Copied{true});
    CHECK(desk.sees("Copied."));
    desk.press("Done");
    CHECK(std::holds_alternative<app::tokens::NoDialog>(desk.model.pages.tokens.dialog));
    CHECK_FALSE(desk.sees(a_token_id()));
}

TEST_CASE("a refused copy says what to do instead") {
    Desk desk;
    load_lists(desk, {});
    desk.press("Generate New Token");
    desk.press("Generate Token");
    desk.reply(tokens_path, generated_reply());
    desk.press("Copy Token ID");
    desk.send(app::Copied{false});
    CHECK(desk.sees("The browser did not allow copying."));
}

TEST_CASE("the reply to a search that was superseded is dropped") {
    Desk desk;
    load_lists(desk, {});
    desk.send(app::tokens::Msg{app::tokens::ChangedSearch{"first"}});
    desk.send(app::TimerFired{app::TimerId::Search});
    const auto late = desk.request(active_path)->id;
    desk.send(app::tokens::Msg{app::tokens::ChangedSearch{"second"}});
    desk.send(app::TimerFired{app::TimerId::Search});
    bool aborted = false;
    for (const auto& effect : desk.effects) {
        const auto* abort = std::get_if<app::AbortHttp>(&effect);
        aborted = aborted || (abort && abort->id == late);
    }
    CHECK(aborted);
    desk.send(app::HttpReplied{late, Desk::tokens({Desk::token("tok_late")})});
    CHECK_FALSE(desk.sees("pcc_7K2M…late"));
    desk.reply(active_path, Desk::tokens({Desk::token("tok_right")}));
    CHECK(desk.sees("pcc_7K2M…right"));
}

TEST_CASE("no rows of one search say nothing of another") {
    Desk desk;
    desk.reply(active_path, Desk::tokens({}));
    CHECK(desk.sees("Nobody outside has access."));
    desk.send(app::tokens::Msg{app::tokens::ChangedSearch{"zzz"}});
    CHECK_FALSE(desk.sees("Nothing found"));
    CHECK(desk.sees("Looking for tokens"));
    desk.send(app::TimerFired{app::TimerId::Search});
    desk.reply(active_path, Desk::tokens({}));
    CHECK(desk.sees("Nothing found"));
    desk.send(app::tokens::Msg{app::tokens::ChangedSearch{""}});
    CHECK_FALSE(desk.sees("Nobody outside has access."));
    desk.send(app::TimerFired{app::TimerId::Search});
    desk.send(app::HttpFailed{desk.request(active_path)->id});
    CHECK_FALSE(desk.sees("Nobody outside has access."));
    CHECK(desk.sees("No answer came."));
}

TEST_CASE("whoever is in on a token is named only where that is known") {
    Desk desk;
    auto one = Desk::token("tok_aaaa");
    one.last_used_by = "Mira Holt";
    one.live_count = one.use_count = 1;
    auto many = Desk::token("tok_bbbb");
    many.last_used_by = "Mira Holt";
    many.live_count = 3;
    many.use_count = 3;
    desk.reply(active_path, Desk::tokens({one, many}));
    desk.press("Expire pcc_7K2M…aaaa");
    CHECK(desk.sees("Mira Holt is in right now"));
    desk.send(app::PressedEscape{});
    desk.press("Expire pcc_7K2M…bbbb");
    CHECK(desk.sees("3 sessions are open right now"));
    desk.send(app::PressedEscape{});
}

TEST_CASE("a reply for a page that was left changes nothing") {
    Desk desk;
    const auto id = desk.request(active_path)->id;
    desk.send(app::ClickedNavigation{{app::Screen::Networks, {}}});
    desk.send(app::HttpReplied{id, Desk::tokens({Desk::token("tok_gone")})});
    CHECK_FALSE(desk.sees("pcc_7K2M…gone"));
}

TEST_CASE("sorting by a column asks the server and shows the direction") {
    Desk desk;
    load_lists(desk, {Desk::token("tok_a")});
    desk.send(app::tokens::Msg{
        app::tokens::ClickedSort{api::TokenListState::Active, api::ListSort::EndsFirst}});
    CHECK(desk.request(active_path)->request.target.find("sort=ends_first") != std::string::npos);
    const auto table = find_node(view::view(desk.model), Kind::Table, "Active Tokens List");
    REQUIRE(table.has_value());
    for (const auto& column : table->table->columns) {
        if (column.id == "end") {
            CHECK(column.sort == view::Sort::Ascending);
        }
    }
}

TEST_CASE("only rows in sight are made") {
    std::vector<access::AccessToken> many;
    for (int i = 0; i < 100; ++i) {
        many.push_back(Desk::token("tok_" + std::to_string(i)));
    }
    Desk desk;
    load_lists(desk, many);
    const auto table = find_node(view::view(desk.model), Kind::Table, "Active Tokens List");
    REQUIRE(table.has_value());
    CHECK(table->children.empty());
    CHECK(table->table->row_count == 100);
    CHECK(table->table->row_at(99).id == "tok_99");
}

TEST_CASE("remaining time counts on the server's clock") {
    Desk desk;
    // The browser is 10 minutes behind the server.
    desk.send(app::Ticked{desk_now - std::chrono::minutes(10)});
    load_lists(desk, {Desk::token("tok_a")});
    CHECK(desk.model.clock.now() == desk_now);
    CHECK(desk.sees("2 h 0 m 0 s"));
    desk.send(app::Ticked{desk_now - std::chrono::minutes(10) + std::chrono::seconds(1)});
    CHECK(desk.sees("1 h 59 m 59 s"));
    CHECK(desk.sees("The clock of this computer is off by 10 m 0 s."));
}

TEST_CASE("a token whose time runs out makes the lists load again") {
    Desk desk;
    load_lists(desk,
               {Desk::token("tok_a", desk_now - std::chrono::hours(2) + std::chrono::seconds(1))});
    const auto before = desk.request(active_path)->id;
    desk.send(app::Ticked{desk_now + std::chrono::milliseconds(999)});
    CHECK(desk.request(active_path)->id == before);
    desk.send(app::Ticked{desk_now + std::chrono::seconds(1)});
    CHECK(desk.request(active_path)->id != before);
}
