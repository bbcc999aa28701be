// Access tokens as they are kept: found by handle within an organization, or by the HMAC of the
// secret. Layer: server. Keeps no Token ID in clear; what has ended is never written as anything
// else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/access/access_token.hpp"
#include "core/api/endpoint.hpp"
#include "server/crypto/keys.hpp"
#include "server/store/sql.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

struct StoredToken {
    access::AccessToken token;
    SealedTokenId sealed;  // empty once it ended
    std::optional<Instant>
        deleted_at;  // out of all lists; kept to answer who still holds the secret
};

void insert_token(Transaction& tx, const access::AccessToken& token, const std::string& lookup,
                  const SealedTokenId& sealed);
/// The row is held until the transaction ends, where it may write.
auto find_token(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle,
                Instant now) -> std::optional<StoredToken>;
/// Those of a page, in no order.
auto find_tokens(Transaction& tx, const OrganizationId& organization,
                 const std::vector<std::string>& handles, Instant now) -> std::vector<StoredToken>;
/// One with no more than its ends, for what is asked on each request: what `access::end_of`
/// looks at. That its organization is over ends what was assumed with it (`assumptions.hpp`).
auto find_token_life(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle)
    -> std::optional<access::AccessToken>;
/// Whose secret gives one of these look-ups, in whichever organization, which is held from then on.
auto find_token_by_lookup(Transaction& tx, const std::vector<std::string>& lookups, Instant now)
    -> std::optional<StoredToken>;

/// Writes an end by hand and erases the sealed Token ID. False where it had ended by hand already.
auto write_token_end(Transaction& tx, const access::AccessToken& ended) -> bool;
/// Takes it out of the lists and erases the sealed Token ID. False where that was done already.
auto write_token_deleted(Transaction& tx, const access::AccessToken& token, Instant now) -> bool;
/// Erases what is sealed of the organization's tokens whose time has run out, and lists them as
/// ended. Nobody has to wait for it: whatever is asked of a token looks at its time.
void write_run_out(Transaction& tx, const OrganizationId& organization, Instant now);
/// Whose tokens it has to be done for.
auto organizations_with_run_out(Transaction& tx, Instant now) -> std::vector<OrganizationId>;

/// Notes that an assumption of it began.
void write_token_used(Transaction& tx, const access::AccessToken& token, const std::string& by,
                      Instant now);
/// Notes that it was used on; at most once a minute is enough.
void touch_token(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle,
                 Instant now);

auto list_tokens(Transaction& tx, const OrganizationId& organization, const api::TokenQuery& query,
                 const PageStart& start, Instant now) -> Slice<access::AccessToken>;

}  // namespace pcc::server
