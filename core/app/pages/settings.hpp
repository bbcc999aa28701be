// Organization settings: its name.
// Layer: app. Draws nothing and sends nothing itself: effects go to the Outbox.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/api_error.hpp"
#include "core/api/types.hpp"
#include "core/base/remote.hpp"
#include "core/base/result.hpp"

namespace pcc::app {
struct Context;
class Outbox;
}  // namespace pcc::app

namespace pcc::app::settings {

template <class T>
using Answer = Result<T, api::ApiError>;

struct Model {
    Remote<api::Organization, api::ApiError> organization;
    std::string name;
    std::string name_error;
    bool busy = false;
    std::string renamed_from;  // while busy: what Undo brings back
    std::optional<api::ApiError> error;
};

struct NewsArrived {};  // the page came up, or something changed: load, keeping what is shown
struct LoadedOrganization {
    Answer<api::Organization> answer;
};
struct TypedName {
    std::string text;
};
struct ClickedUpdate {};
struct RenamedOrganization {
    Answer<api::Organization> answer;
};

using Msg =
    std::variant<NewsArrived, LoadedOrganization, TypedName, ClickedUpdate, RenamedOrganization>;

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox);

}  // namespace pcc::app::settings
