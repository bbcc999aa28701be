#include "core/access/token_id_reading.hpp"

#include <string>
#include <utility>

#include "core/base/utf8.hpp"

namespace pcc::access {
namespace {

struct LookAlikePair {
    char16_t foreign;
    char latin;
};

// Letters of other scripts that a Token ID could hold by mistake, as most typefaces draw them.
constexpr LookAlikePair look_alikes[] = {
    // Cyrillic capitals, then small letters
    {0x0410, 'A'},
    {0x0412, 'B'},
    {0x0415, 'E'},
    {0x0417, '3'},
    {0x041A, 'K'},
    {0x041C, 'M'},
    {0x041D, 'H'},
    {0x041E, 'O'},
    {0x0420, 'P'},
    {0x0421, 'C'},
    {0x0422, 'T'},
    {0x0423, 'Y'},
    {0x0425, 'X'},
    {0x0405, 'S'},
    {0x0406, 'I'},
    {0x0408, 'J'},
    {0x051A, 'Q'},
    {0x051C, 'W'},
    {0x0430, 'a'},
    {0x0432, 'b'},
    {0x0435, 'e'},
    {0x0437, '3'},
    {0x043A, 'k'},
    {0x043C, 'm'},
    {0x043D, 'h'},
    {0x043E, 'o'},
    {0x0440, 'p'},
    {0x0441, 'c'},
    {0x0442, 't'},
    {0x0443, 'y'},
    {0x0445, 'x'},
    {0x0455, 's'},
    {0x0456, 'i'},
    {0x0458, 'j'},
    {0x04CF, 'l'},
    {0x051B, 'q'},
    {0x051D, 'w'},
    {0x0501, 'd'},
    {0x04BB, 'h'},
    // Greek capitals, then small letters
    {0x0391, 'A'},
    {0x0392, 'B'},
    {0x0395, 'E'},
    {0x0396, 'Z'},
    {0x0397, 'H'},
    {0x0399, 'I'},
    {0x039A, 'K'},
    {0x039C, 'M'},
    {0x039D, 'N'},
    {0x039F, 'O'},
    {0x03A1, 'P'},
    {0x03A4, 'T'},
    {0x03A5, 'Y'},
    {0x03A7, 'X'},
    {0x03F2, 'c'},
    {0x03F9, 'C'},
    {0x03B1, 'a'},
    {0x03B9, 'i'},
    {0x03BA, 'k'},
    {0x03BD, 'v'},
    {0x03BF, 'o'},
    {0x03C1, 'p'},
    {0x03C4, 't'},
    {0x03C7, 'x'},
};

auto latin_look_alike(char32_t value) -> char {
    if (value >= 0xFF01 && value <= 0xFF5E) return static_cast<char>(value - 0xFEE0);
    for (const auto& pair : look_alikes) {
        if (pair.foreign == value) return pair.latin;
    }
    return 0;
}

auto is_passed_over(char32_t value) -> bool {
    if (value == ' ' || (value >= '\t' && value <= '\r') || value == '-') return true;
    if (value == 0x85 || value == 0xA0 || value == 0xAD)
        return true;  // line end, NBSP, soft hyphen
    // Spaces, zero-width characters, direction marks, hyphens and dashes, line separators.
    if (value >= 0x2000 && value <= 0x2015) return true;
    if (value >= 0x2028 && value <= 0x202F) return true;
    if (value >= 0x205F && value <= 0x2069) return true;
    return value == 0x2212 || value == 0x3000 || value == 0xFEFF;
}

auto is_quote(char32_t value) -> bool {
    return value == '"' || value == '\'' || value == '`' || value == 0xAB || value == 0xBB ||
           (value >= 0x2018 && value <= 0x201F);
}

struct Letter {
    char letter = 0;
    LetterKind kind = LetterKind::Plain;
};

auto read_letter(const CodePoint& point) -> Letter {
    if (!point.valid || point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0)) {
        return {0, LetterKind::Unprintable};
    }
    if (point.value < 0x7F) return {static_cast<char>(point.value), LetterKind::Plain};
    const auto latin = latin_look_alike(point.value);
    return {latin, latin != 0 ? LetterKind::LookAlike : LetterKind::Foreign};
}

/// Offsets in bytes [begin, end) of what stands inside the quotes, and the characters before it.
struct Inside {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t characters_before = 0;
};

auto inside_quotes(std::string_view pasted) -> Inside {
    Inside inside;
    std::size_t characters = 0;
    bool begun = false;
    for (std::size_t at = 0; at < pasted.size(); ++characters) {
        const auto point = code_point_at(pasted, at);
        const bool counts =
            !point.valid || (!is_passed_over(point.value) && !is_quote(point.value));
        if (counts && !begun) {
            inside.begin = at;
            inside.characters_before = characters;
            begun = true;
        }
        at += point.length;
        if (counts) inside.end = at;
    }
    return inside;
}

}  // namespace

auto read_pasted_letters(std::string_view pasted) -> PastedLetters {
    const auto inside = inside_quotes(pasted);
    std::string letters;
    letters.reserve(inside.end - inside.begin);  // grown never, so that no copy is left behind
    std::vector<LetterMark> marks;
    auto position = inside.characters_before;
    for (auto at = inside.begin; at < inside.end;) {
        const auto point = code_point_at(pasted, at);
        at += point.length;
        ++position;
        if (point.valid && is_passed_over(point.value)) continue;
        const auto read = read_letter(point);
        letters += read.letter;
        marks.push_back({read.kind, static_cast<std::uint16_t>(position)});
    }
    return {Secret(std::move(letters)), std::move(marks)};
}

}  // namespace pcc::access
