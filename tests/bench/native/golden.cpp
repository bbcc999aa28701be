#include "tests/bench/native/golden.hpp"

#include <fstream>
#include <sstream>

namespace pcc::bench {

auto golden(std::string_view kind) -> std::vector<Fields> {
    std::ifstream file(PCC_SOURCE_DIR "/tests/bench/native/golden.txt");
    std::vector<Fields> all;
    for (std::string line; std::getline(file, line);) {
        std::istringstream parts(line);
        Fields fields;
        for (std::string field; std::getline(parts, field, '|');)
            fields.push_back(field);
        if (fields.empty() || fields[0] != kind) continue;
        fields.erase(fields.begin());
        all.push_back(std::move(fields));
    }
    return all;
}

auto golden_base() -> Instant {
    return *parse_rfc3339("2026-11-25T01:02:03Z");
}

auto golden_now() -> Instant {
    return golden_base() + Millis{1500};
}

void Checksum::add(std::string_view bytes) {
    for (const char byte : bytes)
        value = (value ^ static_cast<unsigned char>(byte)) * 0x01000193U;
}

}  // namespace pcc::bench
