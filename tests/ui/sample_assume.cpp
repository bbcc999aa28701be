// Assuming, acting for another organization, and the end of it.
// Layer: tests.
#include <utility>

#include "tests/ui/sample_parts.hpp"

namespace pcc::sample {

auto assume(bool narrow) -> Picture {
    Node id = field("token_id", "Token ID", FieldKind::TokenId);
    id.field->hint = "Well formed, checksum matches.";
    id.field->hint_tone = Tone::Ok;
    Node facts = node(Kind::Facts, {},
                      {node(Kind::Fact, "Organization", {text("Aurora Hotels", TextStyle::Strong)}),
                       node(Kind::Fact, "Granted by", {text("Ana Reyes, today 19:22")}),
                       node(Kind::Fact, "Reach", {text("All 12 networks, read and write")}),
                       node(Kind::Fact, "Time left", {text("1 h 41 m 58 s, until 21:22")})});
    Node body = column(
        {column(
             {heading(1, "Assume User"),
              text("Enter the Token ID that an administrator gave you. You keep your own account; "
                   "all you do is recorded in your name.",
                   TextStyle::Muted)},
             0),
         node(Kind::Card, {}, {id}),
         node(Kind::Card, {},
              {node(Kind::CardHeader, {},
                    {heading(2, "What it opens"), spacer(), chip("valid", Tone::Ok)}),
               facts,
               row({button("assume", "Assume User", app::ClickedRetry{}, ButtonStyle::Primary),
                    text("Ana Reyes sees that you are in.", TextStyle::SmallMuted)},
                   12)})},
        16);
    body.width = 672;
    return page({"Organization", "Configure", "Assume User"}, {body}, narrow);
}

namespace {

auto network_row(std::string name, std::vector<Node> tags, std::string points, Node state,
                 std::string clients, bool selected) -> TableRow {
    std::string id = name;
    return {std::move(id),
            selected,
            false,
            {text(std::move(name), TextStyle::Strong), row(std::move(tags), 4),
             text(std::move(points)), std::move(state), text(std::move(clients)),
             small(button("open", "Open", app::ClickedHelp{}))}};
}

}  // namespace

auto assumed(bool narrow) -> Picture {
    std::vector<TableRow> rows{network_row("Aurora Lisbon", {chip("lobby"), chip("guest")},
                                           "14 / 14", chip("online", Tone::Ok), "212", false),
                               network_row("Aurora Porto", {chip("guest")}, "9 / 10",
                                           chip("1 offline", Tone::Warn), "143", false),
                               network_row("Aurora Faro", {chip("guest"), chip("pool")}, "6 / 6",
                                           chip("online", Tone::Ok), "58", false),
                               network_row("Aurora Evora", {chip("staff")}, "4 / 4",
                                           chip("online", Tone::Ok), "31", false),
                               network_row("Aurora Braga", {chip("guest")}, "0 / 5",
                                           chip("offline", Tone::Bad), "0", true),
                               network_row("Aurora Sintra", {chip("guest"), chip("events")},
                                           "8 / 8", chip("online", Tone::Ok), "97", false)};
    Picture picture = page(
        {"Monitor", "Networks"},
        {row({heading(1, "Networks"), chip("12"), spacer(), search("Search networks and tags")},
             12),
         node(Kind::Card, {},
              {table({column_of("Network", 174, 0), column_of("Tags", 160, 0.5F),
                      column_of("Access points", 110, 0.5F), column_of("State", 100, 0.4F),
                      column_of("Clients", 80, 1), buttons_column(56)},
                     std::move(rows), false)})},
        narrow);
    act(picture);
    return picture;
}

auto ended(bool narrow) -> Picture {
    Node card = node(
        Kind::Card, {},
        {heading(1, "Your access to Aurora Hotels has ended"),
         text("Ana Reyes expired the token at 19:58. You were in for 36 minutes and changed 2 "
              "things; both are kept.",
              TextStyle::Muted),
         row({button("again", "Enter another Token ID", app::ClickedRetry{}, ButtonStyle::Primary),
              button("changes", "What I changed", app::ClickedHelp{})},
             12)});
    card.width = 672;
    return page({"Organization", "Configure", "Assume User"}, {card}, narrow);
}

}  // namespace pcc::sample
