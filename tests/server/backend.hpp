// A whole backend in one process, with a clock that the test moves and randomness that repeats.
// Layer: tests. No sockets; every request goes through handle().
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/codec.hpp"
#include "core/api/endpoint.hpp"
#include "server/accounts.hpp"
#include "server/crypto/keys.hpp"
#include "server/crypto/passwords.hpp"
#include "server/crypto/random.hpp"
#include "server/handle.hpp"
#include "server/store/audit.hpp"
#include "server/store/store.hpp"
#include "tests/server/database.hpp"

namespace pcc::test {

/// The same bytes in each run. Source: SplitMix64.
class RepeatingRandom final : public server::RandomSource {
  public:
    explicit RepeatingRandom(std::uint64_t seed = 1) : state_(seed) {}
    void fill(std::uint8_t* bytes, std::size_t count) override;
    auto next() -> std::uint64_t;
    auto below(std::uint64_t bound) -> std::uint64_t { return next() % bound; }

  private:
    std::uint64_t state_;
};

/// What a browser's tab sends by itself.
struct Tab {
    std::string cookie;  // `pcc_session=...`
    std::string csrf;
    AssumptionId assumption;
};

struct Ask {
    api::Method method = api::Method::Get;
    std::string target;
    std::string body;
    api::Headers more;  // in addition to what a tab sends
};

/// What `make_demo` leaves: a client, and a company whose engineers support it.
struct Demo {
    OrganizationId aurora, netcare;
    NetworkId porto, lisbon, office;  // two of Aurora, one of NetCare
    AccessPointId porto_ap, porto_ap_offline, lisbon_ap;
    SsidId porto_guests, lisbon_guests;
};

inline constexpr const char* password = "correct horse battery staple";

class Backend {
  public:
    /// On a database of its own, or on a store that is empty.
    explicit Backend(std::unique_ptr<server::Store> on = nullptr);

    auto ask(const Tab& tab, const Ask& what) -> server::Reply;
    auto ask(const Tab& tab, const api::Endpoint& endpoint, std::string body = {}) -> server::Reply;
    /// The request as it is, nothing added.
    auto send(const api::HttpRequest& request) -> server::Reply;

    auto try_sign_in(std::string_view email, std::string_view with = password) -> server::Reply;
    auto sign_in(std::string_view email) -> Tab;
    auto generate(const Tab& admin, access::Validity validity = access::Validity::of_hours(2))
        -> api::GeneratedToken;
    /// The tab acting for whomever the Token ID opens.
    auto assume(Tab engineer, const Secret& token_id) -> Tab;

    void wait(Millis time) { now += time; }
    /// Closes the store and opens the same database again.
    void restart();
    auto world() -> server::World;

    /// How many audit rows there are in all, or with that action.
    auto audit_rows(std::string_view action = {}) -> long long;
    /// All rows of all tables that a refused request must leave alone.
    auto state() -> std::string;
    auto rows(std::string_view sql, const server::Values& values = {}) -> server::Rows;
    void change(std::string_view sql, const server::Values& values = {});

    Database database;
    Instant now;
    RepeatingRandom random;
    server::PasswordHasher passwords;
    server::Keys keys;
    std::unique_ptr<server::Store> store;
    std::string ip = "192.0.2.7";
    Demo demo;

  private:
    void make_demo();
    void add_user(const OrganizationId& organization, access::Role role, std::string name,
                  std::string email, access::NetworkReach reach = {});
    int requests_ = 0;
};

/// The code of a problem+json answer, or empty.
auto code_of(const server::Reply& reply) -> std::string;
auto header_of(const server::Reply& reply, std::string_view name) -> std::string;

}  // namespace pcc::test
