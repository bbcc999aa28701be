// Ending tokens, one or all that are selected, behind one confirmation; and selecting them.
// Layer: app. Part of the tokens page; each token is a request of its own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/access/access_token.hpp"
#include "core/api/api_error.hpp"
#include "core/api/endpoint.hpp"
#include "core/app/pick.hpp"

namespace pcc::app {
struct Context;
class Outbox;
}  // namespace pcc::app

namespace pcc::app::tokens {

struct Model;

enum class Ending { Expire, Delete };
struct EndDialog {
    std::vector<access::AccessToken> tokens;
    Ending ending = Ending::Expire;
    bool busy = false;
    std::optional<api::ApiError> error;  // of one alone: it can be tried again
    std::size_t answered = 0;            // of the tokens, from the first on
    std::size_t failed = 0;
    bool unsure = false;   // of one of them no answer came
    std::string failures;  // a sentence for each of the first that were not ended
};

struct PickedRow {
    api::TokenListState list;
    Pick how;
    TokenHandle row;
};
struct ClickedEnd {
    api::TokenListState list;
    Ending ending;
    TokenHandle row;  // empty: all that are selected
};
struct ConfirmedEnding {};
struct EndedToken {
    std::optional<api::ApiError> error;
};

void on(Model& model, const PickedRow& m, const Context& context, Outbox& outbox);
void on(Model& model, const ClickedEnd& m, const Context& context, Outbox& outbox);
void on(Model& model, const ConfirmedEnding& m, const Context& context, Outbox& outbox);
void on(Model& model, const EndedToken& m, const Context& context, Outbox& outbox);
/// What is being ended goes on when the page is left: taken out here, to be put into the next
/// model. False where nothing is.
auto take_ending(Model& model, EndDialog& ending) -> bool;
/// The list is loaded anew: a row that is still there is selected as before, wherever it stands.
void carry_over(Selection& selection, const std::vector<access::AccessToken>& before,
                const std::vector<access::AccessToken>& now);
/// Escape while no dialog is open.
void clear_selections(Model& model, Outbox& outbox);

}  // namespace pcc::app::tokens
