// The log: one line for one event, whatever is in it.
#include "server/log/log.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/api/json_reader.hpp"

using namespace pcc;
using namespace pcc::server;

namespace {

const auto noon = *parse_rfc3339("2026-11-26T12:00:00.123Z");

struct Written {
    std::vector<std::string> lines;
    Log log;
    explicit Written(LogFormat format, LogLevel least = LogLevel::Info)
        : log(
              least, format, [] { return noon; },
              [this](std::string_view line) { lines.emplace_back(line); }) {}
};

auto count(const std::string& text, char c) -> long {
    return std::count(text.begin(), text.end(), c);
}

TEST_CASE("a line of JSON has time, level, event and its fields in order") {
    Written written(LogFormat::Json);
    written.log.write(
        LogLevel::Warning, "request",
        {{"route", std::string("/api/v1/tokens")}, {"status", 503LL}, {"actor", std::string()}});
    REQUIRE(written.lines.size() == 1);
    CHECK(written.lines[0] ==
          "{\"time\":\"2026-11-26T12:00:00.123Z\",\"level\":\"warning\",\"event\":\"request\","
          "\"route\":\"/api/v1/tokens\",\"status\":503}\n");
}

TEST_CASE("a line of text has the same") {
    Written written(LogFormat::Text);
    written.log.write(LogLevel::Error, "store.failed",
                      {{"kind", std::string("busy")}, {"reason", std::string("it \"is\" gone")}});
    REQUIRE(written.lines.size() == 1);
    CHECK(written.lines[0] ==
          "2026-11-26T12:00:00.123Z error store.failed kind=busy reason=\"it \\\"is\\\" gone\"\n");
}

TEST_CASE("whatever a field holds, the line is one line and can be read back") {
    for (const auto format : {LogFormat::Json, LogFormat::Text}) {
        Written written(format);
        std::string all;
        for (int byte = 0; byte < 256; ++byte)
            all += static_cast<char>(byte);
        const std::vector<std::string> odd = {"a\nb",
                                              "a\r\nb",
                                              std::string("a\0b", 3),
                                              "\x1b[31mred",
                                              "{\"level\":\"error\"}",
                                              "a\" b=\"c",
                                              "\\",
                                              "\xff\xfe",
                                              "\xc2\x85",
                                              "\xe2\x80\xa8",
                                              "x=1 y=2",
                                              all};
        for (const auto& text : odd) {
            written.lines.clear();
            written.log.write(LogLevel::Info, "odd", {{"text", text}});
            REQUIRE(written.lines.size() == 1);
            const auto& line = written.lines[0];
            CHECK(count(line, '\n') == 1);
            CHECK(line.back() == '\n');
            for (const char c : line.substr(0, line.size() - 1)) {
                const auto byte = static_cast<unsigned char>(c);
                CHECK_MESSAGE((byte >= 0x20 && byte != 0x7F), "a control character in: ", line);
            }
            for (const auto* end : {"\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"})
                CHECK_MESSAGE(line.find(end) == std::string::npos, line);
            if (format == LogFormat::Json) CHECK(api::parse_json(line).has_value());
        }
    }
}

TEST_CASE("what is below the level is not written") {
    Written written(LogFormat::Json, LogLevel::Warning);
    written.log.write(LogLevel::Debug, "a");
    written.log.write(LogLevel::Info, "b");
    written.log.write(LogLevel::Warning, "c");
    written.log.write(LogLevel::Error, "d");
    CHECK(written.lines.size() == 2);
    CHECK(read_log_level("warning") == LogLevel::Warning);
    CHECK_FALSE(read_log_level("loud"));
}

TEST_CASE("a thread knows for which request it works, and forgets it afterwards") {
    CHECK(current_request().empty());
    {
        const RequestTrail outer("req_1");
        CHECK(current_request() == "req_1");
        {
            const RequestTrail inner("req_2");
            CHECK(current_request() == "req_2");
        }
        CHECK(current_request() == "req_1");
    }
    CHECK(current_request().empty());
}

}  // namespace
