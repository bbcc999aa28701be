// Ends by hand, on their way to a file that is kept apart from the database, so that an older copy
// of the database does not revive what they ended. Layer: server. Knows no file.
#pragma once

#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::server {

struct StoreError;

/// What an end is of.
namespace end_of_what {
inline constexpr const char* token_expired = "token.expired";
inline constexpr const char* token_deleted = "token.deleted";
inline constexpr const char* assumption = "assumption.";  // with the wire word of the reason
inline constexpr const char* session = "session.ended";
inline constexpr const char* user = "user.disabled";
inline constexpr const char* organization = "organization.disabled";
}  // namespace end_of_what

struct End {
    std::string what;
    OrganizationId organization;
    std::string id;  // of the token, assumption, session or person
    UserId by;       // empty where nobody in particular did it
    Instant at;
};

/// Keeps ends before the transaction that writes them is committed.
class EndKeeper {
  public:
    EndKeeper() = default;
    EndKeeper(const EndKeeper&) = delete;
    auto operator=(const EndKeeper&) -> EndKeeper& = delete;
    virtual ~EndKeeper() = default;

    /// The number under which they are kept, once they are on the disk.
    virtual auto keep(const std::vector<End>& ends) -> Result<long long, StoreError> = 0;
    /// Which file it is; the database notes its numbers under this.
    virtual auto name() const -> const std::string& = 0;
};

}  // namespace pcc::server
