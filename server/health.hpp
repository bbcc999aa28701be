// Whether this server can do its work now, and which part of it could not.
// Layer: server. Asks the database and the keys; keeps nothing and writes nothing.
#pragma once

#include <optional>
#include <string_view>

#include "server/crypto/keys.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

enum class HealthPart {
    Database,  // cannot be read and written
    Schema,    // lacks steps that this program needs
    Audit,     // cannot be appended to
    Keys,      // do not open what they sealed
};

auto part_name(HealthPart part) -> std::string_view;

/// The first part that is not well; nothing when all are. Takes as long as the database does.
auto what_is_unwell(Store& store, const Keys& keys, RandomSource& random)
    -> std::optional<HealthPart>;

}  // namespace pcc::server
