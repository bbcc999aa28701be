// The log: one line for each event, on standard error, for people or for programs to read.
// Layer: server. Knows no event; says nothing of its own. What is handed to it has to be fit to be
// read by whoever reads logs: no Token ID, cookie, CSRF value, password, body, name or e-mail
// address.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/timestamp.hpp"

namespace pcc::server {

enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Json, Text };

auto level_name(LogLevel level) -> std::string_view;
auto read_log_level(std::string_view name) -> std::optional<LogLevel>;

/// A member of a line. One whose text is empty is left out.
struct LogField {
    std::string_view name;
    std::variant<std::string, long long> value;
};
using LogFields = std::vector<LogField>;

class Log {
  public:
    using Sink = std::function<void(std::string_view line)>;
    using Now = std::function<Instant()>;

    Log(LogLevel least, LogFormat format, Now now, Sink sink = to_standard_error);

    /// Writes one line, whatever the fields hold: line ends and control characters are escaped.
    /// Called from several threads at once.
    void write(LogLevel level, std::string_view event, const LogFields& fields = {});
    auto writes(LogLevel level) const -> bool { return level >= least_; }

    static void to_standard_error(std::string_view line);

  private:
    auto line_of(LogLevel level, std::string_view event, const LogFields& fields) const
        -> std::string;

    LogLevel least_;
    LogFormat format_;
    Now now_;
    Sink sink_;
    std::mutex mutex_;
};

/// While it lives, what this thread does is done for that request: `current_request` tells.
class RequestTrail {
  public:
    explicit RequestTrail(std::string request_id);
    ~RequestTrail();
    RequestTrail(const RequestTrail&) = delete;
    auto operator=(const RequestTrail&) -> RequestTrail& = delete;

  private:
    std::string before_;
};
auto current_request() -> const std::string&;

}  // namespace pcc::server
