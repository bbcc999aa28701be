// The keys that are in use now, replaced under whoever is using them when the file has changed.
// Layer: server. Keeps keys; reads no file and no clock.
#pragma once

#include <memory>
#include <mutex>

#include "server/crypto/keys.hpp"

namespace pcc::server {

class KeyRing {
  public:
    explicit KeyRing(Keys keys) : keys_(std::make_shared<const Keys>(std::move(keys))) {}

    /// The keys of this moment; who holds them works with them to the end.
    auto now() const -> std::shared_ptr<const Keys> {
        const std::lock_guard lock(mutex_);
        return keys_;
    }
    void replace(Keys keys) {
        auto next = std::make_shared<const Keys>(std::move(keys));
        const std::lock_guard lock(mutex_);
        keys_ = std::move(next);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Keys> keys_;
};

}  // namespace pcc::server
