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
constexpr std::string_view active_sort_name = "active";
constexpr std::string_view expired_sort_name = "expired";
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
    void add_sort(std::string_view name, api::TokenSort sort) {
        if (sort != api::TokenSort::Newest) add(name, api::token_sort_name(sort));
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

auto sort_in(std::string_view query, std::string_view name) -> api::TokenSort {
    return api::find_token_sort(value_of(query, name)).value_or(api::TokenSort::Newest);
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
        query.add_sort(active_sort_name, pages.tokens.active_sort);
        query.add_sort(expired_sort_name, pages.tokens.expired_sort);
    } else if (screen == Screen::Networks) {
        query.add_search(pages.networks.search);
    } else if (screen == Screen::Audit && pages.audit.subject != audit::Subject::All) {
        query.add(subject_name, subjects[static_cast<std::size_t>(pages.audit.subject)]);
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
    if (model.route.screen == Screen::Tokens) {
        model.pages.tokens.search = search_in(query);
        model.pages.tokens.active_sort = sort_in(query, active_sort_name);
        model.pages.tokens.expired_sort = sort_in(query, expired_sort_name);
    } else if (model.route.screen == Screen::Networks) {
        model.pages.networks.search = search_in(query);
    } else if (model.route.screen == Screen::Audit) {
        model.pages.audit.subject = subject_in(query);
    }
}

}  // namespace pcc::app
