#include "tests/server/sequences.hpp"

#include <algorithm>

namespace pcc::test {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Sequence::Sequence(Backend& backend, std::uint64_t seed, Pace pace)
    : backend_(backend), choice_(seed), pace_(pace), latest_(backend.now) {
    admin_ = sign_in("ana@aurora.example");
    for (std::size_t i = 0; i < engineers_.size(); ++i)
        change_shift(i);
}

void Sequence::step() {
    using Act = void (Sequence::*)();
    constexpr std::array<Act, 13> acts{
        &Sequence::generate,  &Sequence::generate,  &Sequence::assume,    &Sequence::assume,
        &Sequence::assume,    &Sequence::expire,    &Sequence::remove,    &Sequence::go_back,
        &Sequence::pass_time, &Sequence::pass_time, &Sequence::turn_back, &Sequence::sign_out,
        &Sequence::restart};
    (this->*acts[choice_.below(acts.size())])();
    renew_sessions();
    check_all();
}

auto Sequence::Session::lives(Instant now) const -> bool {
    constexpr minutes idle{30};
    return !ended && now < ends_at && now < seen_at + idle;
}

void Sequence::expect(int status, int wanted, const char* what) {
    if (status == wanted) return;
    faults.push_back(std::string(what) + ": " + std::to_string(status) + " instead of " +
                     std::to_string(wanted));
}

auto Sequence::sign_in(const char* email) -> std::size_t {
    sessions_.push_back({backend_.sign_in(email), now() + hours{12}, now(), false});
    return sessions_.size() - 1;
}

void Sequence::change_shift(std::size_t engineer) {
    constexpr std::array<const char*, 2> emails{"sam@netcare.example", "eva@netcare.example"};
    engineers_[engineer] = sign_in(emails[engineer]);
}

/// Whoever's twelve hours are over signs in again: their old assumptions stay over.
void Sequence::renew_sessions() {
    if (!sessions_[admin_].lives(now())) admin_ = sign_in("ana@aurora.example");
    for (std::size_t i = 0; i < engineers_.size(); ++i) {
        if (!sessions_[engineers_[i]].lives(now())) change_shift(i);
    }
    constexpr seconds noted_again{60};
    for (auto& session : sessions_) {
        const auto status = backend_.ask(session.tab, api::GetSession{}).response.status;
        expect(status, session.lives(now()) ? 200 : 401, "a session");
        if (session.lives(now()) && now() - session.seen_at >= noted_again) session.seen_at = now();
    }
}

void Sequence::generate() {
    const auto validity = access::standard_validities()[choice_.below(5)];
    const auto made = backend_.generate(sessions_[admin_].tab, validity);
    tokens_.push_back(
        {made.token_id, made.token.handle, access::expiry_of(validity, now()), false, false});
}

void Sequence::assume() {
    if (tokens_.empty()) return;
    const auto token = choice_.below(tokens_.size());
    const auto session = engineers_[choice_.below(engineers_.size())];
    auto tab = sessions_[session].tab;
    const auto reply =
        backend_.ask(tab, api::PostAssumption{}, api::encode_token_id(tokens_[token].id));
    expect(reply.response.status, tokens_[token].lives(now()) ? 201 : 410, "assuming");
    if (reply.response.status != 201) return;
    auto ends_at = std::min(now() + hours{12}, sessions_[session].ends_at);
    if (tokens_[token].expires_at) ends_at = std::min(ends_at, *tokens_[token].expires_at);
    tab.assumption = api::decode_assumption(reply.response.body)->id;
    assumptions_.push_back({tab, token, session, ends_at, false});
}

void Sequence::expire() {
    if (tokens_.empty()) return;
    auto& token = tokens_[choice_.below(tokens_.size())];
    const auto reply = backend_.ask(sessions_[admin_].tab, api::ExpireToken{token.handle});
    expect(reply.response.status, token.deleted ? 404 : 200, "expiring");
    if (token.lives(now())) token.ended = true;
}

void Sequence::remove() {
    if (tokens_.empty()) return;
    auto& token = tokens_[choice_.below(tokens_.size())];
    const auto reply = backend_.ask(sessions_[admin_].tab, api::DeleteToken{token.handle});
    expect(reply.response.status, 204, "deleting");
    token.ended = token.ended || token.lives(now());
    token.deleted = true;
}

void Sequence::go_back() {
    if (assumptions_.empty()) return;
    auto& assumption = assumptions_[choice_.below(assumptions_.size())];
    if (!sessions_[assumption.session].lives(now())) return;
    const auto reply =
        backend_.ask(assumption.tab, api::DeleteAssumption{assumption.tab.assumption});
    expect(reply.response.status, 204, "going back");
    assumption.ended = true;
}

/// Each order of magnitude from a second to ten years is as likely as the next.
auto Sequence::jump() -> Millis {
    ++jumps;
    if (pace_ == Pace::Day) return minutes{choice_.below(600)};
    constexpr std::array<long long, 9> units{1,       10,        60,         3'600,      86'400,
                                             864'000, 8'640'000, 31'557'600, 157'788'000};
    return seconds{units[choice_.below(units.size())] *
                   static_cast<long long>(1 + choice_.below(2))};
}

void Sequence::pass_time() {
    // Mostly as time goes, so that there is something left that a jump could end or revive.
    const bool leaps = pace_ == Pace::Years && choice_.below(3) == 0;
    latest_ += leaps ? jump() : Millis{milliseconds{choice_.below(28 * 60 * 1000)}};
    backend_.now = latest_;
}

/// The machine's clock is set back: for everyone else no time comes again.
void Sequence::turn_back() {
    backend_.now = latest_ - jump();
}

void Sequence::sign_out() {
    if (choice_.below(3) != 0) return;
    const auto engineer = choice_.below(engineers_.size());
    auto& session = sessions_[engineers_[engineer]];
    expect(backend_.ask(session.tab, api::DeleteSession{}).response.status, 204, "signing out");
    session.ended = true;
    change_shift(engineer);
}

/// A start with a clock that stands before what was decided already is refused.
void Sequence::restart() {
    backend_.now = latest_;
    backend_.store.reset();
    const auto back = std::max<Millis>(minutes{1}, jump());
    if (const auto early = backend_.database.open(latest_ - back);
        early || early.error().kind != server::StoreError::Kind::ClockBehind) {
        faults.emplace_back("a start was not refused although the clock had gone back");
    }
    backend_.restart();
}

auto Sequence::expected(const Assumption& assumption) const -> int {
    if (!sessions_[assumption.session].lives(now())) return 401;
    const bool lives =
        !assumption.ended && now() < assumption.ends_at && tokens_[assumption.token].lives(now());
    return lives ? 200 : 410;
}

void Sequence::check_all() {
    for (const auto& assumption : assumptions_) {
        const auto wanted = expected(assumption);
        const auto name = "Porto " + std::to_string(++writes_);
        const auto read = backend_.ask(assumption.tab, api::GetNetworks{});
        const auto write = backend_.ask(assumption.tab, api::PatchNetwork{backend_.demo.porto},
                                        api::encode_change_network({name, {}}));
        expect(read.response.status, wanted, "a read");
        expect(write.response.status, wanted, "a write");
        (wanted == 200 ? served : refused) += 2;
    }
    const auto& engineer = sessions_[engineers_[0]].tab;
    for (const auto& token : tokens_) {
        const auto reply =
            backend_.ask(engineer, api::PostPreflight{}, api::encode_token_id(token.id));
        expect(reply.response.status, token.lives(now()) ? 200 : 410, "a token");
    }
}

}  // namespace pcc::test
