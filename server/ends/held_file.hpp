// A file of ends that nobody else may write while it is held, from before it is read until its
// server stops. Layer: server. Knows nothing of what stands in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/files.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

class HeldFile {
  public:
    /// Nothing where there is none. Errors: InUse where another server holds it, EndsNotKept.
    static auto open(const std::string& path) -> Result<std::optional<HeldFile>, StoreError>;
    /// A new file of mode 0600, there with all of its text, crash or not, or not at all.
    /// Errors: InUse where there is one by now, EndsNotKept.
    static auto create(const std::string& path, std::string_view text)
        -> Result<HeldFile, StoreError>;

    /// What is written goes to the end.
    auto number() const -> int { return file_.number(); }
    /// Of what just failed, with the reason that errno has.
    auto fault(const std::string& what) const -> StoreError;

  private:
    HeldFile(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}
    auto hold() const -> Result<void, StoreError>;
    auto in_use() const -> StoreError;
    auto is_at_its_path() const -> bool;

    std::string path_;
    Descriptor file_;
};

}  // namespace pcc::server
