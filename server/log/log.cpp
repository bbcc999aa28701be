#include "server/log/log.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <unistd.h>

#include "core/api/json_writer.hpp"
#include "core/base/utf8.hpp"

namespace pcc::server {
namespace {

constexpr std::array<std::pair<LogLevel, std::string_view>, 4> level_names = {{
    {LogLevel::Debug, "debug"},
    {LogLevel::Info, "info"},
    {LogLevel::Warning, "warning"},
    {LogLevel::Error, "error"},
}};

thread_local std::string request_of_this_thread;

/// Without what some readers take for the end of a line, or for an order to the terminal, and what
/// JSON lets stand: DEL, the C1 controls, and the separators of Unicode.
auto harmless(std::string_view text) -> std::string {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = code_point_at(text, at);
        const auto value = point.value;
        const bool harms =
            !point.valid || (value >= 0x7F && value < 0xA0) || value == 0x2028 || value == 0x2029;
        out += harms ? std::string("\xef\xbf\xbd") : std::string(text.substr(at, point.length));
        at += point.length;
    }
    return out;
}

auto is_ascii(std::string_view text) -> bool {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < 0x7F; });
}

auto is_empty(const LogField& field) -> bool {
    const auto* text = std::get_if<std::string>(&field.value);
    return text != nullptr && text->empty();
}

void put(api::JsonWriter& out, const LogField& field) {
    if (const auto* text = std::get_if<std::string>(&field.value)) {
        out.text(field.name, is_ascii(*text) ? *text : harmless(*text));
    } else {
        out.number(field.name, std::get<long long>(field.value));
    }
}

auto json_line(std::string_view time, std::string_view level, std::string_view event,
               const LogFields& fields) -> std::string {
    api::JsonWriter out;
    out.text("time", time);
    out.text("level", level);
    out.text("event", event);
    for (const auto& field : fields) {
        if (!is_empty(field)) put(out, field);
    }
    return out.finish();
}

/// Quoted as in JSON where it is more than one plain word.
auto plain_or_quoted(const std::string& text) -> std::string {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:{}";
    if (text.find_first_not_of(plain) == std::string::npos) return text;
    api::JsonWriter out;
    out.open_list("");
    out.text("", harmless(text));
    out.close_list();
    const auto list = out.finish();  // {["..."]}
    return list.substr(2, list.size() - 4);
}

auto text_line(std::string_view time, std::string_view level, std::string_view event,
               const LogFields& fields) -> std::string {
    std::string line(time);
    line += ' ' + std::string(level) + ' ' + std::string(event);
    for (const auto& field : fields) {
        if (is_empty(field)) continue;
        line += ' ' + std::string(field.name) + '=';
        if (const auto* text = std::get_if<std::string>(&field.value)) {
            line += plain_or_quoted(*text);
        } else {
            line += std::to_string(std::get<long long>(field.value));
        }
    }
    return line;
}

}  // namespace

auto level_name(LogLevel level) -> std::string_view {
    for (const auto& [known, name] : level_names) {
        if (known == level) return name;
    }
    return "info";
}

auto read_log_level(std::string_view name) -> std::optional<LogLevel> {
    for (const auto& [level, known] : level_names) {
        if (known == name) return level;
    }
    return std::nullopt;
}

Log::Log(LogLevel least, LogFormat format, Now now, Sink sink)
    : least_(least), format_(format), now_(std::move(now)), sink_(std::move(sink)) {}

void Log::write(LogLevel level, std::string_view event, const LogFields& fields) {
    if (!writes(level)) return;
    const auto line = line_of(level, event, fields) + "\n";
    const std::lock_guard lock(mutex_);
    sink_(line);
}

auto Log::line_of(LogLevel level, std::string_view event, const LogFields& fields) const
    -> std::string {
    const auto time = format_rfc3339(now_());
    return format_ == LogFormat::Json ? json_line(time, level_name(level), event, fields)
                                      : text_line(time, level_name(level), event, fields);
}

// Whoever reads the log may have gone; the server has not.
void Log::to_standard_error(std::string_view line) {
    while (!line.empty()) {
        const auto written = ::write(STDERR_FILENO, line.data(), line.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return;
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

RequestTrail::RequestTrail(std::string request_id)
    : before_(std::exchange(request_of_this_thread, std::move(request_id))) {}

RequestTrail::~RequestTrail() {
    request_of_this_thread = std::move(before_);
}

auto current_request() -> const std::string& {
    return request_of_this_thread;
}

}  // namespace pcc::server
