#include "core/app/pages/tokens_ending.hpp"

#include <utility>

#include "core/app/context.hpp"
#include "core/app/outbox.hpp"
#include "core/app/pages/tokens.hpp"

namespace pcc::app::tokens {

namespace {

using Rows = std::vector<access::AccessToken>;

auto rows_of(const Model& model, api::TokenListState list) -> const Rows& {
    static const Rows none;
    const auto* page = loaded(model.list(list));
    return page ? page->items : none;
}

/// Looks from `near` on and round to it: rows that are looked for one after another are found at
/// once.
auto place_of(const Rows& rows, const TokenHandle& handle, std::size_t near = 0) -> std::size_t {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto place = near + i < rows.size() ? near + i : near + i - rows.size();
        if (rows[place].handle == handle) {
            return place;
        }
    }
    return Selection::nowhere;
}

void announce(const Selection& selection, Outbox& outbox) {
    outbox.announce(std::to_string(selection.count()) + " selected.");
}

void send_next(const EndDialog& dialog, Outbox& outbox) {
    const auto& handle = dialog.tokens[dialog.answered].handle;
    api::Endpoint endpoint = api::ExpireToken{handle};
    if (dialog.ending == Ending::Delete) {
        endpoint = api::DeleteToken{handle};
    }
    outbox.send(
        Channel::Act, endpoint, {},
        [](const api::HttpResponse& response) -> app::Msg {
            return Msg{EndedToken{read_done(response)}};
        },
        outbox.fresh_idempotency_key());
}

void tell(const EndDialog& dialog, Outbox& outbox) {
    const bool one = dialog.tokens.size() == 1;
    const std::string done = dialog.ending == Ending::Expire ? "expired" : "deleted";
    const auto count = std::to_string(dialog.answered - dialog.failed);
    if (dialog.failed > 0 && one) {
        return outbox.toast(ToastTone::Bad,
                            dialog.unsure ? "It is not known whether the token is " + done + "."
                                          : "The token was not " + done + ".",
                            dialog.failures);
    }
    if (dialog.failed > 0) {
        return outbox.toast(ToastTone::Bad,
                            count + " " + done + ", " + std::to_string(dialog.failed) + " failed:",
                            dialog.failures);
    }
    outbox.toast(ToastTone::Ok, (one ? "The token is " : count + " tokens are ") + done + ".",
                 "Whoever used it is out.");
}

void note_failure(EndDialog& dialog, const std::string& hint, const api::ApiError& error) {
    constexpr std::size_t most_told = 3;
    dialog.unsure = dialog.unsure || error.status == 0;
    if (dialog.failed++ < most_told) {
        dialog.failures += hint;
        dialog.failures += ": ";
        dialog.failures += api::explain(error);
        dialog.failures += " ";
    }
}

}  // namespace

void on(Model& model, const PickedRow& m, const Context&, Outbox& outbox) {
    const auto& rows = rows_of(model, m.list);
    auto& selection = model.selection(m.list);
    // The next row is mostly one of those around the last.
    constexpr std::size_t around = 50;
    const auto near =
        selection.anchor < rows.size() && selection.anchor > around ? selection.anchor - around : 0;
    pick(selection, rows.size(), m.how, place_of(rows, m.row, near));
    announce(selection, outbox);
}

void on(Model& model, const ClickedEnd& m, const Context&, Outbox&) {
    EndDialog dialog;
    dialog.ending = m.ending;
    const auto& rows = rows_of(model, m.list);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (m.row.empty() ? model.selection(m.list).has(i) : rows[i].handle == m.row) {
            dialog.tokens.push_back(rows[i]);
        }
    }
    if (!dialog.tokens.empty()) {
        model.dialog = std::move(dialog);
    }
}

void on(Model& model, const ConfirmedEnding&, const Context&, Outbox& outbox) {
    auto* dialog = std::get_if<EndDialog>(&model.dialog);
    if (dialog && !dialog->busy) {
        dialog->busy = true;
        dialog->error.reset();
        send_next(*dialog, outbox);
    }
}

// One after another: so it is known of each token what came of it. Goes on when the page is left.
void on(Model& model, const EndedToken& m, const Context&, Outbox& outbox) {
    auto* dialog = std::get_if<EndDialog>(&model.dialog);
    if (!dialog) {
        return;
    }
    const auto& token = dialog->tokens[dialog->answered];
    const bool seen = !std::holds_alternative<NotAsked>(model.active.rows);
    if (m.error && seen && dialog->tokens.size() == 1) {
        dialog->busy = false;
        dialog->error = m.error;
        return;
    }
    if (m.error) {
        note_failure(*dialog, token.hint, *m.error);
    } else {
        model.marked = token.handle;
    }
    if (++dialog->answered < dialog->tokens.size()) {
        return send_next(*dialog, outbox);
    }
    tell(*dialog, outbox);
    model.dialog = NoDialog{};
    if (seen) {
        outbox.then(Msg{NewsArrived{}});
    }
}

auto take_ending(Model& model, EndDialog& ending) -> bool {
    auto* dialog = std::get_if<EndDialog>(&model.dialog);
    if (!dialog || !dialog->busy) {
        return false;
    }
    ending = std::move(*dialog);
    return true;
}

void carry_over(Selection& selection, const Rows& before, const Rows& now) {
    const auto was = std::exchange(selection, Selection{});
    if (was.count() == 0) {
        return;
    }
    selection.rows.resize(now.size(), Selection::left);
    std::size_t place = 0;  // in `now`, of the row before
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (!was.has(i) && i != was.anchor) {
            continue;
        }
        const auto found = place_of(now, before[i].handle, place);
        if (found == Selection::nowhere) {
            continue;
        }
        place = found;
        if (was.has(i)) {
            selection.rows[found] = Selection::taken;
            ++selection.taken_count;
        }
        if (i == was.anchor) {
            selection.anchor = found;
        }
    }
    selection.before_range = selection.rows;
}

void clear_selections(Model& model, Outbox& outbox) {
    for (auto& selection : model.selections) {
        if (selection.count() > 0) {
            selection = Selection{};
            announce(selection, outbox);
        }
    }
}

}  // namespace pcc::app::tokens
