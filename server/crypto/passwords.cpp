#include "server/crypto/passwords.hpp"

#include <array>
#include <cstdlib>

#include <sodium.h>

namespace pcc::server {

PasswordHasher::PasswordHasher(PasswordCost cost, int at_once, int longest_queue)
    : cost_(cost), at_once_(at_once), longest_queue_(longest_queue) {
    // A machine that cannot check passwords can serve nobody.
    if (sodium_init() < 0) std::abort();
    const auto made = hash(Secret("nobody has this password"));
    if (!made) std::abort();
    nobody_ = *made;
}

auto PasswordHasher::enter() -> bool {
    std::unique_lock lock(mutex_);
    if (closed_ || (running_ >= at_once_ && waiting_ >= longest_queue_)) return false;
    ++waiting_;
    turn_.wait(lock, [this] { return running_ < at_once_; });
    --waiting_;
    ++running_;
    return true;
}

void PasswordHasher::leave() {
    {
        const std::lock_guard lock(mutex_);
        --running_;
    }
    turn_.notify_one();
}

void PasswordHasher::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
}

auto PasswordHasher::hash(const Secret& password) -> Result<std::string, PasswordFault> {
    if (!enter()) return failed(PasswordFault::Busy);
    std::array<char, crypto_pwhash_STRBYTES> out{};
    const auto text = password.reveal();
    const auto failure = crypto_pwhash_str_alg(out.data(), text.data(), text.size(), cost_.passes,
                                               cost_.memory, crypto_pwhash_ALG_ARGON2ID13);
    leave();
    if (failure != 0) return failed(PasswordFault::OutOfMemory);
    return std::string(out.data());
}

auto PasswordHasher::verify(const std::string& hash, const Secret& password)
    -> Result<bool, PasswordFault> {
    if (!enter()) return failed(PasswordFault::Busy);
    const auto text = password.reveal();
    const bool same = crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) == 0;
    leave();
    return same;
}

auto PasswordHasher::verify_nobody(const Secret& password) -> Result<bool, PasswordFault> {
    const auto checked = verify(nobody_, password);
    if (!checked) return failed(checked.error());
    return false;
}

}  // namespace pcc::server
