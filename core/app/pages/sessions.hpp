// Live sessions: who acts for this organization now, and who did.
// Layer: app. Draws nothing and sends nothing itself: effects go to the Outbox.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/api_error.hpp"
#include "core/api/endpoint.hpp"
#include "core/api/types.hpp"
#include "core/app/pages/paged_list.hpp"
#include "core/base/result.hpp"

namespace pcc::app {
struct Context;
class Outbox;
}  // namespace pcc::app

namespace pcc::app::sessions {

template <class T>
using Answer = Result<T, api::ApiError>;
using Assumptions = api::Page<access::Assumption>;

struct NoDialog {};
struct EndDialog {
    access::Assumption assumption;
    bool busy = false;
    std::optional<api::ApiError> error;
};
using Dialog = std::variant<NoDialog, EndDialog>;

struct Model {
    PagedList<access::Assumption> live;
    PagedList<access::Assumption> ended;
    std::optional<Instant> next_end;  // of those that live: when to look again
    Dialog dialog;

    auto list(api::AssumptionListState state) -> PagedList<access::Assumption>& {
        return state == api::AssumptionListState::Live ? live : ended;
    }
    auto list(api::AssumptionListState state) const -> const PagedList<access::Assumption>& {
        return state == api::AssumptionListState::Live ? live : ended;
    }
};

struct NewsArrived {};  // the page came up, or something changed: load, keeping what is shown
struct ClickedSort {
    api::AssumptionListState list;
    api::ListSort sort;
};
struct NearedEnd {
    api::AssumptionListState list;
};
struct LoadedAssumptions {
    api::AssumptionListState list;
    Answer<Assumptions> answer;
};
struct ClickedEnd {
    access::Assumption assumption;
};
struct ConfirmedEnd {};
struct EndedAssumption {
    std::optional<api::ApiError> error;
};
struct ClosedDialog {};

using Msg = std::variant<NewsArrived, ClickedSort, NearedEnd, LoadedAssumptions, ClickedEnd,
                         ConfirmedEnd, EndedAssumption, ClosedDialog>;

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox);

}  // namespace pcc::app::sessions
