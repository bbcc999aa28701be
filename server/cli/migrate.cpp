#include "server/cli/migrate.hpp"

#include <system_error>

#include "server/cli/data_folder.hpp"
#include "server/store/copy.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;

struct Places {
    DatabasePlace from;
    DatabasePlace to;
};

auto read_places(const MigrateOptions& options) -> Result<Places, std::string> {
    const auto from = read_database_place(options.from, options.data);
    const auto to = read_database_place(options.to, options.data);
    if (!from || from->is_shared() || !to || !to->is_shared()) {
        return failed(std::string(
            "Only from SQLite to PostgreSQL: --from sqlite:FILE --to postgresql://..."));
    }
    std::error_code ignored;
    if (!fs::exists(from->file, ignored)) {
        return failed("There is no database " + from->name() + ".");
    }
    return Places{*from, *to};
}

auto move_rows(const Places& places, const Keys& keys, Instant now,
               const std::function<void(const std::string&)>& say) -> Result<void, std::string> {
    SqliteOptions as_it_is;
    as_it_is.upgrade = false;
    const auto source = open_sqlite_store(places.from.file.string(), now, as_it_is);
    if (!source) return failed(explain(source.error(), places.from));
    PostgresOptions patient;
    patient.patient = true;
    const auto target = open_postgres_store(places.to.url, now, patient);
    if (!target) return failed(explain(target.error(), places.to));
    const auto copied = copy_database(**source, **target, keys, [&say](const CopiedTable& table) {
        say(std::to_string(table.rows) + " " + table.name);
    });
    if (copied) return {};
    return failed("Nothing was moved to the database " + places.to.name() + ". " +
                  copied.error().message);
}

auto put_aside(const fs::path& file) -> Result<fs::path, std::string> {
    const fs::path aside = file.string() + ".moved";
    std::error_code error;
    fs::rename(file, aside, error);
    if (!error) return aside;
    return failed("All rows were moved, but " + file.string() + " could not be renamed (" +
                  error.message() + "). Remove it, so that no server opens it any more.");
}

}  // namespace

auto migrate_database(const MigrateOptions& options, Instant now,
                      const std::function<void(const std::string&)>& say)
    -> Result<void, std::string> {
    const auto places = read_places(options);
    if (!places) return failed(places.error());
    const auto keys = Keys::load(keys_file(options.data).string());
    if (!keys) return failed(keys.error().message);
    if (auto moved = move_rows(*places, *keys, now, say); !moved) return moved;
    const auto aside = put_aside(places->from.file);
    if (!aside) return failed(aside.error());
    say("All rows are in " + places->to.name() + "; the audit's chain is whole there.");
    say("The old database is " + aside->string() +
        " now. Keep pcc.keys and pcc.ends where they are.");
    return {};
}

}  // namespace pcc::server
