// The wire samples: read and written again they are the same JSON; damaged, they are refused.
#include "tests/core/support/golden.hpp"

#include <algorithm>
#include <string>

#include "core/api/json_reader.hpp"
#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::api {
namespace {

using tests::golden_samples;
using tests::read_golden;

/// The same JSON: members in any order, everything else alike.
auto same(const JsonValue& a, const JsonValue& b) -> bool {
    return a.kind == b.kind && a.flag == b.flag && a.integer == b.integer && a.text == b.text &&
           a.name == b.name &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same);
}

TEST_CASE("golden: every sample has its row, every row its sample") {
    auto files = tests::golden_files();
    std::vector<std::string> rows;
    for (const auto& sample : golden_samples())
        rows.emplace_back(sample.file);
    std::sort(files.begin(), files.end());
    std::sort(rows.begin(), rows.end());
    CHECK(files == rows);
}

TEST_CASE("golden: decoded and encoded again each sample is the same JSON") {
    for (const auto& sample : golden_samples()) {
        CAPTURE(sample.file);
        const auto text = read_golden(sample.file);
        const auto before = parse_json(text);
        REQUIRE(before.has_value());
        const auto again = sample.around(text);
        CAPTURE(again);
        const auto after = parse_json(again);
        REQUIRE(after.has_value());
        CHECK(same(*before, *after));
    }
}

TEST_CASE("golden: cut anywhere, a sample is refused") {
    for (const auto& sample : golden_samples()) {
        const auto text = read_golden(sample.file);
        const auto end = text.find_last_of('}');
        const bool may_be_empty = std::string(sample.file).substr(0, 6) == "reveal";
        for (std::size_t size = may_be_empty ? 1 : 0; size <= end; ++size) {
            CAPTURE(sample.file);
            CAPTURE(size);
            REQUIRE(sample.around(text.substr(0, size)) == "");
        }
    }
}

TEST_CASE("golden: unknown members are passed over") {
    const std::string extra =
        R"({"__proto__":{"role":"admin"},"org_id":"org_x","z":[1,{"a":null}],)";
    for (const auto& sample : golden_samples()) {
        CAPTURE(sample.file);
        const auto text = read_golden(sample.file);
        const auto begin = text.find('{') + 1;
        const bool empty = text.find_first_not_of(" \n", begin) == text.find('}', begin);
        const auto head = empty ? extra.substr(0, extra.size() - 1) : extra;
        CHECK(sample.around(head + text.substr(begin)) == sample.around(text));
    }
}

/// The positions in `text` at which a member's value begins.
auto value_positions(const std::string& text) -> std::vector<std::size_t> {
    std::vector<std::size_t> out;
    for (auto at = text.find("\": "); at != std::string::npos; at = text.find("\": ", at + 1)) {
        out.push_back(at + 3);
    }
    return out;
}

TEST_CASE("golden: a value of another type is refused wherever a value counts") {
    for (const auto& sample : golden_samples()) {
        const auto text = read_golden(sample.file);
        for (const auto at : value_positions(text)) {
            const auto name = text.substr(text.rfind('"', at - 4), 14);
            if (name.find("\"state\"") == 0 &&
                std::string(sample.file).find("tok") != std::string::npos) {
                continue;  // of a token it is derived, and so not read
            }
            if (name.find("\"type\"") == 0) continue;
            CAPTURE(sample.file);
            CAPTURE(text.substr(at - 20 < at ? at - 20 : 0, 40));
            // The old value is kept under a name that nobody reads.
            const auto changed = text.substr(0, at) + "1.5, \"unread" + std::to_string(at) +
                                 "\": " + text.substr(at);
            CHECK(sample.around(changed) == "");
        }
    }
}

TEST_CASE("golden: damaged bytes are refused or read, never anything else") {
    tests::Dice dice(2026);
    for (const auto& sample : golden_samples()) {
        const auto text = read_golden(sample.file);
        for (int round = 0; round < 300; ++round) {
            auto damaged = text;
            for (auto changes = 1 + dice.roll(3); changes > 0; --changes) {
                const auto at = dice.roll(damaged.size());
                const std::string_view marks = "{}[]\",:0-\\e.n\xFF";
                switch (dice.roll(3)) {
                    case 0: damaged[at] = marks[dice.roll(marks.size())]; break;
                    case 1: damaged.erase(at, 1 + dice.roll(4)); break;
                    default: damaged.insert(at, 1, marks[dice.roll(marks.size())]); break;
                }
                if (damaged.empty()) damaged = "{";
            }
            const auto once = sample.around(damaged);
            CAPTURE(damaged);
            if (!once.empty()) REQUIRE(sample.around(once) == once);
        }
    }
}

}  // namespace
}  // namespace pcc::api
