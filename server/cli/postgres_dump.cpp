#include "server/cli/postgres_dump.hpp"

#include <system_error>

#include "server/cli/child.hpp"
#include "server/store/end_marks.hpp"
#include "server/store/postgres_connection.hpp"

namespace pcc::server {
namespace {

/// How the programs of PostgreSQL find the database. All rows are in sight of the server's own
/// account, which sees past no wall, only where it says so.
auto environment_of(const DatabasePlace& place) -> Environment {
    auto all = postgres_environment(place.url);
    all.emplace_back("PGOPTIONS", "-c pcc.organizations=*");
    return all;
}

auto name_in(const Environment& environment) -> std::string {
    for (const auto& [name, value] : environment) {
        if (name == "PGDATABASE") return value;
    }
    return {};
}

auto outcome_of(int code, const std::string& program) -> Result<void, std::string> {
    if (code == 0) return {};
    if (code == -1) return failed("The program " + program + " of PostgreSQL could not be run.");
    return failed("The program " + program + " of PostgreSQL failed; what it says is above.");
}

}  // namespace

auto dump_postgres(const DatabasePlace& place, const std::filesystem::path& to)
    -> Result<void, std::string> {
    const auto part = to.string() + ".part";
    if (auto made = write_private_file(part, {}); !made) return made;
    const auto code = run_child({"pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                                 "--enable-row-security", "--file=" + part},
                                environment_of(place));
    if (auto dumped = outcome_of(code, "pg_dump"); !dumped) return dumped;
    std::error_code error;
    std::filesystem::rename(part, to, error);
    if (error) return failed("The file " + to.string() + " cannot be written.");
    return {};
}

auto load_postgres(const DatabasePlace& place, const std::filesystem::path& from)
    -> Result<void, std::string> {
    auto connection = PostgresConnection::open(place.url);
    if (!connection) return failed(connection.error().message);
    Rows rows;
    const auto asked =
        (*connection)->run("SELECT to_regclass('schema_migrations') IS NULL", {}, &rows);
    if (!asked || rows.empty()) return failed("The database " + place.name() + " cannot be asked.");
    if (!rows[0].flag(0)) {
        return failed(
            "The database " + place.name() +
            " is not empty. Make a new one with: CREATE DATABASE, and restore into that.");
    }
    if (const auto begun = (*connection)->run(begin_restore, {}, nullptr); !begun)
        return failed("The database " + place.name() +
                      " cannot be written: " + begun.error().message);
    connection->reset();
    const auto environment = environment_of(place);
    const auto code =
        run_child({"pg_restore", "--no-owner", "--no-privileges", "--exit-on-error",
                   "--single-transaction", "--dbname=" + name_in(environment), from.string()},
                  environment);
    return outcome_of(code, "pg_restore");
}

}  // namespace pcc::server
