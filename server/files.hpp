// Writing a file so that all of it is there, or it is known that it is not.
// Layer: server. Decides on no name and no place.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace pcc::server {

/// An open file of the system, closed with it.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    auto operator=(Descriptor&&) -> Descriptor& = delete;
    ~Descriptor();
    /// Below 0 where it could not be opened.
    auto number() const -> int { return number_; }

  private:
    int number_;
};

/// Hands all of the text to the system; false with errno set where that failed.
auto write_all(int file, std::string_view text) -> bool;
/// The same, and waits until the disk has it.
auto write_and_sync(int file, std::string_view text) -> bool;

/// A new file of mode 0600, written at its end and locked (flock) from before it has its name,
/// there with all of this text, crash or not, or not at all. Below 0 with errno set where that
/// failed: EEXIST where there is one.
auto create_file(const std::string& path, std::string_view text) -> Descriptor;

/// Waits until the disk has this file or folder; false with errno set where that failed.
auto sync_at(const std::string& path) -> bool;
/// A file that was just made or renamed is found again after a crash only when its folder is
/// synced, too. False with errno set where that failed.
auto sync_folder_of(const std::string& path) -> bool;

}  // namespace pcc::server
