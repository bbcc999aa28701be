#include "tests/bench/console/find.hpp"

#include <algorithm>

namespace pcc::bench {

namespace {

auto lower(char c) -> char {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

auto is_base36(char c) -> bool {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

auto holds(std::string_view text, std::string_view words) -> bool {
    return text.find(words) != std::string_view::npos;
}

// The digit of a character that is_base36.
auto digit_of(char c) -> RowNumber {
    return static_cast<RowNumber>(c <= '9' ? c - '0' : c - 'a' + 10);
}

auto has_digit(RowNumber number, RowNumber digit) -> bool {
    do {
        if (number % 36 == digit) return true;
        number /= 36;
    } while (number > 0);
    return false;
}

}  // namespace

Finder::Finder(std::string_view words) : words_(words) {
    std::transform(words_.begin(), words_.end(), words_.begin(), lower);
    for (std::size_t i = 0; i < words_in_list; ++i)
        in_creator_[i] = holds(creators()[i], words_);
    for (std::size_t i = 0; i < in_heading_.size(); ++i) {
        std::string heading(adjectives()[i / words_in_list]);
        heading += '-';
        heading += nouns()[i % words_in_list];
        heading += '-';
        in_heading_[i] = holds(heading, words_);
        const std::size_t kept = words_.empty() ? 0 : words_.size() - 1;
        heading_end_[i] = heading.substr(heading.size() - std::min(kept, heading.size()));
    }
    ends_as_label_ = !words_.empty() && is_base36(words_.back());
    may_be_in_id_ = words_.find_first_not_of("pc_0123456789abdef") == std::string::npos;
}

auto Finder::finds(const Rows& rows, RowNumber row) const -> bool {
    return in_creator_[rows.creator[row]] || in_heading_[rows.heading[row]] ||
           (ends_as_label_ && finds_in_label_end(rows, row)) ||
           (may_be_in_id_ && finds_in_token_id(rows, row));
}

auto Finder::finds_in_label_end(const Rows& rows, RowNumber row) const -> bool {
    if (words_.size() == 1) return has_digit(row, digit_of(words_[0]));
    char number[longest_base36];
    const auto length = write_base36(row, number);
    const std::string& heading = heading_end_[rows.heading[row]];
    if (heading.size() + length < words_.size()) return false;
    char text[64];
    const auto end = std::copy_n(number, length, std::copy(heading.begin(), heading.end(), text));
    return holds({text, static_cast<std::size_t>(end - text)}, words_);
}

auto Finder::finds_in_token_id(const Rows& rows, RowNumber row) const -> bool {
    char text[token_id_length];
    write_token_id(rows, row, text);
    return holds({text, token_id_length}, words_);
}

}  // namespace pcc::bench
