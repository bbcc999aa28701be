// Requests that create, sent twice with the same Idempotency-Key: the second makes nothing.
// Layer: server. Finds and keeps; each route says what the same answer is.
#pragma once

#include <optional>
#include <string>

#include "server/call.hpp"
#include "server/store/idempotency.hpp"

namespace pcc::server {

struct Repetition {
    std::optional<IdempotencyKey> key;   // nothing where the client sent none
    std::optional<std::string> made_id;  // what the same request made before
};

/// Errors: idempotency_key_invalid for a key that is not 16 to 64 visible ASCII characters;
/// idempotency_conflict where the key came with another call or another body.
/// One writer runs a call to its end before the next, so that none is ever found half done.
auto find_repetition(Call& call, std::string_view name) -> Checked<Repetition>;
void keep_repetition(Call& call, const Repetition& repetition, std::string_view name,
                     const std::string& made_id);

}  // namespace pcc::server
