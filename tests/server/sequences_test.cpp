// Random sequences of all that can happen to tokens and assumptions, against a small model of them.
#include <array>
#include <optional>

#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

struct ModelToken {
    Secret id;
    TokenHandle handle;
    std::optional<Instant> expires_at;
    bool ended = false;
    bool deleted = false;

    auto lives(Instant now) const -> bool { return !ended && (!expires_at || now < *expires_at); }
};

struct ModelSession {
    Tab tab;
    Instant ends_at;
    bool ended = false;
    auto lives(Instant now) const -> bool { return !ended && now < ends_at; }
};

struct ModelAssumption {
    Tab tab;
    std::size_t token = 0;
    std::size_t session = 0;
    Instant ends_at;
    bool ended = false;
};

/// What the rules say should be, kept beside the backend.
class World {
  public:
    explicit World(std::uint64_t seed) : choice_(seed) {
        admin_ = sign_in("ana@aurora.example");
        for (std::size_t i = 0; i < engineers_.size(); ++i)
            change_shift(i);
    }

    void step() {
        using Act = void (World::*)();
        constexpr std::array<Act, 13> acts{&World::generate,  &World::generate,  &World::assume,
                                           &World::assume,    &World::assume,    &World::expire,
                                           &World::remove,    &World::go_back,   &World::pass_time,
                                           &World::pass_time, &World::turn_back, &World::sign_out,
                                           &World::restart};
        (this->*acts[choice_.below(acts.size())])();
        renew_sessions();
        check_all();
    }

    int served = 0;
    int refused = 0;

  private:
    auto now() const -> Instant { return latest_; }

    auto sign_in(const char* email) -> std::size_t {
        sessions_.push_back({backend_.sign_in(email), now() + hours{12}, false});
        return sessions_.size() - 1;
    }
    void change_shift(std::size_t engineer) {
        constexpr std::array<const char*, 2> emails{"sam@netcare.example", "eva@netcare.example"};
        engineers_[engineer] = sign_in(emails[engineer]);
    }
    /// Whoever's twelve hours are over signs in again: their old assumptions stay over.
    void renew_sessions() {
        if (!sessions_[admin_].lives(now())) admin_ = sign_in("ana@aurora.example");
        for (std::size_t i = 0; i < engineers_.size(); ++i) {
            if (!sessions_[engineers_[i]].lives(now())) change_shift(i);
        }
        for (const auto& session : sessions_) {
            const auto status = backend_.ask(session.tab, api::GetSession{}).response.status;
            CHECK(status == (session.lives(now()) ? 200 : 401));
        }
    }

    void generate() {
        const auto validity = access::standard_validities()[choice_.below(5)];
        const auto made = backend_.generate(sessions_[admin_].tab, validity);
        tokens_.push_back(
            {made.token_id, made.token.handle, access::expiry_of(validity, now()), false, false});
    }
    void assume() {
        if (tokens_.empty()) return;
        const auto token = choice_.below(tokens_.size());
        const auto session = engineers_[choice_.below(engineers_.size())];
        auto tab = sessions_[session].tab;
        const auto reply =
            backend_.ask(tab, api::PostAssumption{}, api::encode_token_id(tokens_[token].id));
        REQUIRE(reply.response.status == (tokens_[token].lives(now()) ? 201 : 410));
        if (reply.response.status != 201) return;
        auto ends_at = std::min(now() + hours{12}, sessions_[session].ends_at);
        if (tokens_[token].expires_at) ends_at = std::min(ends_at, *tokens_[token].expires_at);
        tab.assumption = api::decode_assumption(reply.response.body)->id;
        assumptions_.push_back({tab, token, session, ends_at, false});
    }
    void expire() {
        if (tokens_.empty()) return;
        auto& token = tokens_[choice_.below(tokens_.size())];
        const auto reply = backend_.ask(sessions_[admin_].tab, api::ExpireToken{token.handle});
        CHECK(reply.response.status == (token.deleted ? 404 : 200));
        if (token.lives(now())) token.ended = true;
    }
    void remove() {
        if (tokens_.empty()) return;
        auto& token = tokens_[choice_.below(tokens_.size())];
        const auto reply = backend_.ask(sessions_[admin_].tab, api::DeleteToken{token.handle});
        CHECK(reply.response.status == 204);
        token.ended = token.ended || token.lives(now());
        token.deleted = true;
    }
    void go_back() {
        if (assumptions_.empty()) return;
        auto& assumption = assumptions_[choice_.below(assumptions_.size())];
        if (!sessions_[assumption.session].lives(now())) return;
        const auto reply =
            backend_.ask(assumption.tab, api::DeleteAssumption{assumption.tab.assumption});
        CHECK(reply.response.status == 204);
        assumption.ended = true;
    }
    void pass_time() {
        backend_.now = latest_ = latest_ + milliseconds{choice_.below(28 * 60 * 1000)};
    }
    /// The machine's clock is set back: for everyone else no time comes again.
    void turn_back() { backend_.now = latest_ - minutes{choice_.below(600)}; }
    void sign_out() {
        if (choice_.below(3) != 0) return;
        const auto engineer = choice_.below(engineers_.size());
        auto& session = sessions_[engineers_[engineer]];
        CHECK(backend_.ask(session.tab, api::DeleteSession{}).response.status == 204);
        session.ended = true;
        change_shift(engineer);
    }
    void restart() {
        backend_.now = latest_;
        backend_.restart();
    }

    auto expected(const ModelAssumption& assumption) const -> int {
        if (!sessions_[assumption.session].lives(now())) return 401;
        const bool lives = !assumption.ended && now() < assumption.ends_at &&
                           tokens_[assumption.token].lives(now());
        return lives ? 200 : 410;
    }
    void check_all() {
        for (const auto& assumption : assumptions_) {
            const auto wanted = expected(assumption);
            const auto name = "Porto " + std::to_string(++writes_);
            const auto read = backend_.ask(assumption.tab, api::GetNetworks{});
            const auto write = backend_.ask(assumption.tab, api::PatchNetwork{backend_.demo.porto},
                                            api::encode_change_network({name, {}}));
            CHECK(read.response.status == wanted);
            CHECK(write.response.status == wanted);
            (wanted == 200 ? served : refused) += 2;
        }
        const auto& engineer = sessions_[engineers_[0]].tab;
        for (const auto& token : tokens_) {
            const auto reply =
                backend_.ask(engineer, api::PostPreflight{}, api::encode_token_id(token.id));
            CHECK(reply.response.status == (token.lives(now()) ? 200 : 410));
        }
    }

    Backend backend_;
    RepeatingRandom choice_;
    Instant latest_ = backend_.now;
    std::vector<ModelToken> tokens_;
    std::vector<ModelSession> sessions_;
    std::vector<ModelAssumption> assumptions_;
    std::size_t admin_ = 0;
    std::array<std::size_t, 2> engineers_{};
    int writes_ = 0;
};

}  // namespace

TEST_CASE(
    "whatever happens in whatever order, what has ended serves nothing, and what lives serves") {
    int served = 0;
    int refused = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        INFO("seed " << seed);
        World world(seed);
        for (int i = 0; i < 70; ++i)
            world.step();
        served += world.served;
        refused += world.refused;
    }
    // The sequences reach both sides often enough to mean something.
    CHECK(served > 500);
    CHECK(refused > 2000);
}
