// The list of tokens and the dialogs over it.
// Layer: tests.
#include <utility>

#include "tests/ui/sample_parts.hpp"

namespace pcc::sample {

namespace {

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

}  // namespace pcc::sample
