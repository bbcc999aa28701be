// The file of ends that a running server writes: each end stands in it, synced, before the database
// commits it. Layer: server. Appends only; reading it and what follows from it is in reconcile.hpp.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "server/crypto/key_ring.hpp"
#include "server/ends/end_lines.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

class EndLedger final : public EndKeeper {
  public:
    /// A new file of mode 0600 with a name of its own. Errors: Unavailable, also where there is
    /// one.
    static auto create(const std::string& path, const KeyRing& keys, RandomSource& random)
        -> Result<std::shared_ptr<EndLedger>, StoreError>;
    /// Goes on after the last whole line of a file that was read; what is torn goes.
    /// Errors: InUse where another server writes it, Unavailable.
    static auto resume(const std::string& path, const KeyRing& keys, const EndFile& read)
        -> Result<std::shared_ptr<EndLedger>, StoreError>;
    ~EndLedger() override;

    /// Those who come while the disk is busy are written and synced together.
    auto keep(const std::vector<End>& ends) -> Result<long long, StoreError> override;
    auto name() const -> const std::string& override { return name_; }

  private:
    EndLedger(std::string path, int file, const KeyRing& keys)
        : path_(std::move(path)), file_(file), keys_(keys) {}
    auto hold() const -> Result<void, StoreError>;
    auto fault(const std::string& what) const -> StoreError;
    void write_pending(std::unique_lock<std::mutex>& lock);
    void give_up_pending();

    std::string path_;
    int file_;
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
};

}  // namespace pcc::server
