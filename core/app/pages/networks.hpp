// Networks: the organization's sites, listed and searched.
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

namespace pcc::app::networks {

template <class T>
using Answer = Result<T, api::ApiError>;
using Networks = api::Page<api::Network>;

struct Model {
    std::string search;
    PagedList<api::Network> networks{{}, api::ListSort::AToZ, {}, 0, false, false};
};

struct NewsArrived {};  // the page came up, or something changed: load, keeping what is shown
struct ChangedSearch {
    std::string text;
};
struct SearchSettled {};
struct ClickedSort {
    api::ListSort sort;
};
struct NearedEnd {};
struct LoadedNetworks {
    Answer<Networks> answer;
};

using Msg =
    std::variant<NewsArrived, ChangedSearch, SearchSettled, ClickedSort, NearedEnd, LoadedNetworks>;

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox);

}  // namespace pcc::app::networks
