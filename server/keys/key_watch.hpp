// The keys of a running server, kept as the file has them: a version that was added is taken up,
// and becomes current when its time has come. Layer: server. A look in the background.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "server/crypto/key_ring.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

class KeyWatch {
  public:
    /// Without a path the keys stay as they are but for their time.
    KeyWatch(KeyRing& ring, std::string path) : ring_(ring), path_(std::move(path)) {}

    /// Looks at the file and at the time. Returns a sentence for the operator, once, where what
    /// changed is not taken up: a file that cannot be used leaves the keys as they are.
    auto look(Store& store, RandomSource& random, Instant now) -> std::optional<std::string>;
    /// Whether other servers of the database use keys that this one was not given: then it would
    /// not find their tokens, and is not ready. Asked from any thread.
    auto is_behind() const -> bool { return behind_; }

  private:
    auto take_up_file(Store& store, Instant now) -> std::optional<std::string>;
    auto note_what_comes(Store& store, Instant now) -> std::optional<std::string>;
    auto compare(Store& store) -> std::optional<std::string>;
    void reseal(Store& store, RandomSource& random);

    KeyRing& ring_;
    std::string path_;
    std::string seen_;  // what told the file from others when it was read last
    int noted_ = 0;     // the newest version that the database knows from here
    unsigned looks_ = 0;
    std::atomic<bool> behind_{false};
    int resealed_ = 0;  // the version under which all that lives is sealed
};

}  // namespace pcc::server
