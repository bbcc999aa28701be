// What sample pictures are put together from: small builders, and the frame around every page.
// Layer: tests.
#include "tests/ui/sample_parts.hpp"

#include <utility>

namespace pcc::sample {

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

auto row(std::vector<Node> children, float gap) -> Node {
    Node made = node(Kind::Row, {}, std::move(children));
    made.gap = gap;
    return made;
}

auto column(std::vector<Node> children, float gap) -> Node {
    Node made = node(Kind::Column, {}, std::move(children));
    made.gap = gap;
    return made;
}

auto heading(int level, std::string words) -> Node {
    Node made = node(Kind::Heading, std::move(words));
    made.level = level;
    return made;
}

auto chip(std::string word, Tone tone) -> Node {
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

auto titled(Kind kind, std::string name, std::string detail, std::vector<Node> children) -> Node {
    Node made = node(kind, std::move(name), std::move(children));
    made.detail = std::move(detail);
    return made;
}

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

auto column_of(std::string title, float min_width, float weight) -> TableColumn {
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

auto ends(bool active) -> Node {
    Node made = row({}, 4);
    if (active) made.children.push_back(small(button("expire", "Expire", app::ClickedRetry{})));
    made.children.push_back(
        small(button("delete", "Delete", app::ClickedHelp{}, ButtonStyle::Danger)));
    return made;
}

namespace {

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

}  // namespace pcc::sample
