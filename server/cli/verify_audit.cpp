// `pcc-server verify-audit`: whether the audit is as it was written, and as it was when it was last
// looked at. Layer: server/cli. Changes nothing in the database.
#include <fstream>
#include <sstream>

#include "server/audit/kept_checkpoints.hpp"
#include "server/audit/verify.hpp"
#include "server/cli/data_folder.hpp"
#include "server/cli/keeping.hpp"
#include "server/cli/options.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;

constexpr int is_broken = 1;

/// What was found, as it grows.
struct Findings {
    std::ostringstream text;
    int count = 0;
    void add(const std::string& sentence) {
        text << "  " << sentence << '\n';
        ++count;
    }
};

auto stop_with(const std::string& sentence) -> Saying {
    return {"pcc-server: " + sentence + "\n", 1};
}

auto look_through(const DataFolder& folder, Findings& findings) -> Result<AuditTotals, StoreError> {
    return verify_audit(*folder.store, folder.keys,
                        [&](const BrokenLink& broken) { findings.add(explain(broken)); });
}

auto compare(const DataFolder& folder, const fs::path& file, Findings& findings)
    -> Result<void, std::string> {
    std::ifstream kept(file, std::ios::binary);
    if (!kept) return failed("The file " + file.string() + " cannot be read.");
    const auto compared =
        compare_checkpoints(*folder.store, folder.keys, kept,
                            [&](const std::string& sentence) { findings.add(sentence); });
    if (!compared) return failed(compared.error().message);
    return {};
}

auto keep(const DataFolder& folder, const fs::path& file) -> Result<void, std::string> {
    std::ostringstream out;
    const auto written = write_checkpoints(*folder.store, out);
    if (!written) return failed(written.error().message);
    return write_private_file(file, out.str());
}

}  // namespace

auto verify_audit(const VerifyAuditOptions& options) -> Saying {
    const auto folder = open_for_reading(options.of.data, options.of.database);
    if (!folder) return stop_with(folder.error());
    Findings findings;
    const auto totals = look_through(*folder, findings);
    if (!totals) return stop_with("The audit cannot be read: " + totals.error().message);
    std::error_code ignored;
    const auto& kept = options.checkpoints;
    if (!kept.empty() && fs::exists(kept, ignored)) {
        if (auto compared = compare(*folder, kept, findings); !compared)
            return stop_with(compared.error());
    }
    if (findings.count > 0) {
        return {"The audit is not as it was written:\n" + findings.text.str(), is_broken};
    }
    if (!kept.empty()) {
        if (auto written = keep(*folder, kept); !written) return stop_with(written.error());
    }
    return {"The audit is whole: " + std::to_string(totals->organizations) + " organizations.\n",
            0};
}

}  // namespace pcc::server
