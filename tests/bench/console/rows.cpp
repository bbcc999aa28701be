#include "tests/bench/console/rows.hpp"

#include <algorithm>

namespace pcc::bench {

namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t hour = 3600 * second;
constexpr std::int64_t day = 24 * hour;
constexpr std::uint32_t days_back = 90;
constexpr std::uint32_t days_ahead = 30;
constexpr std::uint32_t seconds_in_day = 86400;
constexpr std::array<std::int64_t, 7> lengths{1 * hour, 8 * hour, 1 * day,  7 * day,
                                              30 * day, 90 * day, 365 * day};

// A 32-bit avalanche.
auto mix(std::uint32_t x) -> std::uint32_t {
    x = (x ^ (x >> 16)) * 0x7feb352dU;
    x = (x ^ (x >> 15)) * 0x846ca68bU;
    return x ^ (x >> 16);
}

struct Hashes {
    std::uint32_t a, b, c, d;
};

auto hashes_of(RowNumber row) -> Hashes {
    Hashes made{};
    made.a = mix(row + 1);
    made.b = mix(made.a ^ 0x9e3779b9U);
    made.c = mix(made.b + row);
    made.d = mix(made.c ^ 0x51ed270bU);
    return made;
}

// About 60 % are still running, so that the countdown has work to do.
auto expiry_of(const Hashes& hash, std::int64_t generated) -> std::int64_t {
    const std::int64_t expires = generated + lengths[hash.a % lengths.size()];
    if (expires > 0 || hash.d % 100 >= 45) return expires;
    return hour + hash.c % (days_ahead * seconds_in_day) * second + hash.d % 1000;
}

auto status_of(const Hashes& hash, std::int64_t expires) -> Status {
    if (hash.d % 20 == 7) return Status::Revoked;
    return expires <= 0 ? Status::Expired : Status::Active;
}

void reserve(Rows& rows, RowNumber count) {
    rows.id_high.reserve(count);
    rows.id_low.reserve(count);
    rows.heading.reserve(count);
    rows.validity.reserve(count);
    rows.creator.reserve(count);
    rows.last_used.reserve(count);
    rows.generated.reserve(count);
    rows.expires.reserve(count);
    rows.status.reserve(count);
}

void add_row(Rows& rows, RowNumber row) {
    const Hashes hash = hashes_of(row);
    const std::int64_t generated =
        -static_cast<std::int64_t>(hash.b % (days_back * seconds_in_day)) * second -
        hash.c % second;
    const std::int64_t expires = expiry_of(hash, generated);
    const auto age = static_cast<std::uint32_t>(-generated / second);
    rows.id_high.push_back(hash.a);
    rows.id_low.push_back(hash.b);
    rows.heading.push_back(static_cast<std::uint16_t>(hash.c % words_in_list * words_in_list +
                                                      (hash.c >> 8) % words_in_list));
    rows.validity.push_back(static_cast<std::uint8_t>(hash.a % lengths.size()));
    rows.creator.push_back(static_cast<std::uint8_t>(hash.d % words_in_list));
    rows.last_used.push_back(hash.d % std::max(1U, age));
    rows.generated.push_back(generated);
    rows.expires.push_back(expires);
    rows.status.push_back(status_of(hash, expires));
}

void write_hex(std::uint32_t value, char* out) {
    for (int i = 7; i >= 0; --i, value >>= 4)
        out[i] = "0123456789abcdef"[value & 15];
}

auto time_words(const Rows& rows, std::int64_t after_base) -> std::string {
    auto words = format_rfc3339(rows.base + Millis{after_base}).substr(0, 19);
    words[10] = ' ';
    return words;
}

void append_two(std::string& words, std::int64_t number) {
    words += static_cast<char>('0' + number / 10);
    words += static_cast<char>('0' + number % 10);
}

auto countdown(std::int64_t seconds) -> std::string {
    std::string words;
    if (const auto days = seconds / seconds_in_day) words = std::to_string(days) + "d ";
    append_two(words, seconds % seconds_in_day / 3600);
    words += ':';
    append_two(words, seconds % 3600 / 60);
    words += ':';
    append_two(words, seconds % 60);
    return words;
}

}  // namespace

auto adjectives() -> const WordList& {
    static constexpr WordList words{"amber", "brisk", "calm",  "dusty", "eager", "fuzzy", "grand",
                                    "hasty", "icy",   "jolly", "lunar", "misty", "noble", "oaken",
                                    "proud", "quiet", "rapid", "solar", "tidal", "vivid"};
    return words;
}

auto nouns() -> const WordList& {
    static constexpr WordList words{"build",   "cache", "deploy", "edge",  "fleet",
                                    "gateway", "hook",  "ingest", "job",   "lambda",
                                    "metric",  "node",  "ops",    "proxy", "queue",
                                    "runner",  "stage", "tunnel", "vault", "worker"};
    return words;
}

auto creators() -> const WordList& {
    static constexpr WordList words{"alice",   "bob",   "carol",  "dave",   "erin",
                                    "frank",   "grace", "heidi",  "ivan",   "judy",
                                    "mallory", "niaj",  "olivia", "peggy",  "rupert",
                                    "sybil",   "trent", "victor", "walter", "yolanda"};
    return words;
}

auto make_rows(RowNumber count, Instant base) -> Rows {
    Rows rows;
    rows.base = base;
    reserve(rows, count);
    for (RowNumber row = 0; row < count; ++row)
        add_row(rows, row);
    return rows;
}

void write_token_id(const Rows& rows, RowNumber row, char (&out)[token_id_length]) {
    std::copy_n("pcc_", 4, out);
    write_hex(rows.id_high[row], out + 4);
    write_hex(rows.id_low[row], out + 12);
}

auto write_base36(RowNumber row, char (&out)[longest_base36]) -> std::size_t {
    std::size_t length = 0;
    do {
        out[length++] = "0123456789abcdefghijklmnopqrstuvwxyz"[row % 36];
        row /= 36;
    } while (row > 0);
    std::reverse(out, out + length);
    return length;
}

auto token_id(const Rows& rows, RowNumber row) -> std::string {
    char out[token_id_length];
    write_token_id(rows, row, out);
    return {out, token_id_length};
}

auto label(const Rows& rows, RowNumber row) -> std::string {
    char number[longest_base36];
    const auto length = write_base36(row, number);
    std::string words(adjectives()[rows.heading[row] / words_in_list]);
    words += '-';
    words += nouns()[rows.heading[row] % words_in_list];
    words += '-';
    return words.append(number, length);
}

auto validity(const Rows& rows, RowNumber row) -> std::string {
    const auto length = lengths[rows.validity[row]];
    return length < day ? std::to_string(length / hour) + " h"
                        : std::to_string(length / day) + " d";
}

auto generated_at(const Rows& rows, RowNumber row) -> std::string {
    return time_words(rows, rows.generated[row]);
}

auto expires_at(const Rows& rows, RowNumber row) -> std::string {
    return time_words(rows, rows.expires[row]);
}

auto last_used(const Rows& rows, RowNumber row) -> std::string {
    return time_words(rows, -static_cast<std::int64_t>(rows.last_used[row]) * second);
}

auto time_left(const Rows& rows, RowNumber row, Instant now) -> std::int64_t {
    if (rows.status[row] == Status::Revoked) return 0;
    return std::max<std::int64_t>(0, rows.expires[row] - (now - rows.base).count());
}

auto remaining(const Rows& rows, RowNumber row, Instant now) -> std::string {
    if (rows.status[row] == Status::Revoked) return status_word(Status::Revoked);
    const std::int64_t left = time_left(rows, row, now);
    return left <= 0 ? status_word(Status::Expired) : countdown((left + second - 1) / second);
}

auto created_by(const Rows& rows, RowNumber row) -> std::string {
    return std::string(creators()[rows.creator[row]]);
}

auto status_word(Status status) -> std::string {
    switch (status) {
        case Status::Active: return "active";
        case Status::Expired: return "expired";
        case Status::Revoked: return "revoked";
    }
    return {};
}

}  // namespace pcc::bench
