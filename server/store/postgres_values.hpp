// Values on their way to PostgreSQL, and the rows that come back, in the forms libpq has for them.
// Layer: server. Knows no statement and no connection.
#pragma once

#include <string>
#include <vector>

#include <libpq-fe.h>

#include "server/store/rows.hpp"

namespace pcc::server {

/// The values of a statement. libpq keeps pointers to what stands here, so it stays where it is.
class PostgresParameters {
  public:
    explicit PostgresParameters(ValuesView values);
    PostgresParameters(PostgresParameters&&) noexcept = default;  // a copy's texts stand elsewhere

    auto count() const -> int { return static_cast<int>(pointers_.size()); }
    auto types() const -> const Oid* { return types_.data(); }
    auto pointers() const -> const char* const* { return pointers_.data(); }
    /// A text ends at its first NUL there, so one that holds a NUL would be kept as another.
    auto has_nul() const -> bool { return has_nul_; }

  private:
    void add(Oid type, std::string text);

    std::vector<Oid> types_;
    std::vector<std::string> texts_;
    std::vector<const char*> pointers_;
    bool has_nul_ = false;
};

/// All rows of an answer.
void take_rows(const PGresult* answer, Rows& rows);

}  // namespace pcc::server
