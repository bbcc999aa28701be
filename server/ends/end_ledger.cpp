#include "server/ends/end_ledger.hpp"

#include <cerrno>
#include <utility>

#include <unistd.h>

#include "server/files.hpp"

namespace pcc::server {

auto EndLedger::create(const std::string& path, const KeyRing& keys, RandomSource& random)
    -> Result<std::shared_ptr<EndLedger>, StoreError> {
    const auto name = random_name(random, "end_");
    EndWriter writer;
    const auto heading = writer.heading(*keys.now(), name);
    auto file = HeldFile::create(path, heading);
    if (!file) return failed(std::move(file.error()));
    std::shared_ptr<EndLedger> ledger(new EndLedger(std::move(*file), keys, name));
    ledger->length_ = static_cast<long long>(heading.size());
    ledger->synced_proof_ = writer.last_proof();
    ledger->writer_ = std::move(writer);
    return ledger;
}

auto EndLedger::resume(HeldFile file, const KeyRing& keys, const EndFile& read)
    -> Result<std::shared_ptr<EndLedger>, StoreError> {
    if (read.torn && (::ftruncate(file.number(), read.whole) != 0 || ::fsync(file.number()) != 0)) {
        return failed(file.fault("cannot be written"));
    }
    std::shared_ptr<EndLedger> ledger(new EndLedger(std::move(file), keys, read.name));
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
    errno = reason_;
    return failed(file_.fault("cannot be written, so nothing is ended"));
}

void EndLedger::write_pending(std::unique_lock<std::mutex>& lock) {
    writing_ = true;
    const auto text = std::exchange(pending_, {});
    const auto upto = newest_;
    const auto proof = writer_.last_proof();
    lock.unlock();
    const bool written = write_all(file_.number(), text);
    const bool synced = written && ::fdatasync(file_.number()) == 0;
    const auto reason = errno;
    lock.lock();
    writing_ = false;
    if (synced) {
        synced_ = upto;
        length_ += static_cast<long long>(text.size());
        synced_proof_ = proof;
    } else {
        reason_ = reason;
        // After a sync that failed nobody can say what the disk holds.
        broken_ = written || ::ftruncate(file_.number(), length_) != 0;
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
