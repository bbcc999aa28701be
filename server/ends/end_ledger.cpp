#include "server/ends/end_ledger.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "server/files.hpp"

namespace pcc::server {
namespace {

/// A file that was just made is found again after a crash only when its folder is synced, too.
auto sync_folder_of(const std::string& path) -> bool {
    const auto slash = path.rfind('/');
    const auto folder = slash == std::string::npos ? std::string(".") : path.substr(0, slash + 1);
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return false;
    const bool synced = ::fsync(file) == 0;
    return ::close(file) == 0 && synced;
}

}  // namespace

EndLedger::~EndLedger() {
    if (file_ >= 0) ::close(file_);
}

auto EndLedger::fault(const std::string& what) const -> StoreError {
    return {StoreError::Kind::Unavailable,
            "The file of ends " + path_ + " " + what + ": " + std::strerror(errno) + "."};
}

auto EndLedger::hold() const -> Result<void, StoreError> {
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return {};
    return failed(StoreError{StoreError::Kind::InUse,
                             "Another server writes the file of ends " + path_ +
                                 ". Give each server a file of its own with --tombstones."});
}

auto EndLedger::create(const std::string& path, const KeyRing& keys, RandomSource& random)
    -> Result<std::shared_ptr<EndLedger>, StoreError> {
    // Under another name first: a file that is there has its heading.
    const auto part = path + ".part";
    ::unlink(part.c_str());
    const int file = ::open(part.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    std::shared_ptr<EndLedger> ledger(new EndLedger(path, file, keys));
    if (file < 0) return failed(ledger->fault("cannot be made"));
    if (auto held = ledger->hold(); !held) return failed(held.error());
    ledger->name_ = random_name(random, "end_");
    const auto heading = ledger->writer_.heading(*keys.now(), ledger->name_);
    if (!write_and_sync(file, heading) || ::rename(part.c_str(), path.c_str()) != 0 ||
        !sync_folder_of(path)) {
        return failed(ledger->fault("cannot be written"));
    }
    ledger->length_ = static_cast<long long>(heading.size());
    ledger->synced_proof_ = ledger->writer_.last_proof();
    return ledger;
}

auto EndLedger::resume(const std::string& path, const KeyRing& keys, const EndFile& read)
    -> Result<std::shared_ptr<EndLedger>, StoreError> {
    const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    std::shared_ptr<EndLedger> ledger(new EndLedger(path, file, keys));
    if (file < 0) return failed(ledger->fault("cannot be written"));
    if (auto held = ledger->hold(); !held) return failed(held.error());
    if (read.torn && (::ftruncate(file, read.whole) != 0 || ::fsync(file) != 0)) {
        return failed(ledger->fault("cannot be written"));
    }
    ledger->name_ = read.name;
    ledger->writer_ = EndWriter(read.last_proof);
    ledger->newest_ = ledger->synced_ = read.newest;
    ledger->length_ = read.whole;
    ledger->synced_proof_ = read.last_proof;
    return ledger;
}

auto EndLedger::keep(const std::vector<End>& ends) -> Result<long long, StoreError> {
    const auto keys = keys_.now();
    std::unique_lock lock(mutex_);
    const auto number = ++newest_;
    for (const auto& end : ends)
        pending_ += writer_.line(*keys, {number, end});
    while (synced_ < number && failed_to_ < number && !broken_) {
        if (writing_) {
            written_.wait(lock);
        } else {
            write_pending(lock);
        }
    }
    if (synced_ >= number && failed_to_ < number && !broken_) return number;
    return failed(fault("cannot be written, so nothing is ended"));
}

void EndLedger::write_pending(std::unique_lock<std::mutex>& lock) {
    writing_ = true;
    const auto text = std::exchange(pending_, {});
    const auto upto = newest_;
    const auto proof = writer_.last_proof();
    lock.unlock();
    const bool written = write_all(file_, text);
    const bool synced = written && ::fdatasync(file_) == 0;
    lock.lock();
    writing_ = false;
    if (synced) {
        synced_ = upto;
        length_ += static_cast<long long>(text.size());
        synced_proof_ = proof;
    } else {
        // After a sync that failed nobody can say what the disk holds.
        broken_ = written || ::ftruncate(file_, length_) != 0;
        give_up_pending();
    }
    written_.notify_all();
}

/// All that wait follow on what could not be written. Their numbers are not used again.
void EndLedger::give_up_pending() {
    pending_.clear();
    failed_to_ = newest_;
    synced_ = newest_;
    writer_ = EndWriter(synced_proof_);
}

}  // namespace pcc::server
