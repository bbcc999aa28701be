// Audit: what was done in the organization, by whom, on whose behalf.
// Layer: app. Draws nothing and sends nothing itself: effects go to the Outbox.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/api_error.hpp"
#include "core/api/types.hpp"
#include "core/app/pages/paged_list.hpp"
#include "core/base/result.hpp"

namespace pcc::app {
struct Context;
class Outbox;
}  // namespace pcc::app

namespace pcc::app::audit {

template <class T>
using Answer = Result<T, api::ApiError>;
using AuditEvents = api::Page<api::AuditEvent>;

/// Which acts are shown.
enum class Subject { All, Tokens, Assumptions, Network, SignIns };

struct Model {
    Subject subject = Subject::All;
    PagedList<api::AuditEvent> events;
};

struct NewsArrived {};  // the page came up, or something changed: load, keeping what is shown
struct ChoseSubject {
    Subject subject;
};
struct ClickedSort {
    api::ListSort sort;
};
struct NearedEnd {};
struct LoadedEvents {
    Answer<AuditEvents> answer;
};

using Msg = std::variant<NewsArrived, ChoseSubject, ClickedSort, NearedEnd, LoadedEvents>;

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox);

}  // namespace pcc::app::audit
