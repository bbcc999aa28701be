// Generated Tokens List: the active and the expired tokens, and the dialogs that act on them.
// Layer: app. Draws nothing and sends nothing itself: effects go to the Outbox.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/api_error.hpp"
#include "core/api/endpoint.hpp"
#include "core/api/types.hpp"
#include "core/app/pages/paged_list.hpp"
#include "core/app/pages/tokens_ending.hpp"
#include "core/base/result.hpp"

namespace pcc::app {
struct Context;
class Outbox;
}  // namespace pcc::app

namespace pcc::app::tokens {

using Tokens = api::Page<access::AccessToken>;
template <class T>
using Answer = Result<T, api::ApiError>;

// Dialogs; one at a time.
struct NoDialog {};
struct GenerateDialog {
    access::Validity chosen = access::Validity::of_hours(2);
    bool lifetime_confirmed = false;
    bool busy = false;
    std::string idempotency_key;  // one for each opening: a retry makes no second token
    std::optional<api::ApiError> error;
};
enum class CopyState { NotCopied, Copied, Refused };
struct GeneratedDialog {
    api::GeneratedToken generated;
    CopyState copy = CopyState::NotCopied;
};
struct RevealDialog {
    access::AccessToken token;
    bool password_needed = false;
    Secret password;
    bool busy = true;
    Secret token_id;  // empty until revealed; gone when the dialog closes
    CopyState copy = CopyState::NotCopied;
    std::optional<api::ApiError> error;
};
using Dialog = std::variant<NoDialog, GenerateDialog, GeneratedDialog, RevealDialog, EndDialog>;

/// What all loaded active tokens add up to, so that no frame has to go through them.
struct Sums {
    int in_use = 0;
    std::optional<Instant> next_end;  // of those that time ends: when to look again
};

struct Model {
    std::string search;
    PagedList<access::AccessToken> active;
    PagedList<access::AccessToken> expired;
    Sums sums;
    TokenHandle marked;  // the row that has just been made or changed
    Dialog dialog;
    std::array<Selection, 2> selections;  // of the active and of the expired tokens

    auto list(api::TokenListState state) -> PagedList<access::AccessToken>& {
        return state == api::TokenListState::Active ? active : expired;
    }
    auto list(api::TokenListState state) const -> const PagedList<access::AccessToken>& {
        return state == api::TokenListState::Active ? active : expired;
    }
    auto selection(api::TokenListState list) -> Selection& {
        return selections[list == api::TokenListState::Active ? 0 : 1];
    }
    auto selection(api::TokenListState list) const -> const Selection& {
        return selections[list == api::TokenListState::Active ? 0 : 1];
    }
};

struct NewsArrived {};  // the page came up, or something changed: load, keeping what is shown
struct ChangedSearch {
    std::string text;
};
struct SearchSettled {};  // typing has paused
struct ClickedSort {
    api::TokenListState list;
    api::ListSort sort;
};
struct NearedEnd {
    api::TokenListState list;
};
struct LoadedTokens {
    api::TokenListState list;
    Answer<Tokens> answer;
};
struct ClickedGenerateNew {};
struct ChoseValidity {
    access::Validity validity;
};
struct ConfirmedLifetime {};  // the checkbox, either way
struct ClickedGenerate {};
struct GeneratedToken {
    Answer<api::GeneratedToken> answer;
};
struct ClickedCopy {};
struct CopiedTokenId {
    bool done;
};
struct ClickedView {
    access::AccessToken token;
};
struct TypedPassword {
    Secret password;
};
struct SubmittedPassword {};
struct RevealedTokenId {
    Answer<Secret> answer;
};
struct AskedToExpire {
    TokenHandle handle;
};  // from outside the list: after an assumption ended
struct FetchedToExpire {
    Answer<access::AccessToken> answer;
};
struct ClosedDialog {};

using Msg = std::variant<NewsArrived, ChangedSearch, SearchSettled, ClickedSort, NearedEnd,
                         LoadedTokens, ClickedGenerateNew, ChoseValidity, ConfirmedLifetime,
                         ClickedGenerate, GeneratedToken, ClickedCopy, CopiedTokenId, ClickedView,
                         TypedPassword, SubmittedPassword, RevealedTokenId, PickedRow, ClickedEnd,
                         ConfirmedEnding, EndedToken, AskedToExpire, FetchedToExpire, ClosedDialog>;

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox);

}  // namespace pcc::app::tokens
