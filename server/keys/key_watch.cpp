#include "server/keys/key_watch.hpp"

#include <algorithm>

#include <sys/stat.h>

#include "server/keys/fingerprints.hpp"
#include "server/keys/reseal.hpp"

namespace pcc::server {
namespace {

/// How long before a version is current the database knows of it.
constexpr std::chrono::seconds noted_ahead{30};

/// Differs where the file was replaced or written; empty where there is none.
auto mark_of(const std::string& path) -> std::string {
    struct stat info {};
    if (path.empty() || ::stat(path.c_str(), &info) != 0) return {};
    return std::to_string(info.st_ino) + ' ' + std::to_string(info.st_size) + ' ' +
           std::to_string(info.st_mtim.tv_sec) + ' ' + std::to_string(info.st_mtim.tv_nsec);
}

/// Whether all that the old keys can do, the new ones can.
auto holds_all_of(const Keys& newer, const Keys& older) -> bool {
    const auto there = newer.fingerprints();
    const auto wanted = older.fingerprints();
    return std::all_of(wanted.begin(), wanted.end(), [&there](const auto& one) {
        return std::find(there.begin(), there.end(), one) != there.end();
    });
}

}  // namespace

auto KeyWatch::look(Store& store, RandomSource& random, Instant now) -> std::optional<std::string> {
    auto sentence = take_up_file(store, now);
    const auto keys = ring_.now();
    if (const auto next = keys->next_at(); next && *next <= now) {
        auto later = *keys;
        later.use_as_of(now);
        ring_.replace(std::move(later));
    }
    if (auto fault = note_what_comes(store, now)) return fault;
    reseal(store, random);
    if (auto behind = compare(store)) return behind;
    return sentence;
}

/// What will be current soon, so that servers which were not given it stand back before.
auto KeyWatch::note_what_comes(Store& store, Instant now) -> std::optional<std::string> {
    const auto keys = ring_.now();
    const auto newest = keys->newest_by(now + noted_ahead);
    if (newest <= noted_) return std::nullopt;
    const auto met = meet_keys(store, *keys, newest);
    if (!met) return std::nullopt;  // with the next look
    noted_ = newest;
    if (*met) behind_ = true;
    return *met;
}

/// Every tenth look. The sentence once, when it begins to be so.
auto KeyWatch::compare(Store& store) -> std::optional<std::string> {
    constexpr unsigned looks_between = 10;
    if (looks_++ % looks_between != 0) return std::nullopt;
    const auto missed = missed_keys(store, *ring_.now());
    if (!missed) return std::nullopt;
    const bool said = behind_.exchange(missed->has_value());
    return said ? std::nullopt : *missed;
}

auto KeyWatch::take_up_file(Store& store, Instant now) -> std::optional<std::string> {
    const auto mark = mark_of(path_);
    if (mark.empty() || mark == seen_) return std::nullopt;
    auto keys = Keys::load(path_);
    const auto before = ring_.now();
    if (!keys) {
        seen_ = mark;
        return keys.error().message;
    }
    if (!holds_all_of(*keys, *before)) {
        seen_ = mark;
        return "The keys file " + path_ +
               " lacks keys that are in use. It was not taken up; put the right one back.";
    }
    const auto newest = keys->newest_by(now + noted_ahead);
    const auto met = meet_keys(store, *keys, newest);
    if (!met) return std::nullopt;  // with the next look
    seen_ = mark;
    noted_ = newest;
    if (*met) {
        behind_ = true;
        return **met;
    }
    if (keys->newest_version() == before->newest_version()) return std::nullopt;
    keys->use_as_of(now);
    ring_.replace(std::move(*keys));
    return std::nullopt;
}

void KeyWatch::reseal(Store& store, RandomSource& random) {
    const auto keys = ring_.now();
    if (resealed_ >= keys->current_version()) return;
    const auto count = reseal_some(store, *keys, random);
    if (count && *count == 0) resealed_ = keys->current_version();
}

}  // namespace pcc::server
