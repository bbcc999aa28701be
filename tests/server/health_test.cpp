// Whether the server is ready, and which part of it is not.
#include "server/health.hpp"

#include <doctest/doctest.h>

#include "server/store/migrations.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using server::HealthPart;
using server::what_is_unwell;

namespace {

auto unwell(Backend& backend) -> std::optional<HealthPart> {
    return what_is_unwell(*backend.store, backend.keys, backend.random);
}

/// One that fails as a database does which has gone.
class GoneStore final : public server::Store {
  public:
    auto read() -> Began override { return gone(); }
    auto write() -> Began override { return gone(); }
    auto most_readers() const -> std::size_t override { return 1; }
    auto check() -> Result<void, server::StoreError> override { return failed(error_); }

  private:
    auto gone() -> Began { return failed(error_); }
    server::StoreError error_{server::StoreError::Kind::Unavailable, "It has gone."};
};

TEST_CASE("a server that has all its parts is ready, and asking leaves nothing behind") {
    Backend backend;
    const auto before = backend.state();
    CHECK_FALSE(unwell(backend));
    CHECK(backend.state() == before);
}

TEST_CASE("a database that has gone is named") {
    Backend backend;
    GoneStore gone;
    CHECK(what_is_unwell(gone, backend.keys, backend.random) == HealthPart::Database);
}

TEST_CASE("an audit that takes no entry is named") {
    Backend backend;
    backend.change("ALTER TABLE audit_events RENAME TO audit_away");
    CHECK(unwell(backend) == HealthPart::Audit);
    backend.change("ALTER TABLE audit_away RENAME TO audit_events");
    CHECK_FALSE(unwell(backend));
}

TEST_CASE("a schema that lacks the last step is named") {
    Backend backend;
    const int last = server::migrations().back().number;
    backend.change("DELETE FROM schema_migrations WHERE number = $1", {last});
    CHECK(unwell(backend) == HealthPart::Schema);
    backend.change("INSERT INTO schema_migrations (number) VALUES ($1)", {last});
    CHECK_FALSE(unwell(backend));
}

TEST_CASE("a schema of a later program is named only where this one cannot work with it") {
    Backend backend;
    const int last = server::migrations().back().number;
    backend.change("INSERT INTO schema_migrations (number, needs) VALUES ($1, $2)",
                   {last + 1, last});
    CHECK_FALSE(unwell(backend));
    backend.change("INSERT INTO schema_migrations (number) VALUES ($1)", {last + 2});
    CHECK(unwell(backend) == HealthPart::Schema);
}

}  // namespace
