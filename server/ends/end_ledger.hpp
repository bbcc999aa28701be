// The file of ends that a running server writes: each end stands in it, synced, before the database
// commits it. Layer: server. Appends only; reading it and what follows from it is in reconcile.hpp.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "server/crypto/key_ring.hpp"
#include "server/ends/end_lines.hpp"
#include "server/ends/held_file.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

class EndLedger final : public EndKeeper {
  public:
    /// A new file with a name of its own. Errors: as of HeldFile::create.
    static auto create(const std::string& path, const KeyRing& keys, RandomSource& random)
        -> Result<std::shared_ptr<EndLedger>, StoreError>;
    /// Goes on after the last whole line of a file that was read since it is held; what is torn
    /// goes. Errors: EndsNotKept.
    static auto resume(HeldFile file, const KeyRing& keys, const EndFile& read)
        -> Result<std::shared_ptr<EndLedger>, StoreError>;

    /// Those who come while the disk is busy are written and synced together.
    auto keep(const std::vector<End>& ends) -> Result<long long, StoreError> override;
    auto name() const -> const std::string& override { return name_; }

  private:
    EndLedger(HeldFile file, const KeyRing& keys, std::string name)
        : file_(std::move(file)), keys_(keys), name_(std::move(name)) {}
    void write_pending(std::unique_lock<std::mutex>& lock);
    void give_up_pending();

    HeldFile file_;
    const KeyRing& keys_;
    std::string name_;

    std::mutex mutex_;
    std::condition_variable written_;
    EndWriter writer_;
    std::string pending_;      // lines that wait for the disk
    long long newest_ = 0;     // the last number given out
    long long synced_ = 0;     // all numbers up to this are on the disk
    long long failed_to_ = 0;  // those up to this, above `synced_`, never will be
    long long length_ = 0;     // Units: bytes that are on the disk
    std::string synced_proof_;
    bool writing_ = false;
    bool broken_ = false;  // a sync failed: what is on the disk is not known
    int reason_ = 0;       // errno of what failed last, whoever wrote
};

}  // namespace pcc::server
