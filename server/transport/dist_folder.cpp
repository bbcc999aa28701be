#include "server/transport/dist_folder.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "server/transport/page_policy.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;

auto content_type_of(std::string_view ending) -> std::string {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 13> types = {{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".wasm", "application/wasm"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
        {".woff2", "font/woff2"},
        {".map", "application/json"},
        {".md", "text/plain; charset=utf-8"},
    }};
    for (const auto& [known, type] : types) {
        if (known == ending) return std::string(type);
    }
    return "application/octet-stream";
}

// `console-0123456789.js`: a dash and at least eight hexadecimal digits before the ending.
auto is_hashed_name(const std::string& stem) -> bool {
    const auto dash = stem.rfind('-');
    if (dash == std::string::npos || stem.size() - dash - 1 < 8) return false;
    return stem.find_first_not_of("0123456789abcdef", dash + 1) == std::string::npos;
}

// FNV-1a: tells versions of a file apart; protects nothing.
auto tag_of(std::string_view content) -> std::string {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : content)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
    return text.data();
}

auto read_file(const fs::path& path) -> std::string {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

auto read_smaller(const fs::path& path, std::size_t than) -> std::string {
    auto content = read_file(path);
    return content.size() < than ? content : std::string();
}

auto read_dist_file(const fs::path& path) -> DistFile {
    DistFile file;
    file.content_type = content_type_of(path.extension().string());
    file.plain = read_file(path);
    file.tag = tag_of(file.plain);
    file.hashed = is_hashed_name(path.stem().string());
    file.policy = page_policy(path.extension() == ".html" ? file.plain : std::string_view());
    file.brotli = read_smaller(path.string() + ".br", file.plain.size());
    file.gzip = read_smaller(path.string() + ".gz", file.plain.size());
    return file;
}

// A form of another file, or one that is not for the public.
auto is_passed_over(const fs::path& path) -> bool {
    const auto ending = path.extension().string();
    return ending == ".br" || ending == ".gz" || path.filename().string().front() == '.';
}

auto trimmed(std::string_view text) -> std::string_view {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

// Calls `each` with every part of a list such as `br, gzip;q=0.5`.
template <class Each>
void for_each_part(std::string_view list, char separator, Each each) {
    while (!list.empty()) {
        const auto end = list.find(separator);
        each(trimmed(list.substr(0, end)));
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
}

auto is_refused_weight(std::string_view parameters) -> bool {
    const auto q = parameters.find("q=0");
    return q != std::string_view::npos &&
           parameters.find_first_not_of("0.", q + 3) == std::string_view::npos;
}

auto accepts(std::string_view list, std::string_view coding) -> bool {
    bool accepted = false;
    for_each_part(list, ',', [&](std::string_view part) {
        const auto semicolon = part.find(';');
        if (trimmed(part.substr(0, semicolon)) != coding) return;
        accepted =
            semicolon == std::string_view::npos || !is_refused_weight(part.substr(semicolon));
    });
    return accepted;
}

auto names_tag(std::string_view list, std::string_view etag) -> bool {
    bool named = false;
    for_each_part(list, ',', [&](std::string_view part) {
        if (part.substr(0, 2) == "W/") part.remove_prefix(2);
        named = named || part == etag || part == "*";
    });
    return named;
}

}  // namespace

auto DistFolder::read(const fs::path& folder) -> DistFolder {
    DistFolder result;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (!entry->is_regular_file() || is_passed_over(entry->path())) continue;
        const auto name = "/" + entry->path().lexically_relative(folder).generic_string();
        result.files_.emplace(name, read_dist_file(entry->path()));
    }
    return result;
}

auto DistFolder::find(std::string_view path) const -> const DistFile* {
    auto file = files_.find(path);
    const auto last = path.substr(path.rfind('/') + 1);
    if (file == files_.end() && last.find('.') == std::string_view::npos) {
        file = files_.find("/index.html");
    }
    return file == files_.end() ? nullptr : &file->second;
}

auto choose(const DistFile& file, std::string_view accept_encoding, std::string_view if_none_match)
    -> DistAnswer {
    DistAnswer answer;
    answer.file = &file;
    answer.body = file.plain;
    if (!file.brotli.empty() && accepts(accept_encoding, "br")) {
        answer.body = file.brotli;
        answer.encoding = "br";
    } else if (!file.gzip.empty() && accepts(accept_encoding, "gzip")) {
        answer.body = file.gzip;
        answer.encoding = "gzip";
    }
    answer.etag = "\"" + file.tag;
    if (!answer.encoding.empty()) answer.etag += "-" + std::string(answer.encoding);
    answer.etag += "\"";
    if (names_tag(if_none_match, answer.etag)) {
        answer.status = 304;
        answer.body = {};
    }
    return answer;
}

}  // namespace pcc::server
