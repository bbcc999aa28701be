#include "server/ends/reconcile.hpp"

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

#include "server/ends/apply.hpp"
#include "server/ends/unseen.hpp"
#include "server/store/end_marks.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;

auto locked_because(const fs::path& path, const std::string& fault) -> std::string {
    return "The file of ends (" + path.filename().string() + ") cannot be relied on: " + fault +
           ". It may have held ends that this database does not know.";
}

/// Why the file cannot be relied on beside what the database knows of it; nothing where it can.
auto fault_of(const Unseen& unseen, const std::vector<KnownLedger>& known, const std::string& place)
    -> std::string {
    const auto& file = unseen.file;
    const KnownLedger* own = nullptr;
    bool others_here = false;
    for (const auto& ledger : known) {
        if (ledger.name == file.name) own = &ledger;
        others_here = others_here || (ledger.place == place && ledger.name != file.name);
    }
    if (unseen.is_missing && !others_here) return {};  // a new installation, or a new server of it
    if (!file.fault.empty()) return file.fault;
    if (others_here) return "it is another one than the database knows of this server";
    if (own != nullptr && own->newest > file.newest) return "its last lines are missing";
    // Below what it has seen are ends whose transaction failed; above, it may lack what is torn,
    // too.
    const auto is_ahead = [own](const EndLine& line) {
        return own == nullptr || line.number > own->newest;
    };
    if (file.torn && std::any_of(unseen.lines.begin(), unseen.lines.end(), is_ahead))
        return "its last line is not whole";
    return {};
}

void tell(Transaction& tx, const Unseen& unseen, const std::string& place) {
    register_ledger(tx, {unseen.file.name, place, 0});
    std::set<long long> numbers;
    for (const auto& line : unseen.lines)
        numbers.insert(line.number);
    numbers.erase(0);
    for (const auto number : numbers)
        mark_end(tx, unseen.file.name, number);
}

auto begin(const EndsWork& work) -> Result<std::unique_ptr<Transaction>, StoreError> {
    auto tx = work.store.write();
    if (tx) (*tx)->enter_all();
    return tx;
}

/// What is found at the start, and what the database is told of it, in one transaction.
auto look(const EndsWork& work, const EndsPlace& place, Unseen& unseen)
    -> Result<EndsStanding, StoreError> {
    auto found = read_unseen(work.store, *work.keys.now(), place.file);
    if (!found) return failed(std::move(found.error()));
    unseen = std::move(*found);
    auto tx = begin(work);
    if (!tx) return failed(std::move(tx.error()));
    leave_out_seen(**tx, unseen);
    EndsStanding standing;
    standing.lock = read_lock(**tx);
    if (!standing.lock && is_being_restored(**tx)) {
        standing.lock =
            "A backup was put back, and it was not told what ended since: restore was cut short. "
            "Restore once more, into a new database.";
    }
    const auto fault = fault_of(unseen, known_ledgers(**tx), place.place);
    if (!fault.empty()) standing.lock = locked_because(place.file, fault);
    if (!standing.lock && !unseen.is_missing) {
        standing.ended =
            apply_ends(**tx, unseen.lines, work.random, work.store.decide_at(**tx, work.now));
        tell(**tx, unseen, place.place);
    }
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return standing;
}

auto make_ledger(const EndsWork& work, const EndsPlace& place)
    -> Result<std::shared_ptr<EndLedger>, StoreError> {
    auto ledger = EndLedger::create(place.file.string(), work.keys, work.random);
    if (!ledger) return ledger;
    auto tx = begin(work);
    if (!tx) return failed(std::move(tx.error()));
    register_ledger(**tx, {(*ledger)->name(), place.place, 0});
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return ledger;
}

/// One file after a restore. A fault is returned, and nothing of that file told.
auto take_in(Transaction& tx, const EndsWork& work, const fs::path& path, Unseen& unseen,
             long long& ended) -> std::string {
    leave_out_seen(tx, unseen);
    if (!unseen.file.fault.empty()) return locked_because(path, unseen.file.fault);
    if (unseen.file.torn) return locked_because(path, "its last line is not whole");
    for (const auto& ledger : known_ledgers(tx)) {
        if (ledger.name == unseen.file.name && ledger.newest > unseen.file.newest) {
            return locked_because(path, "its last lines are missing");
        }
    }
    ended += apply_ends(tx, unseen.lines, work.random, work.store.decide_at(tx, work.now));
    tell(tx, unseen, std::string());
    return {};
}

auto missing_ledger(Transaction& tx, const std::set<std::string>& given) -> std::string {
    for (const auto& ledger : known_ledgers(tx)) {
        if (given.count(ledger.name) == 0) {
            return "The file of ends " + ledger.name +
                   " was not among those given. It may have held ends that this database does not "
                   "know.";
        }
    }
    return {};
}

}  // namespace

auto take_up_ends(const EndsWork& work, const EndsPlace& place)
    -> Result<EndsStanding, StoreError> {
    // Held before it is read: no line comes after what was read, nor a mark of one.
    auto held = HeldFile::open(place.file.string());
    if (!held) return failed(std::move(held.error()));
    Unseen unseen;
    auto standing = look(work, place, unseen);
    if (!standing || standing->lock) return standing;
    auto ledger = *held ? EndLedger::resume(std::move(**held), work.keys, unseen.file)
                        : make_ledger(work, place);
    if (!ledger) return failed(std::move(ledger.error()));
    work.store.keep_ends_with(*ledger);
    return standing;
}

auto apply_after_restore(const EndsWork& work, const std::vector<fs::path>& files)
    -> Result<EndsStanding, StoreError> {
    std::vector<Unseen> all;
    std::set<std::string> given;
    for (const auto& file : files) {
        auto unseen = read_unseen(work.store, *work.keys.now(), file);
        if (!unseen) return failed(std::move(unseen.error()));
        given.insert(unseen->file.name);
        all.push_back(std::move(*unseen));
    }
    auto tx = begin(work);
    if (!tx) return failed(std::move(tx.error()));
    EndsStanding standing;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto fault = take_in(**tx, work, files[i], all[i], standing.ended);
        if (!fault.empty() && !standing.lock) standing.lock = fault;
    }
    const auto missing = missing_ledger(**tx, given);
    if (!missing.empty() && !standing.lock) standing.lock = missing;
    if (standing.lock) write_lock(**tx, *standing.lock);
    end_restore(**tx);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return standing;
}

auto unlock(const EndsWork& work, const EndsPlace& place) -> Result<long long, StoreError> {
    const auto path = place.file.string();
    const auto old = HeldFile::open(path);
    if (!old) return failed(old.error());
    const auto kept = path + ".before-" + std::to_string(millis_since_epoch(work.now));
    if (*old && std::rename(path.c_str(), kept.c_str()) != 0)
        return failed((*old)->fault("cannot be renamed"));
    auto ledger = EndLedger::create(path, work.keys, work.random);
    if (!ledger) return failed(std::move(ledger.error()));
    work.store.keep_ends_with(*ledger);
    auto tx = begin(work);
    if (!tx) return failed(std::move(tx.error()));
    for (const auto& known : known_ledgers(**tx)) {
        if (known.place == place.place || known.place.empty()) forget_ledger(**tx, known.name);
    }
    register_ledger(**tx, {(*ledger)->name(), place.place, 0});
    const auto ended = end_everything(**tx, work.random, work.store.decide_at(**tx, work.now));
    remove_lock(**tx);
    end_restore(**tx);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return ended;
}

}  // namespace pcc::server
