// pcc-bench-seed fill FOLDER TOKENS [DATABASE]: fills a new data folder (and a PostgreSQL) for
// scripts/bench server, and prints as JSON what requests have to carry.
// pcc-bench-seed plans FOLDER [DATABASE]: prints the query plans of one that was filled.
// Layer: bench.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <vector>

#include "server/cli/data_folder.hpp"
#include "server/crypto/passwords.hpp"
#include "server/transport/clock.hpp"
#include "tests/bench/server/seed/plans.hpp"
#include "tests/bench/server/seed/seed.hpp"

namespace {

using namespace pcc;
using namespace pcc::server;
using Texts = std::vector<std::string>;

auto stop_with(const std::string& sentence) -> int {
    std::cerr << "pcc-bench-seed: " << sentence << std::endl;
    return 1;
}

void print(const bench::Seeded& seeded) {
    std::cout << "{\"admin\":{\"cookie\":\"" << seeded.admin_cookie.reveal()
              << "\"},\"engineer\":{\"email\":\"" << bench::engineer_email << "\",\"cookie\":\""
              << seeded.engineer_cookie.reveal() << "\"},\"idle_engineer\":{\"cookie\":\""
              << seeded.idle_engineer_cookie.reveal() << "\"},\"password\":\""
              << bench::bench_password << "\",\"assumption\":\"" << seeded.assumption.value
              << "\",\"token_ids\":[";
    for (std::size_t i = 0; i < seeded.token_ids.size(); ++i)
        std::cout << (i == 0 ? "\"" : ",\"") << seeded.token_ids[i].reveal() << '"';
    std::cout << "]}" << std::endl;
}

// Without syncing: a folder that was not finished is thrown away.
auto open(const DatabasePlace& place, Instant now) {
    if (place.is_shared()) return open_postgres_store(place.url, now);
    return open_sqlite_store(place.file.string(), now, SqliteOptions{1, false});
}

// Opens a data folder, and hands its store to `use`.
template <class Use>
auto with_store(const std::filesystem::path& folder, const std::string& database, bool fresh,
                Use use) -> int {
    if (auto made = prepare_data_folder(folder); !made) return stop_with(made.error());
    const auto place = read_database_place(database, folder);
    if (!place) return stop_with(place.error());
    SystemRandom random;
    PasswordHasher passwords;
    const auto keys = open_keys(folder, fresh, random);
    if (!keys) return stop_with(keys.error());
    const auto now = Clock().now();
    auto store = open(*place, now);
    if (!store) return stop_with(explain(store.error(), *place));
    const auto done = use(**store, World{now, random, passwords, *keys, false});
    return done ? 0 : stop_with(done.error());
}

auto fill(const Texts& arguments) -> int {
    const auto tokens = std::atoll(arguments[2].c_str());
    const auto database = arguments.size() > 3 ? arguments[3] : std::string();
    return with_store(arguments[1], database, true,
                      [tokens](Store& store, const World& world) -> Result<void, std::string> {
                          const auto seeded = bench::seed(store, world, tokens);
                          if (!seeded) return failed(seeded.error());
                          print(*seeded);
                          return {};
                      });
}

auto plans(const Texts& arguments) -> int {
    const auto database = arguments.size() > 2 ? arguments[2] : std::string();
    return with_store(arguments[1], database, false, [](Store& store, const World& world) {
        return bench::print_plans(store, world, std::cout);
    });
}

}  // namespace

auto main(int argc, char** argv) -> int {
    const Texts arguments(argv + 1, argv + argc);
    if (arguments.size() >= 3 && arguments[0] == "fill") return fill(arguments);
    if (arguments.size() >= 2 && arguments[0] == "plans") return plans(arguments);
    return stop_with("say `fill FOLDER TOKENS [DATABASE]` or `plans FOLDER [DATABASE]`");
}
