// Keys of nodes: FNV-1a over what names a node among its siblings, started from its parent's key.
// Layer: view. Values only.
#include "core/view/placed.hpp"

namespace pcc::view {

namespace {

constexpr Key offset_basis = 2166136261u;
constexpr Key prime = 16777619u;

auto mix(Key key, std::uint8_t byte) -> Key {
    return (key ^ byte) * prime;
}

auto mix_word(Key key, std::uint32_t word) -> Key {
    for (int shift = 0; shift < 32; shift += 8)
        key = mix(key, (word >> shift) & 0xFFu);
    return key;
}

// 0 stands for "no node" everywhere.
auto never_zero(Key key) -> Key {
    return key == 0 ? offset_basis : key;
}

}  // namespace

auto child_key(Key parent, const std::string& id) -> Key {
    Key key = mix_word(offset_basis, parent);
    for (const char letter : id)
        key = mix(key, static_cast<std::uint8_t>(letter));
    return never_zero(key);
}

auto child_key(Key parent, Kind kind, std::size_t position) -> Key {
    Key key = mix_word(offset_basis, parent);
    key = mix(key, 0);  // no id holds a NUL, so no id gives the same bytes
    key = mix_word(key, static_cast<std::uint32_t>(kind));
    return never_zero(mix_word(key, static_cast<std::uint32_t>(position)));
}

auto key_of(Key parent, const Node& node, std::size_t position) -> Key {
    return node.id.empty() ? child_key(parent, node.kind, position) : child_key(parent, node.id);
}

}  // namespace pcc::view
