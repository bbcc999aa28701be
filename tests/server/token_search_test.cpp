// What a search of tokens finds, and that it finds the same through every way it may go.
#include <algorithm>
#include <functional>
#include <set>

#include <doctest/doctest.h>

#include "core/api/text.hpp"
#include "server/run_out.hpp"
#include "server/store/tokens.hpp"
#include "server/store/users.hpp"
#include "tests/server/assuming.hpp"

using namespace pcc;
using namespace pcc::test;
using access::AccessToken;
using access::Validity;
using api::ListSort;
using api::TokenListState;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

auto first_of(const AccessToken& token) -> std::string {
    return token.hint.substr(4, 4);
}

auto last_of(const AccessToken& token) -> std::string {
    return token.hint.substr(token.hint.size() - 4);
}

auto begins(const std::string& text, std::string_view beginning) -> bool {
    return api::fold_case(text).rfind(api::fold_case(beginning), 0) == 0;
}

auto query_of(TokenListState state, std::string text) -> api::TokenQuery {
    api::TokenQuery query;
    query.state = state;
    query.search = std::move(text);
    return query;
}

/// Written as nobody would write it, to be found all the same.
auto look_alike(std::string text) -> std::string {
    std::replace(text.begin(), text.end(), '0', 'O');
    std::replace(text.begin(), text.end(), '1', 'l');
    return text;
}

}  // namespace

TEST_CASE("a search finds a token by what is shown of it, by its handle, and by its people") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto token = backend.generate(ana).token;
    const auto other = backend.generate(ana, Validity::lifetime()).token;
    backend.assume(backend.sign_in("sam@netcare.example"),
                   backend.generate(ana, Validity::of_hours(12)).token_id);
    const auto all = [&](const std::string& text) {
        const api::GetTokens ask{query_of(TokenListState::Active, text)};
        const auto page = api::decode_tokens(backend.ask(ana, ask).response.body);
        REQUIRE(page.has_value());
        CHECK(page->total == static_cast<long long>(page->items.size()));
        std::set<std::string> found;
        for (const auto& item : page->items)
            found.insert(item.handle.value);
        return found;
    };
    const auto total = [&](const std::string& text) { return all(text).size(); };
    const std::set<std::string> it{token.handle.value};

    for (const auto& text :
         {token.hint, look_alike(token.hint), "pcc_" + first_of(token), first_of(token) + "\u2026",
          first_of(token) + "\u2026" + last_of(token), "\u2026" + last_of(token),
          "\u2026" + last_of(token).substr(0, 3), first_of(token).substr(0, 3),
          look_alike(last_of(token)), token.handle.value, token.handle.value.substr(0, 16)}) {
        CAPTURE(text);
        CHECK(all(text) == it);
        CHECK(all(api::fold_case(text)) == it);
    }
    CHECK(total(first_of(token) + "\u2026" + last_of(other)) == 0);
    CHECK(total("pcc_" + first_of(token) + "\u2026!") == 0);
    CHECK(total("pcc_" + first_of(token) + "00000") == 0);
    CHECK(total("tok_u") == 0);
    for (const auto* everything : {"", "pcc_", "TOK_"})
        CHECK(total(everything) == 3);

    CHECK(total("costa") == 3);
    CHECK(total("NA CO") == 3);
    CHECK(total("rtiz") == 1);
    CHECK(total("lifetime") == 1);
    CHECK(total("12 h") == 1);
    CHECK(total("sam costa") == 0);
}

namespace {

struct Search {
    std::string text;
    std::function<bool(const AccessToken&)> finds;
};

/// Thousands of tokens in every state, under one label, under hundreds, and by themselves.
struct Crowd {
    Crowd() {
        tx = test::change(*backend.store);
        ana = *server::find_user_by_email(*tx, "ana@aurora.example");
        for (int i = 0; i < 4600; ++i)
            add("Crowd", i % 2 == 0 ? Validity::lifetime() : Validity::of_hours(2));
        for (int i = 0; i < 300; ++i) {
            for (const auto& validity : access::standard_validities())
                add("Admin " + std::to_string(i), validity);
        }
        // Some that ran out are written as ended, and some are not yet.
        server::write_run_out(*tx, backend.demo.aurora, backend.now - hours{6});
        for (std::size_t i = 0; i < tokens.size(); i += 3)
            use(tokens[i]);
        for (std::size_t i = 0; i < tokens.size(); i += 4)
            end(tokens[i]);
        for (std::size_t i = 0; i < tokens.size(); i += 29)
            remove(tokens[i]);
        REQUIRE(tx->finish().has_value());
        tx = look(*backend.store);
    }

    void add(const std::string& name, Validity validity) {
        const auto id = server::random_token_id(backend.random);
        const Millis age{backend.random.below(20 * Millis{hours{1}}.count())};
        auto token = access::generate_token(server::random_id<TokenHandle>(backend.random, "tok_"),
                                            backend.demo.aurora, access::token_id_hint(id),
                                            validity, backend.now - age, {ana.id, name});
        server::insert_token(*tx, token, token.handle.value, {1, "sealed"});
        tokens.push_back(std::move(token));
    }
    void use(AccessToken& token) {
        token.last_used_at = backend.now - minutes{backend.random.below(500)};
        token.last_used_by = "Engineer " + std::to_string(backend.random.below(3));
        server::write_token_used(*tx, token, *token.last_used_by, *token.last_used_at);
    }
    void end(AccessToken& token) {
        if (!access::is_active(token, backend.now)) return;
        token.ended = access::TokenEnd{backend.now - minutes{backend.random.below(9)},
                                       access::Person{ana.id, "Ana"}, access::EndReason::Expired};
        REQUIRE(server::write_token_end(*tx, token));
    }
    void remove(AccessToken& token) {
        REQUIRE(server::write_token_deleted(*tx, token, backend.now));
        deleted.insert(token.handle.value);
    }

    auto expected(const Search& search, TokenListState state) -> std::set<std::string> {
        std::set<std::string> all;
        for (const auto& token : tokens) {
            const bool active = access::is_active(token, backend.now);
            if (deleted.count(token.handle.value) != 0) continue;
            if (active == (state == TokenListState::Active) && search.finds(token))
                all.insert(token.handle.value);
        }
        return all;
    }

    /// Reads the list to its end; checks its order and its total on the way.
    auto read(api::TokenQuery query) -> std::set<std::string> {
        std::set<std::string> seen;
        server::PageStart start;
        long long last = 0;
        long long total = 0;
        int pages = 0;
        do {
            REQUIRE(++pages <= 200);
            const auto slice =
                server::list_tokens(*tx, backend.demo.aurora, query, start, backend.now);
            CHECK(slice.items.size() <= static_cast<std::size_t>(query.limit));
            for (const auto& token : slice.items) {
                const auto place = place_of(token, query.sort);
                const bool in_order =
                    seen.empty() || last == place || (last > place) == api::descends(query.sort);
                CHECK(in_order);
                CHECK(seen.insert(token.handle.value).second);
                last = place;
            }
            const bool whole = start.is_first() || slice.total == total;
            CHECK(whole);
            total = slice.total;
            start = slice.next;
        } while (!start.is_first());
        CHECK(total == static_cast<long long>(seen.size()));
        return seen;
    }

    auto place_of(const AccessToken& token, ListSort sort) -> long long {
        const auto end = access::end_of(token, backend.now);
        switch (sort) {
            case ListSort::EndsFirst:
            case ListSort::EndsLast:
                if (end) return millis_since_epoch(end->at);
                return token.expires_at ? millis_since_epoch(*token.expires_at)
                                        : 9'000'000'000'000'000;
            case ListSort::LastUsed:
                return token.last_used_at ? millis_since_epoch(*token.last_used_at) : -1;
            default: return millis_since_epoch(token.generated_at);
        }
    }

    Backend backend;
    server::User ana;
    std::vector<AccessToken> tokens;
    std::set<std::string> deleted;
    std::unique_ptr<server::Transaction> tx;
};

auto by_name(const std::string& part) -> Search {
    return {part, [part](const AccessToken& token) {
                return api::fold_case(token.generated_by.name).find(part) != std::string::npos;
            }};
}

auto by_part(const std::string& part) -> Search {
    return {part, [part](const AccessToken& token) {
                return begins(first_of(token), part) || begins(last_of(token), part);
            }};
}

}  // namespace

TEST_CASE_FIXTURE(Crowd, "whatever is sought is found, whether few tokens are it or nearly all") {
    const auto& one = tokens[1001];
    const auto with = [&](char digit) {
        return first_of(*std::find_if(tokens.begin(), tokens.end(), [&](const AccessToken& token) {
            return first_of(token).find(digit) != std::string::npos;
        }));
    };
    const auto crowd_or = [](const std::string& part, const AccessToken& token) {
        return token.generated_by.name == "Crowd" || begins(first_of(token), part) ||
               begins(last_of(token), part);
    };
    const std::vector<Search> searches{
        {"", [](const AccessToken&) { return true; }},
        by_name("crowd"),        // thousands, one label
        by_name("admin"),        // hundreds, hundreds of labels
        by_name("admin 17"),     // few of each
        by_name("zoe"),          // nobody
        by_part(last_of(one)),   // one, or hardly more
        by_part(first_of(one)),  //
        {look_alike(with('0')), by_part(with('0')).finds},
        {look_alike(with('1')), by_part(with('1')).finds},
        {"cr", [&](const AccessToken& token) { return crowd_or("cr", token); }},  // and some parts
        {"hours", [](const AccessToken& token) { return token.expires_at.has_value(); }},
        {"engineer 2", [](const AccessToken& token) { return token.last_used_by == "Engineer 2"; }},
        {one.hint, [&](const AccessToken& token) { return token.hint == one.hint; }},
        {one.handle.value, [&](const AccessToken& token) { return token.handle == one.handle; }},
    };
    const std::vector<ListSort> sorts{ListSort::Newest, ListSort::EndsFirst, ListSort::LastUsed,
                                      ListSort::Oldest, ListSort::EndsLast};
    std::size_t turn = 0;
    for (const auto& search : searches) {
        for (const auto state : {TokenListState::Active, TokenListState::Expired}) {
            const auto sort = sorts[turn++ % sorts.size()];
            const bool active = state == TokenListState::Active;
            CAPTURE(search.text);
            CAPTURE(active);
            const auto sought = expected(search, state);
            auto query = query_of(state, search.text);
            query.sort = sort;
            query.limit = sought.size() > 900 ? 400 : 90;
            const auto found = read(query);
            CHECK(found == sought);
            query.sort = sorts[turn % sorts.size()];
            CHECK((read(query) == sought));
        }
    }
}

TEST_CASE_FIXTURE(Crowd, "what has run out is written as ended by itself, and no list changes") {
    const auto unwritten = [&] {
        return backend
            .rows("SELECT COUNT(*) FROM tokens WHERE sealed <> '' AND expires_at <= $1",
                  {backend.now})
            .front()
            .number(0);
    };
    const auto lists = [&] {
        tx = look(*backend.store);
        std::vector<std::set<std::string>> all;
        for (const auto* search : {"", "crowd"}) {
            for (const auto state : {TokenListState::Active, TokenListState::Expired}) {
                auto query = query_of(state, search);
                query.limit = 900;
                all.push_back(read(query));
            }
        }
        return all;
    };
    const auto before = lists();
    tx.reset();
    CHECK(unwritten() > 500);
    while (*server::write_all_run_out(*backend.store, backend.random, backend.now) > 0) {
    }
    CHECK(unwritten() == 0);
    CHECK((lists() == before));
    tx.reset();
    CHECK(backend.rows("SELECT COUNT(*) FROM tokens WHERE sealed <> ''").front().number(0) > 500);
}
