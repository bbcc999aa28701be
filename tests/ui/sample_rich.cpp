// Every kind of node in rare states, and a table of any length.
// Layer: tests.
#include <utility>

#include "tests/ui/sample_parts.hpp"

namespace pcc::sample {

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
