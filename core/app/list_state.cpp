#include "core/app/list_state.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/access/token_id_mask.hpp"
#include "core/api/endpoint.hpp"
#include "core/api/text.hpp"

namespace pcc::app {

namespace {

constexpr std::string_view search_name = "q";
constexpr std::string_view sort_name = "sort";
constexpr std::string_view active_sort_name = "active";
constexpr std::string_view expired_sort_name = "expired";
constexpr std::string_view live_sort_name = "live";
constexpr std::string_view ended_sort_name = "ended";
constexpr std::string_view subject_name = "about";

/// In the order of audit::Subject.
constexpr std::array<std::string_view, 5> subjects{"all", "tokens", "assumptions", "networks",
                                                   "sign_ins"};

class Query {
  public:
    void add(std::string_view name, std::string_view value) {
        text_ += text_.empty() ? '?' : '&';
        text_ += name;
        text_ += '=';
        text_ += api::percent_encode(value);
    }
    void add_search(std::string_view search) {
        if (!search.empty()) add(search_name, search);
    }
    void add_sort(std::string_view name, api::ListSort sort,
                  api::ListSort standard = api::ListSort::Newest) {
        if (sort != standard) add(name, api::sort_name(sort));
    }
    auto text() const -> const std::string& { return text_; }

  private:
    std::string text_;
};

/// The value of a name, decoded; empty where there is none or it is no text.
auto value_of(std::string_view query, std::string_view name) -> std::string {
    for (std::size_t begin = 0; begin < query.size();) {
        const auto end = std::min(query.find('&', begin), query.size());
        const auto part = query.substr(begin, end - begin);
        if (part.substr(0, name.size()) == name && part.substr(name.size(), 1) == "=") {
            return api::percent_decode(part.substr(name.size() + 1)).value_or(std::string());
        }
        begin = end + 1;
    }
    return {};
}

auto search_in(std::string_view query) -> std::string {
    auto search = access::mask_token_id(value_of(query, search_name));
    return api::code_point_count(search) > api::longest_search ? std::string() : search;
}

void read_sort(api::ListSort& sort, std::string_view query, std::string_view name,
               api::ListSorts known) {
    sort = api::find_sort(value_of(query, name), known).value_or(sort);
}

auto subject_in(std::string_view query) -> audit::Subject {
    const auto named = value_of(query, subject_name);
    const auto found = std::find(subjects.begin(), subjects.end(), named);
    return found == subjects.end() ? audit::Subject::All
                                   : static_cast<audit::Subject>(found - subjects.begin());
}

auto query_of(const Pages& pages, Screen screen) -> std::string {
    Query query;
    if (screen == Screen::Tokens) {
        query.add_search(pages.tokens.search);
        query.add_sort(active_sort_name, pages.tokens.active.sort);
        query.add_sort(expired_sort_name, pages.tokens.expired.sort);
    } else if (screen == Screen::Networks) {
        query.add_search(pages.networks.search);
        query.add_sort(sort_name, pages.networks.networks.sort, api::ListSort::AToZ);
    } else if (screen == Screen::Sessions) {
        query.add_sort(live_sort_name, pages.sessions.live.sort);
        query.add_sort(ended_sort_name, pages.sessions.ended.sort);
    } else if (screen == Screen::Audit) {
        if (pages.audit.subject != audit::Subject::All) {
            query.add(subject_name, subjects[static_cast<std::size_t>(pages.audit.subject)]);
        }
        query.add_sort(sort_name, pages.audit.events.sort);
    }
    return query.text();
}

}  // namespace

auto address_of(const Model& model) -> std::string {
    if (model.route.screen == Screen::NotFound) {
        return {};
    }
    return route_path(model.route) + query_of(model.pages, model.route.screen);
}

void restore_lists(Model& model, std::string_view address) {
    address = address.substr(0, address.find('#'));
    const auto mark = address.find('?');
    if (mark == std::string_view::npos) {
        return;
    }
    const auto query = address.substr(mark + 1);
    auto& pages = model.pages;
    if (model.route.screen == Screen::Tokens) {
        pages.tokens.search = search_in(query);
        read_sort(pages.tokens.active.sort, query, active_sort_name, api::token_sorts);
        read_sort(pages.tokens.expired.sort, query, expired_sort_name, api::token_sorts);
    } else if (model.route.screen == Screen::Networks) {
        pages.networks.search = search_in(query);
        read_sort(pages.networks.networks.sort, query, sort_name, api::network_sorts);
    } else if (model.route.screen == Screen::Sessions) {
        read_sort(pages.sessions.live.sort, query, live_sort_name, api::assumption_sorts);
        read_sort(pages.sessions.ended.sort, query, ended_sort_name, api::assumption_sorts);
    } else if (model.route.screen == Screen::Audit) {
        pages.audit.subject = subject_in(query);
        read_sort(pages.audit.events.sort, query, sort_name, api::audit_sorts);
    }
}

}  // namespace pcc::app
