#include "server/demo/demo_accounts.hpp"

#include <fstream>
#include <utility>

#include "server/cli/data_folder.hpp"
#include "server/crypto/random.hpp"

namespace pcc::server {
namespace {

struct Invented {
    const char* name;
    const char* email;
    const char* organization;
    access::Role role;
};

constexpr Invented people[] = {
    {"Ana Reyes", "ana.reyes@aurora-hotels.example", "Aurora Hotels", access::Role::Admin},
    {"Nuno Matos", "nuno.matos@aurora-hotels.example", "Aurora Hotels", access::Role::NetworkAdmin},
    {"Ines Prado", "ines.prado@aurora-hotels.example", "Aurora Hotels", access::Role::Guest},
    {"Sam Ortiz", "sam.ortiz@netcare-support.example", "NetCare Support",
     access::Role::NetworkAdmin},
    {"Mira Holt", "mira.holt@netcare-support.example", "NetCare Support", access::Role::Admin},
    {"Lee Chan", "lee.chan@fieldworks.example", "Fieldworks", access::Role::Admin},
};

constexpr char separator = '\t';

auto line_of(const DemoAccount& account) -> std::string {
    std::string line = access::role_wire(account.role);
    for (const auto& part : {account.name, account.email, account.organization}) {
        line += separator + part;
    }
    line += separator;
    line += account.password.reveal();
    return line + "\n";
}

auto parse_line(std::string_view line) -> std::optional<DemoAccount> {
    std::vector<std::string> parts;
    while (true) {
        const auto end = line.find(separator);
        parts.emplace_back(line.substr(0, end));
        if (end == std::string_view::npos) break;
        line.remove_prefix(end + 1);
    }
    if (parts.size() != 5) return std::nullopt;
    const auto role = access::parse_role(parts[0]);
    if (!role) return std::nullopt;
    return DemoAccount{parts[1], parts[2], parts[3], *role, Secret(std::move(parts[4]))};
}

}  // namespace

auto invent_demo_accounts(RandomSource& random) -> std::vector<DemoAccount> {
    std::vector<DemoAccount> accounts;
    for (const auto& person : people) {
        accounts.push_back(
            {person.name, person.email, person.organization, person.role, random_password(random)});
    }
    return accounts;
}

auto demo_accounts_file(const std::filesystem::path& folder) -> std::filesystem::path {
    return folder / "demo-accounts.txt";
}

auto keep_demo_accounts(const std::filesystem::path& folder,
                        const std::vector<DemoAccount>& accounts) -> Result<void, std::string> {
    std::string text;
    for (const auto& account : accounts)
        text += line_of(account);
    return write_private_file(demo_accounts_file(folder), text);
}

auto read_demo_accounts(const std::filesystem::path& folder)
    -> std::optional<std::vector<DemoAccount>> {
    std::ifstream file(demo_accounts_file(folder));
    std::vector<DemoAccount> accounts;
    for (std::string line; std::getline(file, line);) {
        if (auto account = parse_line(line)) accounts.push_back(std::move(*account));
    }
    if (accounts.empty()) return std::nullopt;
    return accounts;
}

}  // namespace pcc::server
