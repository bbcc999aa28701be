// What a person pasted for a Token ID, reduced to the characters that count.
// Layer: access. Passes over white space, hyphens and quotes; does not judge what is left.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/secret.hpp"

namespace pcc::access {

enum class LetterKind : std::uint8_t {
    Plain,
    LookAlike,    // of another script, or full-width; its letter is the Latin one it looks like
    Unprintable,  // a control character or a byte that is no UTF-8
    Foreign,      // any other character; its letter is 0
};

struct LetterMark {
    LetterKind kind = LetterKind::Plain;
    std::uint16_t position = 0;  // 1-based, in characters of the pasted text
};

/// One letter and one mark per character that counts.
struct PastedLetters {
    Secret letters;
    std::vector<LetterMark> marks;
};

/// The characters that count, in order. `pasted` is no longer than token_id_longest_paste.
auto read_pasted_letters(std::string_view pasted) -> PastedLetters;

}  // namespace pcc::access
