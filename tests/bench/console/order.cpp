#include "tests/bench/console/order.hpp"

#include <array>

namespace pcc::bench {

namespace {

struct Keyed {
    std::uint64_t key;
    RowNumber row;
};

constexpr int digit_bits = 11;
constexpr int digit_count = 6;  // 66 bits
constexpr std::size_t digit_values = 1 << digit_bits;
using Counts = std::array<std::uint32_t, digit_values>;

auto digit_of(std::uint64_t key, int place) -> std::size_t {
    return key >> (place * digit_bits) & (digit_values - 1);
}

// Text in base 36 orders by its characters from the left: six bits each, an end before all of them.
auto base36_key(RowNumber row) -> std::uint64_t {
    char number[longest_base36];
    const auto length = write_base36(row, number);
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < longest_base36; ++i) {
        const char c = i < length ? number[i] : '\0';
        const int value = c == '\0' ? 0 : c <= '9' ? c - '0' + 1 : c - 'a' + 11;
        key = key << 6 | static_cast<std::uint64_t>(value);
    }
    return key;
}

auto signed_key(std::int64_t value) -> std::uint64_t {
    return static_cast<std::uint64_t>(value) ^ std::uint64_t{1} << 63;
}

auto counts_of(const std::vector<Keyed>& all) -> std::vector<Counts> {
    std::vector<Counts> counts(digit_count);
    for (const Keyed& one : all)
        for (int place = 0; place < digit_count; ++place)
            ++counts[static_cast<std::size_t>(place)][digit_of(one.key, place)];
    return counts;
}

// From how many there are of each value to where its first one goes.
void make_places(Counts& counts) {
    std::uint32_t at = 0;
    for (auto& count : counts) {
        const auto here = count;
        count = at;
        at += here;
    }
}

// Digit by digit from the last one; a digit that all have the same is left out.
void sort_keyed(std::vector<Keyed>& all) {
    if (all.empty()) return;
    auto counts = counts_of(all);
    std::vector<Keyed> other(all.size());
    for (int place = 0; place < digit_count; ++place) {
        auto& places = counts[static_cast<std::size_t>(place)];
        if (places[digit_of(all[0].key, place)] == all.size()) continue;
        make_places(places);
        for (const Keyed& one : all)
            other[places[digit_of(one.key, place)]++] = one;
        all.swap(other);
    }
}

}  // namespace

auto sort_key(const Rows& rows, Column column, RowNumber row) -> std::uint64_t {
    switch (column) {
        case Column::TokenId: return std::uint64_t{rows.id_high[row]} << 32 | rows.id_low[row];
        // Adjectives, nouns and creators are listed in the order of the alphabet, and none begins
        // as another one ends.
        case Column::Label: return std::uint64_t{rows.heading[row]} << 42 | base36_key(row);
        case Column::Validity: return rows.validity[row];
        case Column::GeneratedAt: return signed_key(rows.generated[row]);
        case Column::ExpiresAt:
        case Column::Remaining: return signed_key(rows.expires[row]);
        case Column::Status: return static_cast<std::uint64_t>(rows.status[row]);
        case Column::CreatedBy: return rows.creator[row];
        case Column::LastUsed: return signed_key(-static_cast<std::int64_t>(rows.last_used[row]));
    }
    return 0;
}

void sort_rows(std::vector<RowNumber>& order, const Rows& rows, Column column, bool descending) {
    std::vector<Keyed> all;
    all.reserve(order.size());
    for (const RowNumber row : order) {
        const auto key = sort_key(rows, column, row);
        all.push_back({descending ? ~key : key, row});
    }
    sort_keyed(all);
    for (std::size_t i = 0; i < all.size(); ++i)
        order[i] = all[i].row;
}

}  // namespace pcc::bench
