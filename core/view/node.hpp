// The View tree: one description of a screen for two renderers, pixels and semantics.
// Layer: view. Values only: knows no pixel, no DOM; `id`s make a node's key stable from frame to
// frame.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/api/endpoint.hpp"
#include "core/app/msg.hpp"
#include "core/app/pick.hpp"

namespace pcc::view {

enum class Kind {
    // the frame around every page
    Root,        // children: Banner?, Sidebar, TopBar, Main, Dialog?, Toasts
    Banner,      // acting for another organization; role region, laid out like a Row
    Sidebar,     // role navigation; brand, organization card, NavGroups, the person at the bottom
    Brand,       // logo and product name
    OrgCard,     // `detail` over `name`: the organization
    NavGroup,    // `name` in capitals; children NavLink
    NavLink,     // a link of the navigation; `level` 1 is indented; `selected` is the current page
    Profile,     // `name` over `detail`; children: buttons (theme, sign out)
    TopBar,      // breadcrumb left, the rest right
    Breadcrumb,  // children Text or Link; the last is the page
    Main,        // scrolls; children from top to bottom
    Toasts,      // children Toast
    Toast,       // tone, name, detail; children Buttons
    // layout, no role
    Row,     // left to right, centred on one line, wraps when too narrow; `gap`
    Column,  // top to bottom; `gap`
    Spacer,  // in a Row: takes what is left
    // content
    Heading,   // `level` 1..3
    Text,      // wraps; `style`, `tone`
    Sentence,  // children Text and Link, running on as one paragraph
    Chip,      // a short word in a rounded box; tone
    Dot,       // a coloured dot whose meaning is `name` (spoken, not drawn)
    Bar,       // `fraction` of a line filled; `name` says it in words
    Button,
    Link,
    TextField,    // `field`
    ChoiceGroup,  // role radiogroup, `name` its label; children Choice
    Choice,       // a radio as a card: `name` over `detail`; `wide` takes a line of its own
    Checkbox,     // `selected`
    Card,         // a surface; CardHeader first where it has one
    CardHeader,   // a Row in the card's head, hairline below
    Table,        // `table`
    Facts,        // a description list; children Fact
    Fact,         // `name` the term; children the description
    Notice,       // a soft block in `tone`: `name` in bold where present, `detail`, then children
    Empty,        // an empty or failed state: `name`, `detail`, then Buttons; centred
    Skeleton,     // something is loading; `name` says what
    CodeBox,  // a Token ID in the monospaced face, selectable; `name` its label, `detail` the text
    Dialog,   // modal; `name` title, `detail` subtitle; children; `on_close` for Escape
    Actions,  // buttons of a dialog or a form, at the end of the line
};

enum class Tone { Plain, Accent, Ok, Warn, Bad, Acting };
enum class TextStyle { Body, Strong, Muted, Faint, Small, SmallMuted, Mono };
enum class ButtonStyle { Plain, Primary, Danger, Quiet, OnBanner };  // Quiet: looks like a link
enum class FieldKind { Text, Search, TokenId, Password, Email };

struct Field {
    FieldKind kind = FieldKind::Text;
    std::string value;    // always empty for Password: the DOM field holds the text alone
    bool filled = false;  // for Password: whether the model holds one; false empties the field
    std::string placeholder;
    std::string error;  // spoken and shown below the field
    std::string hint;   // shown below when there is no error; `hint_tone`
    Tone hint_tone = Tone::Plain;
    std::size_t longest = 0;  // Units: characters; 0 for none
    std::string autocomplete = "off";
    app::Msg (*on_input)(std::string) = nullptr;
    std::optional<app::Msg> on_submit;  // Enter

    // Defined out of line, here and below: a Msg is large, and each copy would be generated anew in
    // every file that builds a view.
    Field();
    Field(const Field&);
    Field(Field&&) noexcept;
    auto operator=(const Field&) -> Field&;
    auto operator=(Field&&) noexcept -> Field&;
    ~Field();
};

struct Node;

enum class Sort { None, Ascending, Descending, NotSortable };
enum class Check { None, Off, Mixed, On };

struct TableColumn {
    std::string id;
    std::string title;  // `hidden_title`: spoken, not drawn (a column of buttons)
    bool hidden_title = false;
    float weight = 1;      // its share of the width beyond the minimum
    float min_width = 80;  // Units: CSS px
    bool at_end = false;   // cells stand at the end of the column (buttons)
    Sort sort = Sort::NotSortable;
    std::optional<app::Msg> on_sort;
    /// Where it sorts: what `on_order` asks for, one after the other.
    std::vector<api::ListSort> orders;
    app::Msg (*on_order)(api::ListSort) = nullptr;
    Check check = Check::None;  // a checkbox for all rows stands in the head; `on_sort` presses it
    float wider = 0;            // than it would be, as the person drew it. Units: CSS px

    TableColumn();
    TableColumn(const TableColumn&);
    TableColumn(TableColumn&&) noexcept;
    auto operator=(const TableColumn&) -> TableColumn&;
    auto operator=(TableColumn&&) noexcept -> TableColumn&;
    ~TableColumn();
};

struct TableRow {
    std::string id;
    bool selected = false;
    bool tall = false;        // two lines
    std::vector<Node> cells;  // one for each column
    bool picked = false;      // by the person, where the table has `on_pick`
};

struct Table {
    std::vector<TableColumn> columns;
    std::size_t row_count = 0;
    /// Reads one row; only those in sight are asked for. Valid until the next view.
    std::function<TableRow(std::size_t)> row_at;
    bool tall = false;                    // every row has two lines
    bool fine = false;                    // small print: one line of 12 px in a row of 32
    std::optional<app::Msg> on_near_end;  // sent when the last loaded row comes into sight
    /// Where rows can be picked: by row id.
    app::Msg (*on_pick)(app::Pick how, const std::string& row) = nullptr;
    /// Where columns can be drawn wider: by the keys of table and column; Units: CSS px.
    app::Msg (*on_widen)(app::ColumnKey table, app::ColumnKey column, float by) = nullptr;
    std::uint32_t hidden_cells = 0;  // bits by place, of cells whose column is not shown
};

struct Node {
    Kind kind = Kind::Row;
    std::string id;    // unique among its siblings; empty: kind and position
    std::string name;  // what is shown, and the accessible name
    std::string detail;
    std::string label;  // the accessible name where it must say more than `name` shows
    Tone tone = Tone::Plain;
    TextStyle style = TextStyle::Body;
    ButtonStyle button = ButtonStyle::Plain;
    int level = 0;
    float gap = 8;    // Units: CSS px
    float width = 0;  // Units: CSS px; 0: by content or by parent
    float fraction = 0;
    bool small = false;  // buttons in rows: 28 high
    bool wide = false;
    bool selected = false;  // current, checked
    bool disabled = false;
    bool busy = false;
    bool autofocus = false;   // takes the focus when its dialog or page appears
    bool over_cards = false;  // stands only where the table of its card is drawn as cards
    bool alert = false;  // a Dialog that interrupts (alertdialog), a Notice that is spoken at once
    std::string href;    // of links: the path, so that Ctrl+click opens a tab
    std::optional<app::Msg> on_press;
    std::optional<app::Msg> on_close;
    std::shared_ptr<Field> field;
    std::shared_ptr<Table> table;
    std::vector<Node> children;

    Node();
    Node(const Node&);
    Node(Node&&) noexcept;
    auto operator=(const Node&) -> Node&;
    auto operator=(Node&&) noexcept -> Node&;
    ~Node();
};

enum class Theme { Light, Dark, StrongLight, StrongDark };  // strong: more contrast is asked for

/// How often what is in sight changes by the clock alone.
enum class Pace { Never, EachMinute, EachSecond };

/// A whole picture: the tree and what stands outside it.
struct Picture {
    std::string title;      // of the document
    bool assuming = false;  // favicon, focus ring
    Theme theme = Theme::Light;
    bool reduced_motion = false;
    bool plain = false;  // shown as HTML alone: it scrolls and wraps by itself
    Pace pace = Pace::Never;
    std::string announcement;          // for the live region; spoken when it changes
    unsigned announcement_number = 0;  // so that the same words can be spoken twice
    Node root;
};

}  // namespace pcc::view
