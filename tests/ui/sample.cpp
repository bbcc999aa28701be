// Sample pictures: the screens of the console, put together by hand.
// Layer: tests.
#include "tests/ui/sample.hpp"

#include <utility>

namespace pcc::sample {

using view::ButtonStyle;
using view::Field;
using view::FieldKind;
using view::Kind;
using view::Table;
using view::TableColumn;
using view::TableRow;
using view::TextStyle;
using view::Tone;

auto node(Kind kind, std::string name, std::vector<Node> children) -> Node {
    Node made;
    made.kind = kind;
    made.name = std::move(name);
    made.children = std::move(children);
    return made;
}

auto text(std::string words, TextStyle style) -> Node {
    Node made = node(Kind::Text, std::move(words));
    made.style = style;
    return made;
}

auto button(std::string id, std::string name, app::Msg msg, ButtonStyle style) -> Node {
    Node made = node(Kind::Button, std::move(name));
    made.id = std::move(id);
    made.button = style;
    made.on_press = std::move(msg);
    return made;
}

namespace {

auto row(std::vector<Node> children, float gap = 8) -> Node {
    Node made = node(Kind::Row, {}, std::move(children));
    made.gap = gap;
    return made;
}

auto column(std::vector<Node> children, float gap = 8) -> Node {
    Node made = node(Kind::Column, {}, std::move(children));
    made.gap = gap;
    return made;
}

auto heading(int level, std::string words) -> Node {
    Node made = node(Kind::Heading, std::move(words));
    made.level = level;
    return made;
}

auto chip(std::string word, Tone tone = Tone::Plain) -> Node {
    Node made = node(Kind::Chip, std::move(word));
    made.tone = tone;
    return made;
}

auto spacer() -> Node {
    return node(Kind::Spacer);
}

auto small(Node made) -> Node {
    made.small = true;
    return made;
}

auto field(std::string id, std::string label, FieldKind kind) -> Node {
    Node made = node(Kind::TextField, std::move(label));
    made.id = std::move(id);
    made.field = std::make_shared<Field>();
    made.field->kind = kind;
    return made;
}

auto search(std::string placeholder) -> Node {
    Node made = field("search", placeholder, FieldKind::Search);
    made.field->placeholder = std::move(placeholder);
    made.width = 240;
    return made;
}

auto nav_link(std::string name, int level, bool selected) -> Node {
    Node made = node(Kind::NavLink, name);
    made.id = std::move(name);
    made.level = level;
    made.selected = selected;
    made.on_press = app::ClickedNavigation{};
    made.href = "/somewhere";
    return made;
}

auto nav_group(std::string name, std::vector<Node> links) -> Node {
    return node(Kind::NavGroup, std::move(name), std::move(links));
}

auto titled(Kind kind, std::string name, std::string detail, std::vector<Node> children = {})
    -> Node {
    Node made = node(kind, std::move(name), std::move(children));
    made.detail = std::move(detail);
    return made;
}

auto sidebar(const std::string& organization, const std::string& person, const std::string& role,
             const std::string& current) -> Node {
    const auto link = [&](const char* name, int level) {
        return nav_link(name, level, current == name);
    };
    Node label = link("Organization", 0);
    label.on_press.reset();
    auto theme = small(button("theme", "Dark", app::ClickedTheme{}, ButtonStyle::Quiet));
    auto sign_out =
        small(button("sign_out", "Sign out", app::ClickedSignOut{}, ButtonStyle::Quiet));
    Node made =
        node(Kind::Sidebar, "Main",
             {node(Kind::Brand, "PCC console"), titled(Kind::OrgCard, organization, "Organization"),
              nav_group("Monitor", {link("Networks", 0), link("Live sessions", 0)}),
              nav_group("Configure", {label, link("Generated Tokens List", 1),
                                      link("Assume User", 1), link("Settings", 1)}),
              nav_group("Record", {link("Audit", 0)}),
              titled(Kind::Profile, person, role, {theme, sign_out})});
    made.id = "sidebar";
    return made;
}

auto top_bar(const std::vector<std::string>& steps, bool narrow) -> Node {
    Node crumbs = node(Kind::Breadcrumb);
    for (const std::string& step : steps)
        crumbs.children.push_back(
            text(step, &step == &steps.back() ? TextStyle::Strong : TextStyle::Muted));
    Node bar = node(Kind::TopBar);
    if (narrow) bar.children.push_back(button("menu", "☰", app::ClickedMenu{}));
    bar.children.push_back(crumbs);
    bar.children.push_back(spacer());
    bar.children.push_back(text("19:40:12 your time", TextStyle::SmallMuted));
    bar.children.push_back(small(button("help", "?", app::ClickedHelp{})));
    return bar;
}

}  // namespace

auto page(std::vector<std::string> steps, std::vector<Node> body, bool narrow,
          std::optional<Node> dialog) -> Picture {
    const bool support = steps.back() != "Generated Tokens List";
    Picture picture;
    picture.title = steps.back();
    picture.root = node(Kind::Root);
    auto& parts = picture.root.children;
    parts.push_back(support ? sidebar("NetCare Support", "Sam Ortiz", "Network Admin", steps.back())
                            : sidebar("Aurora Hotels", "Ana Reyes", "Admin", steps.back()));
    parts.push_back(top_bar(steps, narrow));
    Node main = node(Kind::Main, {}, std::move(body));
    main.id = "main";
    main.gap = 16;
    parts.push_back(std::move(main));
    if (dialog) parts.push_back(std::move(*dialog));
    return picture;
}

void act(Picture& picture) {
    picture.assuming = true;
    Node banner = node(Kind::Banner, "Acting for Aurora Hotels",
                       {button("go_back", "← Go Back", app::ClickedGoBack{}, ButtonStyle::OnBanner),
                        node(Kind::Sentence, {},
                             {text("You are in "), text("Aurora Hotels", TextStyle::Strong),
                              text(" as Sam Ortiz of NetCare Support")}),
                        spacer(), text("read and write"), text("1:41:58 left", TextStyle::Strong)});
    auto& parts = picture.root.children;
    parts.front() = sidebar("Aurora Hotels", "Sam Ortiz", "acting for Aurora Hotels", "Networks");
    parts.insert(parts.begin(), std::move(banner));
}

namespace {

auto header(std::string title, std::string subtitle, std::vector<Node> extras) -> Node {
    Node left = column({heading(1, std::move(title))}, 4);
    if (!subtitle.empty()) left.children.push_back(text(std::move(subtitle), TextStyle::Muted));
    Node made = row({std::move(left), spacer()}, 12);
    for (Node& extra : extras)
        made.children.push_back(std::move(extra));
    return made;
}

auto two_lines(std::string upper, std::string lower) -> Node {
    return column({text(std::move(upper)), text(std::move(lower), TextStyle::SmallMuted)}, 0);
}

auto table(std::vector<TableColumn> columns, std::vector<TableRow> rows, bool tall) -> Node {
    Node made = node(Kind::Table);
    made.table = std::make_shared<Table>();
    made.table->columns = std::move(columns);
    made.table->row_count = rows.size();
    made.table->tall = tall;
    made.table->row_at = [rows = std::move(rows)](std::size_t index) { return rows[index]; };
    return made;
}

auto column_of(std::string title, float min_width, float weight = 1) -> TableColumn {
    TableColumn made;
    made.id = title;
    made.title = std::move(title);
    made.min_width = min_width;
    made.weight = weight;
    return made;
}

auto buttons_column(float width) -> TableColumn {
    TableColumn made = column_of("Actions", width, 0);
    made.hidden_title = true;
    made.at_end = true;
    return made;
}

auto time_left(std::string words, float share) -> Node {
    Node bar = node(Kind::Bar, words);
    bar.fraction = share;
    return column({text(std::move(words)), std::move(bar)}, 4);
}

auto token_id(std::string hint) -> Node {
    return row({text(std::move(hint), TextStyle::Mono),
                small(button("view", "View", app::ClickedHelp{}, ButtonStyle::Quiet))},
               16);
}

auto ends(bool active) -> Node {
    Node made = row({}, 4);
    if (active) made.children.push_back(small(button("expire", "Expire", app::ClickedRetry{})));
    made.children.push_back(
        small(button("delete", "Delete", app::ClickedHelp{}, ButtonStyle::Danger)));
    return made;
}

auto active_rows() -> std::vector<TableRow> {
    Node dot = node(Kind::Dot, "in use");
    dot.tone = Tone::Ok;
    const Node in_use = row({dot, text("Sam Ortiz, NetCare · now")}, 6);
    return {
        {"tok_1",
         true,
         true,
         {token_id("pcc_7K2M…Q9XW"), chip("2 Hours"), two_lines("Today 19:22", "by Ana Reyes"),
          time_left("1 h 41 m 58 s", 0.84F), in_use, ends(true)}},
        {"tok_2",
         false,
         true,
         {token_id("pcc_B04T…1VNC"), chip("8 Hours"), two_lines("Today 12:05", "by Ana Reyes"),
          time_left("42 m 10 s", 0.09F), text("Sam Ortiz, NetCare · 3 h ago"), ends(true)}},
        {"tok_3",
         false,
         true,
         {token_id("pcc_XE91…M3HD"), chip("24 Hours"), two_lines("Yesterday 22:40", "by Ana Reyes"),
          time_left("2 h 59 m", 0.36F), text("Never used"), ends(true)}},
        {"tok_4",
         false,
         true,
         {token_id("pcc_5RWZ…K8PA"), chip("Lifetime Access", Tone::Warn),
          two_lines("2 Sep 2026", "by Ana Reyes"), text("Until expired by hand"),
          text("Lee Chan, Fieldworks · 12 d ago"), ends(true)}},
    };
}

auto expired_row(std::string id, std::string hint, std::string validity, std::string generated,
                 std::string ended, std::string when, std::string used) -> TableRow {
    return {std::move(id),
            false,
            true,
            {text(std::move(hint), TextStyle::Mono), chip(std::move(validity)),
             two_lines(std::move(generated), "by Ana Reyes"),
             two_lines(std::move(ended), std::move(when)), text(std::move(used)), ends(false)}};
}

auto active_card() -> Node {
    Node made = node(Kind::Card, {},
                     {node(Kind::CardHeader, {},
                           {heading(2, "Active Tokens List"), chip("4"), spacer(),
                            text("1 in use now", TextStyle::SmallMuted)}),
                      table({column_of("Token ID", 164, 0), column_of("Validity", 120, 0.4F),
                             column_of("Generated", 110), column_of("Time left", 140, 0.5F),
                             column_of("Last used", 190, 2), buttons_column(128)},
                            active_rows(), true)});
    made.id = "active";
    return made;
}

auto expired_card() -> Node {
    std::vector<TableRow> rows{
        expired_row("tok_5", "pcc_T8QK…77AB", "2 Hours", "21 Nov 09:10", "Expired by Ana Reyes",
                    "21 Nov 09:48", "Sam Ortiz, NetCare · 21 Nov"),
        expired_row("tok_6", "pcc_09DF…Z2MM", "12 Hours", "18 Nov 16:00", "Time ran out",
                    "19 Nov 04:00", "Never used"),
        expired_row("tok_7", "pcc_HH3V…R51E", "8 Hours", "15 Nov 11:31", "Time ran out",
                    "15 Nov 19:31", "Lee Chan, Fieldworks · 15 Nov")};
    Node made = node(Kind::Card, {},
                     {node(Kind::CardHeader, {},
                           {heading(2, "Expired Tokens List"), chip("12"), spacer(),
                            small(button("delete_all", "Delete all…", app::ClickedHelp{}))}),
                      table({column_of("Token ID", 145, 0), column_of("Validity", 108, 0.2F),
                             column_of("Generated", 112, 0.3F), column_of("Ended", 150, 0.6F),
                             column_of("Last used", 190, 1), buttons_column(66)},
                            std::move(rows), true)});
    made.id = "expired";
    return made;
}

}  // namespace

auto tokens(bool narrow, std::optional<Node> dialog) -> Picture {
    return page(
        {"Configure", "Organization", "Generated Tokens List"},
        {header("Generated Tokens List",
                "Temporary access to Aurora Hotels, without sharing a password.",
                {search("Search tokens"), button("generate", "Generate New Token",
                                                 app::ClickedRetry{}, ButtonStyle::Primary)}),
         active_card(), expired_card()},
        narrow, std::move(dialog));
}

namespace {

auto choice(std::string name, std::string detail, bool selected, bool wide = false) -> Node {
    Node made = titled(Kind::Choice, std::move(name), std::move(detail));
    made.selected = selected;
    made.wide = wide;
    made.on_press = app::ClickedHelp{};
    return made;
}

}  // namespace

auto generate_dialog() -> Node {
    Node notice = titled(Kind::Notice, {}, "Low risk: short, one organization, ends by itself.");
    notice.tone = Tone::Ok;
    return titled(
        Kind::Dialog, "Generate New Token", {},
        {node(
             Kind::ChoiceGroup, "Select Validity Duration (Hours)",
             {choice("2 Hours", "until 21:40", true), choice("8 Hours", "until 03:40", false),
              choice("12 Hours", "until 07:40", false), choice("24 Hours", "tomorrow 19:40", false),
              choice("Lifetime Access",
                     "Until you expire it by hand. Avoid unless you must; asks you to confirm.",
                     false, true)}),
         notice,
         node(Kind::Actions, {},
              {button("cancel", "Cancel", app::ClickedHelp{}),
               button("submit", "Generate Token", app::ClickedRetry{}, ButtonStyle::Primary)})});
}

auto generated_dialog() -> Node {
    return titled(
        Kind::Dialog, "Token generated", "2 Hours, until today 21:40 (1 h 59 m 55 s left)",
        {titled(Kind::CodeBox, "Token ID", "pcc_7K2MWXB4T0C9QJ5R8ZHDN3E1VA6GYPSF2Q9XWM4",
                {button("copy", "Copy Token ID", app::ClickedRetry{}, ButtonStyle::Primary),
                 text("Copied. You can view it again in the list.", TextStyle::SmallMuted)}),
         node(Kind::Sentence, {},
              {text("Send it to the engineer by a channel you trust. They sign in to their own "
                    "account and open ",
                    TextStyle::Muted),
               text("Organization / Configure / Assume User", TextStyle::Strong),
               text(". You can expire it at any moment.", TextStyle::Muted)}),
         node(Kind::Actions, {}, {button("done", "Done", app::ClickedHelp{})})});
}

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

namespace {

constexpr const char* long_word =
    "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";

auto notices() -> Node {
    Node made = column({}, 8);
    for (const Tone tone :
         {Tone::Plain, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Bad, Tone::Acting}) {
        Node notice =
            titled(Kind::Notice, "What happened", std::string{"It means this. "} + long_word,
                   {small(button("retry", "Try again", app::ClickedRetry{}))});
        notice.tone = tone;
        made.children.push_back(notice);
    }
    return made;
}

auto form() -> Node {
    Node wrong = field("name", "Name of the organization", FieldKind::Text);
    wrong.field->error = std::string{"This name is too long: "} + long_word;
    Node mail = field("mail", {}, FieldKind::Email);
    Node agree = node(Kind::Checkbox, "I know that this access ends only when I end it myself.");
    agree.on_press = app::ClickedHelp{};
    Node agreed = agree;
    agreed.selected = true;
    Node off = button("off", "Cannot be pressed", app::ClickedRetry{});
    off.disabled = true;
    Node busy = button("busy", "Saving…", app::ClickedRetry{}, ButtonStyle::Primary);
    busy.busy = true;
    Node link = node(Kind::Link, "A link that stands alone");
    link.on_press = app::ClickedHelp{};
    link.href = "/there";
    return node(
        Kind::Card, {},
        {wrong, mail, agree, agreed, link,
         node(Kind::Sentence, {}, {text("Read "), link, text(std::string{" and "} + long_word)}),
         row({off, busy, button("end", "End it now", app::ClickedHelp{}, ButtonStyle::Danger),
              button("quiet", "Leave it", app::ClickedHelp{}, ButtonStyle::Quiet)},
             12)});
}

auto toasts() -> Node {
    Node done = titled(Kind::Toast, "Token expired.", "Sam Ortiz is out.",
                       {small(button("dismiss", "Dismiss", app::DismissedToast{1}))});
    done.tone = Tone::Ok;
    Node failed = titled(Kind::Toast, std::string{"Not saved: "} + long_word, {});
    failed.tone = Tone::Bad;
    return node(Kind::Toasts, {}, {done, failed});
}

}  // namespace

auto rich(bool narrow) -> Picture {
    TableColumn sorted = column_of("Name", 90);
    sorted.sort = view::Sort::Descending;
    sorted.on_sort = app::ClickedRetry{};
    std::vector<TableRow> rows{
        {"one",
         false,
         true,
         {two_lines(long_word, long_word),
          row({chip("guest"), chip("a very long tag"), chip(long_word)}), text(long_word),
          ends(true)}},
        {"two",
         false,
         true,
         {text("Short"), row({chip("x"), text(long_word)}), text("x"), ends(true)}}};
    Node empty = titled(Kind::Empty, "No tokens yet",
                        "Generate one when somebody outside needs to help in your network.",
                        {button("first", "Generate New Token", app::ClickedRetry{})});
    Picture picture = page(
        {"Configure", "Organization", long_word},
        {header(long_word, std::string{"Subtitle "} + long_word,
                {chip("3"), search("Search"),
                 button("new", "Generate New Token", app::ClickedRetry{})}),
         notices(), form(),
         node(Kind::Card, {},
              {node(Kind::CardHeader, {},
                    {heading(2, long_word), chip("4"), spacer(), text(long_word)}),
               table({sorted, column_of("Tags", 140), column_of("Words", 120), buttons_column(128)},
                     std::move(rows), true)}),
         node(Kind::Card, {}, {empty}), node(Kind::Card, {}, {node(Kind::Skeleton, "Loading")}),
         node(Kind::Card, {},
              {node(Kind::Facts, {},
                    {node(Kind::Fact, "Organization", {text(long_word)}),
                     node(Kind::Fact, long_word, {chip(long_word, Tone::Ok)})}),
               titled(Kind::CodeBox, "Token ID", long_word)})},
        narrow);
    picture.root.children.push_back(toasts());
    act(picture);
    return picture;
}

auto long_table(std::size_t rows, std::size_t& reads) -> Node {
    Node made = node(Kind::Table);
    made.id = "long";
    made.table = std::make_shared<Table>();
    made.table->columns = {column_of("Name", 100), buttons_column(80)};
    made.table->row_count = rows;
    made.table->on_near_end = app::ClickedRetry{};
    made.table->row_at = [&reads](std::size_t index) {
        ++reads;
        return TableRow{
            "row" + std::to_string(index),
            false,
            false,
            {text("Row " + std::to_string(index)),
             small(button("open", "Open", app::DismissedToast{static_cast<int>(index)}))}};
    };
    return made;
}

}  // namespace pcc::sample
