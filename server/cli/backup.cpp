// `pcc-server backup`, `restore` and `unlock`: what ended since a backup is told to the database
// here, whichever it is. Layer: server/cli.
#include <system_error>

#include "server/audit/checkpointing.hpp"
#include "server/cli/data_folder.hpp"
#include "server/cli/keeping.hpp"
#include "server/cli/options.hpp"
#include "server/cli/postgres_dump.hpp"
#include "server/keys/fingerprints.hpp"
#include "server/store/sqlite_copy.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;

auto stop_with(const std::string& sentence) -> Saying {
    return {"pcc-server: " + sentence + "\n", 1};
}

auto put_back(const DatabasePlace& place, const Keys& keys, const fs::path& from)
    -> Result<void, std::string> {
    if (place.is_shared()) return load_postgres(place, from);
    const auto may = [&keys](const KeyPrints& known) { return fault_of_keys(known, keys); };
    const auto restored = restore_sqlite(from.string(), place.file.string(), may);
    if (restored) return {};
    if (restored.error().kind == StoreError::Kind::InUse)
        return failed(explain(restored.error(), place));
    return failed("The backup cannot be put back: " + restored.error().message);
}

/// A file of ends that was given from elsewhere is the one that the server goes on with.
auto adopt(const std::vector<fs::path>& files, const EndsPlace& place)
    -> Result<void, std::string> {
    std::error_code error;
    if (!place.place.empty() || files.size() != 1 || fs::exists(place.file, error)) return {};
    fs::copy_file(files[0], place.file, error);
    if (!error) fs::permissions(place.file, fs::perms::owner_read | fs::perms::owner_write, error);
    if (error) return failed("The file " + place.file.string() + " cannot be written.");
    return {};
}

auto saying_of(const EndsStanding& standing, const DatabasePlace& place) -> Saying {
    const auto ended = "The backup is in " + place.name() + ". " + std::to_string(standing.ended) +
                       " ends that came after it were written into it once more.\n";
    if (!standing.lock) return {ended, 0};
    return {
        ended + "pcc-server: The installation is locked. " + *standing.lock +
            "\nRestore again with the right files, or end every token there is with: pcc-server "
            "unlock --end-all-tokens\n",
        1};
}

/// An installation opened for a command that may write it, with all that this takes.
struct Opened {
    DataFolder folder;
    DatabasePlace place;
    EndsPlace ends;
};

auto open_to_write(const Installation& of, const fs::path& tombstones, Instant now)
    -> Result<Opened, std::string> {
    const auto place = read_database_place(of.database, of.data);
    if (!place) return failed(place.error());
    std::error_code ignored;
    if (!place->is_shared() && !fs::exists(place->file, ignored))
        return failed("There is no database at " + place->name() + ".");
    auto keys = Keys::load(keys_file(of.data).string());
    if (!keys) return failed(keys.error().message);
    auto store = open_store(*place, now);
    if (!store) return failed(explain(store.error(), *place));
    keys->use_as_of((*store)->about(now));
    auto folder = meet({std::move(*keys), std::move(*store)}, *place);
    if (!folder) return failed(folder.error());
    return Opened{std::move(*folder), *place, ends_place(tombstones, of.data, *place)};
}

/// The rows that were added are signed like all others, before anybody can serve them.
void sign_audit(const Opened& opened, RandomSource& random, Instant now) {
    (void)make_checkpoints(*opened.folder.store, opened.folder.keys, random, now,
                           CheckpointsOf::AllChains);
}

/// What can be known before is looked at before. Of PostgreSQL's own backups it shows only when
/// they are back, in a database that was empty, whether the keys are theirs.
auto check_before(const RestoreOptions& options) -> Result<Keys, std::string> {
    std::error_code ignored;
    if (!fs::exists(options.from, ignored))
        return failed("There is no backup at " + options.from.string() + ".");
    auto keys = Keys::load(keys_file(options.of.data).string());
    if (!keys) return failed(keys.error().message);
    return std::move(*keys);
}

}  // namespace

auto back_up(const BackupOptions& options) -> Saying {
    const auto place = read_database_place(options.of.database, options.of.data);
    if (!place) return stop_with(place.error());
    Result<void, std::string> done;
    if (place->is_shared()) {
        done = dump_postgres(*place, options.to);
    } else if (auto copied = back_up_sqlite(place->file.string(), options.to.string()); !copied) {
        done = failed("The backup cannot be made: " + copied.error().message);
    }
    if (!done) return stop_with(done.error());
    return {
        "The backup is in " + options.to.string() + ". Keep pcc.keys and pcc.ends apart from it.\n",
        0};
}

auto restore(const RestoreOptions& options, Instant now) -> Saying {
    const auto place = read_database_place(options.of.database, options.of.data);
    if (!place) return stop_with(place.error());
    const auto own_keys = check_before(options);
    if (!own_keys) return stop_with(own_keys.error());
    const auto own = options.tombstones.empty() ? fs::path() : options.tombstones.front();
    const auto ends = ends_place(own, options.of.data, *place);
    if (auto back = put_back(*place, *own_keys, options.from); !back)
        return stop_with(back.error());
    auto opened = open_to_write(options.of, {}, now);
    if (!opened) return stop_with(opened.error());
    const KeyRing keys(opened->folder.keys);
    SystemRandom random;
    auto files = options.given;
    if (files.empty()) files.push_back(ends.file);
    const auto standing = apply_after_restore({*opened->folder.store, keys, random, now}, files);
    if (!standing) return stop_with(explain(standing.error(), *place));
    sign_audit(*opened, random, now);
    if (!options.given.empty()) {
        if (auto adopted = adopt(files, ends); !adopted) return stop_with(adopted.error());
    }
    return saying_of(*standing, *place);
}

auto unlock(const UnlockOptions& options, Instant now) -> Saying {
    auto opened = open_to_write(options.of, options.tombstones, now);
    if (!opened) return stop_with(opened.error());
    const KeyRing keys(opened->folder.keys);
    SystemRandom random;
    const auto ended = unlock({*opened->folder.store, keys, random, now}, opened->ends);
    if (!ended) return stop_with(explain(ended.error(), opened->place));
    sign_audit(*opened, random, now);
    return {"Unlocked. " + std::to_string(*ended) +
                " tokens, accesses and sign-ins were ended. Start the server again.\n",
            0};
}

}  // namespace pcc::server
