// Assume User: a pasted Token ID is checked offline, then shown for what it opens, then used.
// Layer: app. Draws nothing and sends nothing itself: effects go to the Outbox.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/access/token_id.hpp"
#include "core/api/api_error.hpp"
#include "core/api/types.hpp"
#include "core/base/remote.hpp"
#include "core/base/result.hpp"

namespace pcc::app {
struct Context;
class Outbox;
}  // namespace pcc::app

namespace pcc::app::assume {

template <class T>
using Answer = Result<T, api::ApiError>;

struct Model {
    Secret pasted;  // as typed
    std::optional<access::TokenIdError>
        fault;  // of what was typed; nothing when well formed or empty
    Remote<api::Preflight, api::ApiError> preflight;  // asked once the ID is well formed
    bool assuming = false;                            // the button was pressed
    std::string idempotency_key;                      // one for each Token ID: a retry assumes once
    std::optional<api::ApiError> error;
};

struct NewsArrived {};  // the page came up, or something changed
struct ChangedTokenId {
    Secret pasted;
};
struct TypingSettled {};
struct Preflighted {
    Answer<api::Preflight> answer;
};
struct ClickedCheckAgain {};
struct ClickedAssume {};
struct Assumed {
    Answer<access::Assumption> answer;
};

using Msg = std::variant<NewsArrived, ChangedTokenId, TypingSettled, Preflighted, ClickedCheckAgain,
                         ClickedAssume, Assumed>;

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox);

}  // namespace pcc::app::assume
