// The file of Keys: `pcc-keys 1`, then one line `<version> <64 hexadecimal digits>` for each key,
// with the milliseconds since the epoch after it from which it is current, where it was added
// later. Layer: server. Only reads and writes; what the keys are for is in keys.cpp.
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/crypto/digest.hpp"
#include "server/crypto/keys.hpp"
#include "server/files.hpp"

namespace pcc::server {
namespace {

using Fault = KeysError::Fault;

constexpr std::string_view heading = "pcc-keys 1\n";
constexpr std::size_t largest_file = 16 * 1024;

auto fault(Fault kind, std::string message) -> tl::unexpected<KeysError> {
    return failed(KeysError{kind, std::move(message)});
}

auto because_of_errno() -> std::string {
    return std::string(": ") + std::strerror(errno) + ".";
}

auto read_all(int file) -> std::optional<Secret> {
    std::string text(largest_file, '\0');
    std::size_t length = 0;
    while (length < text.size()) {
        const auto got = ::read(file, text.data() + length, text.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::nullopt;
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    Secret whole(text.substr(0, length));
    sodium_memzero(text.data(), text.size());
    return whole;
}

auto not_private(const std::string& path) -> tl::unexpected<KeysError> {
    return fault(Fault::NotPrivate, "The keys file " + path +
                                        " can be read or changed by other users of this machine. "
                                        "Make it private with: chmod 600 " +
                                        path);
}

/// Whether a file is this user's alone.
auto check_private(int file, const std::string& path) -> Result<void, KeysError> {
    struct stat info {};
    if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        return fault(Fault::NotReadable, "The keys file " + path + " is not a plain file.");
    }
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) return not_private(path);
    return {};
}

auto read_private(const std::string& path) -> Result<Secret, KeysError> {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0 && errno == ENOENT) {
        return fault(Fault::Missing, "There is no keys file at " + path +
                                         ". Restore it from where it was kept, or make a new "
                                         "installation with: pcc-server init");
    }
    if (file.number() < 0) {
        return fault(Fault::NotReadable,
                     "The keys file " + path + " cannot be read" + because_of_errno());
    }
    if (const auto checked = check_private(file.number(), path); !checked) {
        return failed(checked.error());
    }
    const auto text = read_all(file.number());
    if (!text) {
        return fault(Fault::NotReadable,
                     "The keys file " + path + " cannot be read" + because_of_errno());
    }
    return *text;
}

/// The whole text in place of what stood there, or nothing changed; false with errno set.
auto replace_file(const std::string& path, std::string_view text) -> bool {
    const auto part = path + ".part";
    ::unlink(part.c_str());
    const Descriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    return file.number() >= 0 && write_and_sync(file.number(), text) &&
           ::rename(part.c_str(), path.c_str()) == 0 && sync_folder_of(path);
}

}  // namespace

auto Keys::create(const std::string& path, RandomSource& random) -> Result<Keys, KeysError> {
    Subkey master{};
    random.fill(master.data(), master.size());
    const Secret text(std::string(heading) + "1 " + to_hex(master.data(), master.size()) + "\n");
    sodium_memzero(master.data(), master.size());
    const auto file = create_file(path, text.reveal());
    if (file.number() < 0 && errno == EEXIST) {
        return fault(Fault::Exists, "There is a keys file at " + path +
                                        " already. It is needed to read the tokens made with it, "
                                        "so it is not replaced.");
    }
    if (file.number() < 0) {
        return fault(Fault::NotWritable,
                     "The keys file " + path + " cannot be written" + because_of_errno());
    }
    return parse(path, text.reveal());
}

auto Keys::load(const std::string& path) -> Result<Keys, KeysError> {
    const auto text = read_private(path);
    if (!text) return failed(text.error());
    return parse(path, text->reveal());
}

auto Keys::rotate(const std::string& path, RandomSource& random, Instant since)
    -> Result<Keys, KeysError> {
    const auto text = read_private(path);
    if (!text) return failed(text.error());
    const auto keys = parse(path, text->reveal());
    if (!keys) return keys;
    Subkey master{};
    random.fill(master.data(), master.size());
    const Secret longer(std::string(text->reveal()) + std::to_string(keys->newest_version() + 1) +
                        " " + to_hex(master.data(), master.size()) + " " +
                        std::to_string(millis_since_epoch(since)) + "\n");
    sodium_memzero(master.data(), master.size());
    if (longer.reveal().size() > largest_file || !replace_file(path, longer.reveal())) {
        return fault(Fault::NotWritable,
                     "The keys file " + path + " cannot be written" + because_of_errno());
    }
    return parse(path, longer.reveal());
}

auto Keys::read_line(std::string_view line) -> std::optional<Version> {
    constexpr std::size_t digits = 64;
    const auto* end = line.data() + line.size();
    int number = 0;
    const auto [rest, error] = std::from_chars(line.data(), end, number);
    const auto used = static_cast<std::size_t>(rest - line.data());
    if (error != std::errc{} || number < 1 || line.substr(used, 1) != " ") return std::nullopt;
    line.remove_prefix(used + 1);
    long long since = 0;
    if (line.size() > digits) {
        const auto [last, fault] = std::from_chars(line.data() + digits + 1, end, since);
        if (line[digits] != ' ' || fault != std::errc{} || last != end) return std::nullopt;
    }
    auto bytes = from_hex(line.substr(0, digits));
    Subkey master{};
    if (!bytes || bytes->size() != master.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), master.begin());
    auto version = derive(number, master);
    version.since = since;
    sodium_memzero(bytes->data(), bytes->size());
    sodium_memzero(master.data(), master.size());
    return version;
}

auto Keys::parse(const std::string& path, std::string_view text) -> Result<Keys, KeysError> {
    const auto malformed = [&path] {
        return fault(Fault::Malformed, "The keys file " + path +
                                           " is not whole. Restore it from where it was kept; "
                                           "without it no Token ID can be shown or used.");
    };
    if (text.substr(0, heading.size()) != heading) return malformed();
    text.remove_prefix(heading.size());
    Keys keys;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return malformed();
        auto version = read_line(text.substr(0, end));
        text.remove_prefix(end + 1);
        if (!version || keys.version(version->number) != nullptr) return malformed();
        keys.versions_.push_back(*version);
    }
    if (keys.versions_.empty()) return malformed();
    std::sort(keys.versions_.begin(), keys.versions_.end(),
              [](const Version& a, const Version& b) { return a.number > b.number; });
    keys.current_ = keys.versions_.size() - 1;
    keys.use_as_of(instant_from_millis(0));
    return keys;
}

}  // namespace pcc::server
