#include "server/idempotency.hpp"

#include <algorithm>

#include "server/crypto/digest.hpp"

namespace pcc::server {
namespace {

auto is_key(std::string_view text) -> bool {
    constexpr std::size_t shortest = 16;
    constexpr std::size_t longest = 64;
    return text.size() >= shortest && text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

auto find_repetition(Call& call, std::string_view name) -> Checked<Repetition> {
    const auto text = api::header(call.request().headers, api::header_name::idempotency_key);
    if (text.empty()) return Repetition{};
    if (!is_key(text)) return refuse(api::code::idempotency_key_invalid);
    Repetition repetition;
    repetition.key =
        IdempotencyKey{call.caller.user.organization, call.caller.user.id, sha256_hex(text)};
    const auto earlier = find_earlier_call(call.tx, *repetition.key, call.now());
    if (!earlier) return repetition;
    if (earlier->call != name || earlier->body_hash != sha256_hex(call.request().body)) {
        return refuse(api::code::idempotency_conflict);
    }
    repetition.made_id = earlier->made_id;
    return repetition;
}

void keep_repetition(Call& call, const Repetition& repetition, std::string_view name,
                     const std::string& made_id) {
    if (!repetition.key) return;
    keep_call(call.tx, *repetition.key,
              {std::string(name), sha256_hex(call.request().body), made_id}, call.now());
}

}  // namespace pcc::server
