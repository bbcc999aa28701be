#include "server/ends/end_lines.hpp"

#include <algorithm>
#include <charconv>
#include <istream>
#include <string_view>
#include <vector>

#include "server/crypto/digest.hpp"

namespace pcc::server {
namespace {

constexpr const char* heading_word = "pcc-ends";
constexpr const char* nobody = "-";
constexpr std::size_t words_in_line = 8;

using Words = std::vector<std::string_view>;

/// Between single spaces; an empty one where two follow on each other.
void split(std::string_view line, Words& words) {
    words.clear();
    for (std::size_t begin = 0; begin <= line.size();) {
        const auto end = std::min(line.find(' ', begin), line.size());
        words.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
}

/// The number of a word that is written as we write numbers, or -1.
auto number_of(std::string_view word) -> long long {
    long long number = -1;
    const auto* const end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, number);
    const bool is_plain = word == "0" || (!word.empty() && word.front() != '0');
    if (read.ec != std::errc() || read.ptr != end || number < 0 || !is_plain) return -1;
    return number;
}

/// What follows a text in its line proves it: the version of the key, and the proof.
auto proof_of(const Keys& keys, int version, const std::string& before, const std::string& text)
    -> std::optional<std::string> {
    return keys.end_mac(version, canonical_text({"pcc ends", before, text}));
}

/// The proof of a line, where it is the right one; else empty.
auto checked_proof(const Keys& keys, const Words& words, const std::string& line,
                   const std::string& before) -> std::string {
    if (words.size() < 3) return {};
    const auto count = words.size() - 2;
    const auto version = number_of(words[count]);
    if (version < 1 || version > 1'000'000) return {};
    const auto proved = line.size() - words[count].size() - words[count + 1].size() - 2;
    const auto right = proof_of(keys, static_cast<int>(version), before, line.substr(0, proved));
    if (!right || !same_secret(Secret(*right), Secret(std::string(words.back())))) return {};
    return *right;
}

auto read_line(const Words& words) -> EndLine {
    EndLine line;
    line.number = number_of(words[0]);
    line.end.at = instant_from_millis(number_of(words[1]));
    line.end.what = words[2];
    line.end.organization = OrganizationId(std::string(words[3]));
    line.end.id = words[4];
    if (words[5] != nobody) line.end.by = UserId(std::string(words[5]));
    return line;
}

auto is_complete(const Words& words) -> bool {
    constexpr std::size_t proof_length = 43;
    return words.size() >= words_in_line && words.back().size() >= proof_length;
}

auto damaged(long long line) -> std::string {
    return "its line " + std::to_string(line) +
           " is damaged, or was not written with the keys of this installation";
}

}  // namespace

auto EndWriter::proved(const Keys& keys, const std::string& text) -> std::string {
    const auto version = keys.current_version();
    last_ = proof_of(keys, version, last_, text).value_or(std::string());
    return text + ' ' + std::to_string(version) + ' ' + last_ + '\n';
}

auto EndWriter::heading(const Keys& keys, const std::string& name) -> std::string {
    return proved(keys, std::string(heading_word) + " 1 " + name);
}

auto EndWriter::line(const Keys& keys, const EndLine& line) -> std::string {
    const auto& end = line.end;
    return proved(keys, std::to_string(line.number) + ' ' +
                            std::to_string(millis_since_epoch(end.at)) + ' ' + end.what + ' ' +
                            end.organization.value + ' ' + end.id + ' ' +
                            (end.by.empty() ? nobody : end.by.value));
}

auto read_ends(std::istream& in, const Keys& keys, const std::function<void(const EndLine&)>& visit)
    -> EndFile {
    EndFile file;
    long long count = 0;
    Words words;
    for (std::string line; std::getline(in, line);) {
        if (in.eof()) {
            // A crash leaves the beginning of a line; one that only lacks its end was changed.
            file.torn = true;
            split(line, words);
            if (count == 0 || is_complete(words)) file.fault = damaged(count + 1);
            return file;
        }
        ++count;
        split(line, words);
        const auto proof = checked_proof(keys, words, line, file.last_proof);
        const bool is_heading = words.size() == 5 && words[0] == heading_word;
        if (proof.empty() || is_heading != (count == 1) ||
            (!is_heading && words.size() != words_in_line)) {
            file.fault = damaged(count);
            return file;
        }
        file.last_proof = proof;
        file.whole += static_cast<long long>(line.size()) + 1;
        if (is_heading) {
            file.name = words[2];
            continue;
        }
        const auto read = read_line(words);
        file.newest = std::max(file.newest, read.number);
        visit(read);
    }
    if (count == 0) file.fault = "it is empty";
    return file;
}

}  // namespace pcc::server
