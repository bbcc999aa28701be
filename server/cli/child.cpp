#include "server/cli/child.hpp"

#include <algorithm>
#include <cerrno>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pcc::server {
namespace {

auto name_of(const std::string& entry) -> std::string {
    return entry.substr(0, entry.find('='));
}

/// Ours, with the additions in the place of what they replace.
auto environment_with(const Environment& more) -> std::vector<std::string> {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const bool replaced = std::any_of(
            more.begin(), more.end(), [&](const auto& one) { return one.first == name_of(text); });
        if (!replaced) all.push_back(text);
    }
    for (const auto& [name, value] : more)
        all.push_back(name + "=" + value);
    return all;
}

auto pointers(std::vector<std::string>& texts) -> std::vector<char*> {
    std::vector<char*> all;
    for (auto& text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

auto run_child(const std::vector<std::string>& command, const Environment& more) -> int {
    auto words = command;
    auto environment = environment_with(more);
    const auto arguments = pointers(words);
    const auto entries = pointers(environment);
    pid_t child = 0;
    const int started =
        ::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), entries.data());
    if (started != 0) return -1;
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace pcc::server
