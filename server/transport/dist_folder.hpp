// The console's files, read into memory once, and which of them answers a path.
// Layer: server/transport. No sockets; the files never leave this memory by another path than their
// name.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace pcc::server {

struct DistFile {
    std::string content_type;
    std::string tag;      // of the content, without quotes
    bool hashed = false;  // its name changes with its content
    std::string policy;   // Content-Security-Policy
    std::string plain;
    std::string brotli;  // empty where there is none, or it is no smaller
    std::string gzip;
};

/// What a client is to be sent.
struct DistAnswer {
    int status = 200;  // 200, or 304 when the client has it already
    const DistFile* file = nullptr;
    std::string_view body;
    std::string_view encoding;  // `br`, `gzip` or empty
    std::string etag;
};

class DistFolder {
  public:
    /// The files below a folder; empty when the folder has none or is none.
    static auto read(const std::filesystem::path& folder) -> DistFolder;

    auto is_built() const -> bool { return files_.count("/index.html") > 0; }
    /// The file of that path; index.html for an address of the console, which has no dot in its
    /// last part; nullptr where there is nothing.
    auto find(std::string_view path) const -> const DistFile*;

  private:
    std::map<std::string, DistFile, std::less<>> files_;
};

/// The smallest form of a file that the client takes. Source: RFC 9110, 12.5.3 and 13.1.2.
auto choose(const DistFile& file, std::string_view accept_encoding, std::string_view if_none_match)
    -> DistAnswer;

}  // namespace pcc::server
