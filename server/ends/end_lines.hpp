// The lines of a file of ends: each proves by the keys that it was written here, and follows on the
// line before, so that none can be changed or taken out.
// Layer: server. Text alone; opens no file and knows no table.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "server/crypto/keys.hpp"
#include "server/store/ends.hpp"

namespace pcc::server {

struct EndLine {
    long long number = 0;  // of the transaction; all of its ends carry it
    End end;
};

/// Writes lines, each following on the last.
class EndWriter {
  public:
    /// After the last line of a file: what it was proved by.
    explicit EndWriter(std::string last_proof = {}) : last_(std::move(last_proof)) {}

    auto heading(const Keys& keys, const std::string& name) -> std::string;
    auto line(const Keys& keys, const EndLine& line) -> std::string;
    auto last_proof() const -> const std::string& { return last_; }

  private:
    auto proved(const Keys& keys, const std::string& text) -> std::string;
    std::string last_;
};

/// What a file of ends came to, read from its beginning.
struct EndFile {
    std::string name;
    long long newest = 0;    // the highest number in it
    std::string last_proof;  // what the next line follows on
    long long whole = 0;     // Units: bytes; up to the end of the last whole line
    bool torn = false;       // something stands after that, without an end of line
    std::string fault;       // a sentence; empty where it is whole
};

/// Reads all lines and hands each to `visit` once it is proved. Stops at the first that is not.
auto read_ends(std::istream& in, const Keys& keys, const std::function<void(const EndLine&)>& visit)
    -> EndFile;

}  // namespace pcc::server
