// The token lists over the contract: sorted, searched, and read page by page.
#include <set>

#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using access::Validity;
using std::chrono::minutes;

namespace {

auto list(Backend& backend, const Tab& tab, const api::TokenQuery& query)
    -> api::Page<access::AccessToken> {
    const auto reply = backend.ask(tab, api::GetTokens{query});
    REQUIRE(reply.response.status == 200);
    auto page = api::decode_tokens(reply.response.body);
    REQUIRE(page.has_value());
    return std::move(*page);
}

}  // namespace

TEST_CASE("every sort of the list pages through all of it, each token once") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (int i = 0; i < 11; ++i) {
        backend.generate(ana, access::standard_validities()[static_cast<std::size_t>(i % 5)]);
        if (i % 3 == 0) backend.wait(minutes{1});
    }
    using enum api::ListSort;
    for (const auto sort : {Newest, Oldest, EndsFirst, EndsLast, LastUsed}) {
        api::TokenQuery query;
        query.sort = sort;
        query.limit = 3;
        std::set<std::string> seen;
        std::vector<access::AccessToken> all;
        do {
            const auto page = list(backend, ana, query);
            CHECK(page.total == 11);
            CHECK(page.items.size() <= 3);
            for (const auto& token : page.items) {
                CHECK(seen.insert(token.handle.value).second);
                all.push_back(token);
            }
            query.cursor = page.next;
        } while (!query.cursor.empty());
        CHECK(seen.size() == 11);
        const auto before = [sort](const auto& a, const auto& b) {
            const auto far = *parse_rfc3339("9000-01-01T00:00:00Z");
            if (sort == Newest) return a.generated_at >= b.generated_at;
            if (sort == Oldest) return a.generated_at <= b.generated_at;
            if (sort == EndsFirst) return a.expires_at.value_or(far) <= b.expires_at.value_or(far);
            if (sort == EndsLast) return a.expires_at.value_or(far) >= b.expires_at.value_or(far);
            return true;
        };
        for (std::size_t i = 1; i < all.size(); ++i)
            CHECK(before(all[i - 1], all[i]));
    }
}

TEST_CASE("a cursor serves its own list alone, unchanged, for an hour") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    for (int i = 0; i < 3; ++i)
        backend.generate(ana);
    api::TokenQuery query;
    query.limit = 2;
    query.cursor = list(backend, ana, query).next;
    REQUIRE_FALSE(query.cursor.empty());
    CHECK(list(backend, ana, query).items.size() == 1);
    const auto code = [&backend](const Tab& tab, const api::TokenQuery& q) {
        return code_of(backend.ask(tab, api::GetTokens{q}));
    };
    CHECK(code(sam, query) == "cursor_invalid");
    for (std::size_t at = 0; at < query.cursor.size(); at += 7) {
        auto edited = query;
        edited.cursor[at] = edited.cursor[at] == 'A' ? 'B' : 'A';
        CHECK(code(ana, edited) == "cursor_invalid");
    }
    auto filtered = query;
    filtered.search = "ana";
    CHECK(code(ana, filtered) == "cursor_invalid");
    auto sorted = query;
    sorted.sort = api::ListSort::Oldest;
    CHECK(code(ana, sorted) == "cursor_invalid");
    auto cut = query;
    cut.cursor = cut.cursor.substr(0, cut.cursor.find('.'));
    CHECK(code(ana, cut) == "cursor_invalid");
    backend.wait(minutes{29});
    CHECK(code(ana, query).empty());
    backend.wait(minutes{29});
    CHECK(code(ana, query).empty());
    backend.wait(minutes{2});
    CHECK(code(ana, query) == "cursor_invalid");
}

TEST_CASE("a search takes no character for a wildcard") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    backend.generate(ana);
    for (const auto* text : {"%", "_", "\\", "'", "\" OR 1=1", "zzzzz", "pcc%", "tok_%", "tok__"}) {
        CAPTURE(text);
        api::TokenQuery query;
        query.search = text;
        CHECK(list(backend, ana, query).total == 0);
    }
}
