// 100,000 rows cost what 100 do: no frame and no message goes through what is not in sight.
// Layer: tests. The rows out of sight are poisoned: whoever reads one ends the program.
#include <algorithm>

#include "tests/support/desk.hpp"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

using namespace pcc;
using std::chrono::seconds;
using testing::Desk;
using testing::desk_now;
using testing::find_node;
using view::Kind;
using view::Pace;

namespace {

constexpr std::size_t many = 100'000;
constexpr std::size_t in_sight = 40;
const std::string active_path = "/api/v1/tokens?state=active";

/// Nobody may read or write these elements for as long as it stands. The tests' presets sanitize;
/// elsewhere it does nothing.
class OutOfSight {
  public:
    template <class T>
    explicit OutOfSight(const std::vector<T>& rows)
        : begin_(rows.data() + in_sight), size_((rows.size() - in_sight) * sizeof(T)) {
#if defined(__SANITIZE_ADDRESS__)
        __asan_poison_memory_region(begin_, size_);
#endif
    }
    ~OutOfSight() {
#if defined(__SANITIZE_ADDRESS__)
        __asan_unpoison_memory_region(begin_, size_);
#endif
    }
    OutOfSight(const OutOfSight&) = delete;
    auto operator=(const OutOfSight&) -> OutOfSight& = delete;

  private:
    const void* begin_;
    std::size_t size_;
};

template <class T>
void fill(app::PagedList<T>& list, const T& row) {
    api::Page<T> page;
    page.items.reserve(many + 200);
    page.items.assign(many, row);
    page.total = many;
    page.next = "more";
    list.rows = std::move(page);
}

/// A frame, as the console draws it: the picture, and the rows in sight of each table.
void draw(const Desk& desk, const std::string& table) {
    const auto picture = view::view(desk.model);
    for (const auto& part : picture.root.children) {
        for (const auto& card : part.children) {
            for (const auto& child : card.children) {
                if (child.table && child.name == table) {
                    REQUIRE(child.table->row_count >= many);
                    for (std::size_t i = 0; i < in_sight; ++i) {
                        CHECK_FALSE(view::read_row(*child.table, i).cells.empty());
                    }
                    return;
                }
            }
        }
    }
    FAIL(table, " is not there");
}

auto pick(app::Pick how, const char* row) -> app::tokens::Msg {
    return app::tokens::PickedRow{api::TokenListState::Active, how, TokenHandle(row)};
}

}  // namespace

TEST_CASE("tokens: a frame, a tick, a key, a selected row and a further page read no other row") {
    Desk desk;
    desk.reply(active_path, Desk::tokens({Desk::token("tok_a")}));
    auto& list = desk.model.pages.tokens.active;
    fill(list, Desk::token("tok_z"));
    auto& items = app::loaded(list)->items;
    items[3] = Desk::token("tok_b");
    items[7] = Desk::token("tok_c");
    {
        const OutOfSight rest(items);
        draw(desk, "Active Tokens List");
        desk.send(app::Ticked{desk_now + seconds(1)});
        desk.send(pick(app::Pick::Only, "tok_b"));
        desk.send(pick(app::Pick::Range, "tok_c"));
        draw(desk, "Active Tokens List");
        desk.send(app::PressedEscape{});
        desk.send(app::tokens::Msg{app::tokens::NearedEnd{api::TokenListState::Active}});
        desk.reply(active_path + "&limit=100&cursor=more",
                   Desk::tokens({Desk::token("tok_d"), Desk::token("tok_e")}));
        desk.send(app::tokens::Msg{app::tokens::ChangedSearch{"lobby"}});
        desk.send(app::BecameVisible{});
        draw(desk, "Active Tokens List");
    }
    CHECK(items.size() == many + 2);
    CHECK(items.back().handle == TokenHandle("tok_e"));
}

TEST_CASE(
    "networks, sessions and audit: a frame, a tick and a press on a title read no other row") {
    const auto look = [](Desk& desk, const auto& items, const std::string& table) {
        const OutOfSight rest(items);
        draw(desk, table);
        desk.send(app::Ticked{desk_now + seconds(1)});
        desk.send(app::BecameVisible{});
        const auto picture = view::view(desk.model);
        for (const auto& part : picture.root.children) {
            for (const auto& card : part.children) {
                for (const auto& child : card.children) {
                    if (child.table) desk.send(*child.table->columns.front().on_sort);
                }
            }
        }
        draw(desk, table);
    };
    Desk networks(access::Role::Admin, "/monitor/networks");
    fill(networks.model.pages.networks.networks,
         {NetworkId("net_1"), "Lisbon", {"lobby"}, 1, 1, 1, true, desk_now});
    look(networks, app::loaded(networks.model.pages.networks.networks)->items, "Networks");

    Desk sessions(access::Role::Admin, "/monitor/sessions");
    access::Assumption assumption;
    assumption.ends_at = desk_now + seconds(90);
    fill(sessions.model.pages.sessions.live, assumption);
    look(sessions, app::loaded(sessions.model.pages.sessions.live)->items, "Live now");

    Desk audit(access::Role::Admin, "/record/audit");
    api::AuditEvent event;
    event.at = desk_now;
    fill(audit.model.pages.audit.events, event);
    look(audit, app::loaded(audit.model.pages.audit.events)->items, "Audit");
}

TEST_CASE("a selection of many rows is carried over to the list as it is now") {
    Desk desk;
    std::vector<access::AccessToken> tokens;
    for (int i = 0; i < 300; ++i) {
        tokens.push_back(Desk::token("tok_" + std::to_string(i)));
    }
    desk.reply(active_path, Desk::tokens(tokens));
    desk.send(pick(app::Pick::All, ""));
    desk.send(pick(app::Pick::Toggle, "tok_200"));
    desk.send(pick(app::Pick::Toggle, "tok_150"));
    CHECK(desk.sees("298 selected"));
    desk.send(app::tokens::Msg{app::tokens::NewsArrived{}});
    std::reverse(tokens.begin(), tokens.end());
    tokens.erase(tokens.begin(), tokens.begin() + 10);
    tokens.insert(tokens.begin(), Desk::token("tok_new"));
    desk.reply(active_path, Desk::tokens(tokens));
    CHECK(desk.sees("288 selected"));
    const auto& selection = desk.model.pages.tokens.selections[0];
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto& handle = tokens[i].handle.value;
        CHECK(selection.has(i) ==
              (handle != "tok_new" && handle != "tok_200" && handle != "tok_150"));
        if (handle == "tok_150") CHECK(selection.anchor == i);
    }
}

TEST_CASE("what the active tokens add up to is kept page by page") {
    Desk desk;
    auto lifetime = Desk::token("tok_a");
    lifetime.validity = access::Validity::lifetime();
    lifetime.expires_at.reset();
    lifetime.live_count = 1;
    auto page = [](std::vector<access::AccessToken> items, const char* next) {
        api::Page<access::AccessToken> made;
        made.total = 4;
        made.items = std::move(items);
        made.next = next;
        return Desk::ok(api::encode_tokens(made, desk_now));
    };
    desk.reply(active_path, page({lifetime, lifetime}, "more"));
    CHECK_FALSE(desk.sees("2 in use now"));                  // the rest is not known yet
    CHECK(view::view(desk.model).pace == Pace::EachMinute);  // nothing counts down
    desk.send(app::tokens::Msg{app::tokens::NearedEnd{api::TokenListState::Active}});
    auto used = Desk::token("tok_b");
    used.live_count = 2;
    desk.reply(active_path, page({used, Desk::token("tok_c", desk_now, 8)}, ""));
    CHECK(desk.sees("3 in use now"));
    CHECK(view::view(desk.model).pace == Pace::EachSecond);
    desk.send(app::tokens::Msg{app::tokens::NewsArrived{}});
    desk.reply(active_path, page({lifetime}, ""));
    CHECK(desk.sees("1 in use now"));
    CHECK(view::view(desk.model).pace == Pace::EachMinute);
}
