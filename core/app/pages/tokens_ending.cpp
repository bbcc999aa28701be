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
    const auto done = dialog.answered - dialog.failed;
    const bool some_failed = dialog.failed > 0;
    std::string said = dialog.answered == 1 ? "The token is" : std::to_string(done);
    said += dialog.answered == 1 || some_failed ? "" : " tokens are";
    said += dialog.ending == Ending::Expire ? " expired" : " deleted";
    if (some_failed) {
        said += ", " + std::to_string(dialog.failed) + " failed:";
        return outbox.toast(ToastTone::Bad, said, dialog.failures);
    }
    outbox.toast(ToastTone::Ok, said + ".", "Whoever used it is out.");
}

/// The page was left meanwhile.
void tell_late(const std::optional<api::ApiError>& error, Outbox& outbox) {
    if (error) {
        outbox.toast(ToastTone::Bad, "The token was not changed.", api::explain(*error));
    } else {
        outbox.toast(ToastTone::Warn, "A token has been ended.",
                     "If more were selected, look at what is left: you left the list.");
    }
}

void note_failure(EndDialog& dialog, const std::string& hint, const api::ApiError& error) {
    constexpr std::size_t most_told = 3;
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
    pick(selection, rows.size(), m.how, place_of(rows, m.row));
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

// One after another: so it is known of each token what came of it.
void on(Model& model, const EndedToken& m, const Context&, Outbox& outbox) {
    auto* dialog = std::get_if<EndDialog>(&model.dialog);
    if (!dialog) {
        return tell_late(m.error, outbox);
    }
    const auto& token = dialog->tokens[dialog->answered];
    if (m.error && dialog->tokens.size() == 1) {
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
    outbox.then(Msg{NewsArrived{}});
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
