// The order of a list over cards: what the button says, what the dialog offers and asks for.
// Layer: tests.
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::find_node;
using testing::open_dialog;
using view::Kind;
using view::Node;

namespace {

constexpr auto button_name = "Sort by: Newest first, Active Tokens List";

auto phone_desk() -> Desk {
    Desk desk;
    desk.reply("/api/v1/tokens?state=active", Desk::tokens({Desk::token("tok_a")}));
    desk.reply("/api/v1/tokens?state=expired", Desk::tokens({}));
    desk.send(app::Resized{390, 844});
    return desk;
}

auto choices(const Desk& desk) -> std::string {
    std::string all;
    for (const auto& node : testing::reachable_nodes(view::view(desk.model))) {
        if (node.kind == Kind::Choice) {
            all += (node.selected ? "*" : "") + node.name + " (" + node.detail + ")\n";
        }
    }
    return all;
}

auto tools_of(const std::vector<Node>& parts) -> const Node* {
    for (const auto& part : parts) {
        if (part.id == "list_tools") {
            return &part;
        }
        if (const auto* found = tools_of(part.children)) {
            return found;
        }
    }
    return nullptr;
}

}  // namespace

TEST_CASE("over cards a list says its order and offers all its columns' orders, each once") {
    auto desk = phone_desk();
    const auto button = find_node(view::view(desk.model), Kind::Button, button_name);
    REQUIRE(button.has_value());
    CHECK(button->name == "Sort by: Newest first");
    CHECK(button->over_cards);
    desk.press(button_name);
    REQUIRE(open_dialog(view::view(desk.model)) != nullptr);
    CHECK(open_dialog(view::view(desk.model))->name == "Sort by");
    CHECK(open_dialog(view::view(desk.model))->detail == "Active Tokens List");
    CHECK(choices(desk) ==
          "*Newest first (Generated)\nOldest first (Generated)\nLatest end first (Time left)\n"
          "Earliest end first (Time left)\nLast used first (Last used)\n");
}

TEST_CASE("a chosen order is asked for at once; the dialog stays until it is closed") {
    auto desk = phone_desk();
    desk.press(button_name);
    const auto choice = find_node(view::view(desk.model), Kind::Choice, "Earliest end first");
    REQUIRE(choice.has_value());
    desk.send(*choice->on_press);
    CHECK(desk.request("/api/v1/tokens?state=active")->request.target.find("sort=ends_first") !=
          std::string::npos);
    CHECK(choices(desk).find("*Earliest end first") != std::string::npos);
    desk.press("Done");
    CHECK(open_dialog(view::view(desk.model)) == nullptr);
    CHECK(find_node(view::view(desk.model), Kind::Button,
                    "Sort by: Earliest end first, Active Tokens List")
              .has_value());
}

TEST_CASE("an order chosen in the dialog stands in the address, on the entry that stays") {
    constexpr auto below = "/configure/organization/tokens";
    constexpr auto after = "/configure/organization/tokens?active=oldest";
    for (const bool by_back : {false, true}) {
        CAPTURE(by_back);
        auto desk = phone_desk();
        desk.press(button_name);
        CHECK(desk.last_effect<app::PushUrl>()->path == below);
        desk.send(*find_node(view::view(desk.model), Kind::Choice, "Oldest first")->on_press);
        CHECK(desk.model.address_bar.shown == below);
        if (!by_back) {
            desk.press("Done");
            CHECK(desk.last_effect<app::StepBack>() != nullptr);
        }
        desk.send(app::UrlChanged{below});
        CHECK(open_dialog(view::view(desk.model)) == nullptr);
        CHECK(desk.last_effect<app::ReplaceUrl>()->path == after);
        CHECK(find_node(view::view(desk.model), Kind::Button,
                        "Sort by: Oldest first, Active Tokens List")
                  .has_value());
    }
}

TEST_CASE("the dialog of the order is not that of the columns, and Escape closes it") {
    auto desk = phone_desk();
    desk.press(button_name);
    CHECK_FALSE(find_node(view::view(desk.model), Kind::Checkbox, "Validity").has_value());
    desk.send(app::PressedEscape{});
    desk.press("Columns of Active Tokens List");
    CHECK(find_node(view::view(desk.model), Kind::Checkbox, "Validity").has_value());
    CHECK(choices(desk).empty());
}

TEST_CASE("an order whose column is hidden is still said and can still be chosen") {
    auto desk = phone_desk();
    desk.press("Columns of Active Tokens List");
    desk.send(*find_node(view::view(desk.model), Kind::Checkbox, "Generated")->on_press);
    desk.press("Done");
    desk.press(button_name);
    CHECK(choices(desk).find("*Newest first (Generated)") == 0);
}

TEST_CASE(
    "a list whose card has no head has its tools over the cards, on a desktop in the page's") {
    for (const float width : {390.F, 1280.F}) {
        CAPTURE(width);
        Desk desk(access::Role::Admin, "/monitor/networks");
        desk.reply("/api/v1/networks", Desk::networks({Desk::network("net_1", "Lisbon")}));
        desk.send(app::Resized{width, 844});
        const auto picture = view::view(desk.model);
        const auto main = find_node(picture, Kind::Main, "");
        REQUIRE(main.has_value());
        for (const auto& child : picture.root.children) {
            if (child.kind != Kind::Main) continue;
            REQUIRE(child.children.size() == 2);
            CHECK((tools_of(child.children[0].children) != nullptr) == (width > 900));
            CHECK((tools_of(child.children[1].children) != nullptr) == (width < 900));
        }
        CHECK(find_node(picture, Kind::Button, "Sort by: A to Z, Networks").has_value());
    }
}
