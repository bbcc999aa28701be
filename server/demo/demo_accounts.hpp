// The demo accounts: who they are, and the file that keeps the passwords made for them.
// Layer: server/demo. Only with --demo; real accounts never come here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/access/policy.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace pcc::server {

class RandomSource;

struct DemoAccount {
    std::string name;
    std::string email;
    std::string organization;
    access::Role role = access::Role::Guest;
    Secret password;
};

/// The people of the demo organizations, each with a fresh random password.
auto invent_demo_accounts(RandomSource& random) -> std::vector<DemoAccount>;

/// Beside the keys, outside the database, readable by this account alone.
auto demo_accounts_file(const std::filesystem::path& folder) -> std::filesystem::path;
auto keep_demo_accounts(const std::filesystem::path& folder,
                        const std::vector<DemoAccount>& accounts) -> Result<void, std::string>;
/// Nothing where the folder holds no demo data.
auto read_demo_accounts(const std::filesystem::path& folder)
    -> std::optional<std::vector<DemoAccount>>;

}  // namespace pcc::server
