#include "server/cli/password_prompt.hpp"

#include <iostream>
#include <utility>

#include <termios.h>
#include <unistd.h>

namespace pcc::server {
namespace {

// Switches the terminal's echo off for as long as it lives.
class QuietTerminal {
  public:
    QuietTerminal() {
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        auto quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~QuietTerminal() {
        if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    auto operator=(const QuietTerminal&) -> QuietTerminal& = delete;

  private:
    termios before_{};
    bool changed_ = false;
};

auto read_line() -> Secret {
    std::string line;
    std::getline(std::cin, line);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return Secret(std::move(line));
}

auto ask(const std::string& prompt) -> Secret {
    std::cerr << prompt << std::flush;
    const QuietTerminal quiet;
    auto answer = read_line();
    std::cerr << '\n';
    return answer;
}

}  // namespace

auto ask_password(const std::string& whose) -> Result<Secret, std::string> {
    const bool at_terminal = isatty(STDIN_FILENO) == 1;
    auto password = at_terminal ? ask("Password for " + whose + ": ") : read_line();
    if (password.empty()) {
        return failed(std::string("No password came on standard input. Type one, or pipe one in."));
    }
    if (at_terminal && !same_secret(password, ask("The same once more: "))) {
        return failed(std::string("The two passwords differ. Nothing was created; run it again."));
    }
    return password;
}

}  // namespace pcc::server
