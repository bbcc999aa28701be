// pcc-server: reads the command line, opens the data folder, and serves or creates an organization.
// Layer: server. Puts the parts together; the only place that prints.
#include <cstdio>
#include <iostream>
#include <utility>

#include "server/accounts.hpp"
#include "server/cli/data_folder.hpp"
#include "server/cli/options.hpp"
#include "server/cli/password_prompt.hpp"
#include "server/cli/ready.hpp"
#include "server/cli/service_manager.hpp"
#include "server/crypto/passwords.hpp"
#include "server/crypto/random.hpp"
#include "server/demo/seed.hpp"
#include "server/transport/http_server.hpp"
#include "server/transport/scheduling.hpp"

namespace {

using namespace pcc;
using namespace pcc::server;

auto stop_with(const std::string& sentence) -> int {
    std::cerr << "pcc-server: " << sentence << std::endl;
    return 1;
}

// Makes the demo data of a first start, then opens what is there.
auto open_for_serving(const ServeOptions& options, SystemRandom& random, PasswordHasher& passwords,
                      Instant now) -> Result<DataFolder, std::string> {
    if (auto prepared = prepare_data_folder(options.data); !prepared)
        return failed(prepared.error());
    const auto place = read_database_place(options.database, options.data);
    if (!place) return failed(place.error());
    const auto empty =
        options.demo ? is_empty_database(*place, now) : Result<bool, std::string>(false);
    if (!empty) return failed(empty.error());
    if (*empty) {
        const auto keys = open_keys(options.data, true, random);
        if (!keys) return failed(keys.error());
        std::cout << "Making demo data in " << place->name() << std::endl;
        const World present{now, random, passwords, *keys, false};
        if (auto seeded = seed_demo(options.data, *place, present); !seeded)
            return failed(seeded.error());
    }
    return open_data_folder(options.data, *place, random, now);
}

auto demo_accounts(const ServeOptions& options) -> std::vector<DemoAccount> {
    if (!options.demo) return {};
    auto accounts = read_demo_accounts(options.data);
    if (accounts) return std::move(*accounts);
    std::cout << "The data folder holds data of its own, so no demo data was added." << std::endl;
    return {};
}

// Says what keeps people from signing in, if anything does.
void mention_emptiness(Store& store, const ServeOptions& options) {
    const auto any = has_organizations(store);
    if (!any || *any) return;
    std::cout
        << "There is no organization yet, so nobody can sign in. Stop the server and create one: "
           "pcc-server init --help\n(or start it with --demo and another folder than "
        << options.data.string() << ")." << std::endl;
}

// Says that the server answers; false when the ready file could not be written.
auto announce(const ServeOptions& options) -> bool {
    const auto url = server_url(options.host, options.port, options.has_tls());
    const auto accounts = demo_accounts(options);
    std::cout << ready_text(url, accounts) << std::flush;
    if (!options.ready_file) return true;
    const auto written = write_private_file(*options.ready_file, ready_json(url, accounts));
    if (!written) stop_with(written.error());
    return written.has_value();
}

// The log's first line, and a word to whoever waits for the start.
void say_started(Log& log, const ServeOptions& options) {
    log.write(LogLevel::Info, "server.started",
              {{"version", version_number},
               {"url", server_url(options.host, options.port, options.has_tls())},
               {"metrics", options.metrics_listen}});
    tell_service_manager("READY=1");
}

// What the file of ends and the database say of each other.
auto take_up(const ServeOptions& options, const EndsWork& work)
    -> Result<EndsStanding, std::string> {
    const auto place = read_database_place(options.database, options.data);
    if (!place) return failed(place.error());
    auto standing = take_up_ends(work, ends_place(options.tombstones, options.data, *place));
    if (!standing) return failed(explain(standing.error(), *place));
    if (standing->lock) {
        std::cerr << "pcc-server is locked and serves nothing: " << *standing->lock
                  << "\nPut the file back, or stop the server and end every token there is with: "
                     "pcc-server unlock --end-all-tokens, and the same --config, or --data, "
                     "--database and --tombstones, as this server has (its data folder is "
                  << options.data.string() << ")." << std::endl;
    } else if (standing->ended > 0) {
        std::cout << "The database did not know of " << standing->ended
                  << " ends, which were written into it once more." << std::endl;
    }
    return std::move(*standing);
}

auto run(const ServeOptions& options) -> int {
    hold_stop_signals();
    const Listening where{
        options.host, options.port, {options.tls_cert, options.tls_key}, {options.stop_wait}};
    if (const auto reason = why_not_listen(where)) return stop_with(*reason);
    let_others_finish();
    SystemRandom random;
    PasswordHasher passwords;
    Clock clock;
    Log log(options.log_level, options.log_format, [&clock] { return clock.now(); });
    Metrics metrics;
    Reports reports(log, metrics);
    if (!options.metrics_listen.empty()) {
        if (const auto heard = metrics.listen(options.metrics_listen); !heard)
            return stop_with(heard.error());
    }
    auto data = open_for_serving(options, random, passwords, clock.now());
    if (!data) return stop_with(data.error());
    mention_emptiness(*data->store, options);
    data->store->observe(&reports);
    KeyRing keys(data->keys);
    const auto standing = take_up(options, {*data->store, keys, random, clock.now()});
    if (!standing) return stop_with(standing.error());
    Service service(
        {*data->store, keys, keys_file(options.data).string(), random, passwords, reports,
         options.is_secure(), options.trusted_proxies, standing->lock.value_or(std::string())},
        DistFolder::read(options.console));
    bool announced = true;
    serve_until_stopped(where, service, [&] {
        announced = announce(options);
        if (announced) say_started(log, options);
        return announced;
    });
    log.write(LogLevel::Info, "server.stopped");
    if (announced) std::cout << "Stopped." << std::endl;
    return announced ? 0 : 1;
}

auto create_first_admin(Store& store, const World& world, const InitOptions& options,
                        Secret password) -> Made<UserId> {
    const auto organization = create_organization(store, world, options.organization);
    if (!organization) return failed(organization.error());
    return create_user(store, world,
                       {*organization,
                        access::Role::Admin,
                        options.admin_name,
                        options.admin_email,
                        std::move(password),
                        {}});
}

auto run(const InitOptions& options) -> int {
    if (auto prepared = prepare_data_folder(options.data); !prepared)
        return stop_with(prepared.error());
    const auto place = read_database_place(options.database, options.data);
    if (!place) return stop_with(place.error());
    auto password = ask_password(options.admin_email);
    if (!password) return stop_with(password.error());
    SystemRandom random;
    PasswordHasher passwords;
    const auto now = Clock().now();
    auto data = open_data_folder(options.data, *place, random, now);
    if (!data) return stop_with(data.error());
    const World world{now, random, passwords, data->keys, false};
    const auto user = create_first_admin(*data->store, world, options, std::move(*password));
    if (!user) return stop_with(user.error().message);
    std::cout << "Created " << options.organization << " with " << options.admin_email
              << " as its admin. Start it with: pcc-server serve --data " << options.data.string()
              << std::endl;
    return 0;
}

auto run(const MigrateOptions& options) -> int {
    const auto moved = migrate_database(options, Clock().now(), [](const std::string& sentence) {
        std::cout << sentence << std::endl;
    });
    return moved ? 0 : stop_with(moved.error());
}

auto run(const Saying& saying) -> int {
    (saying.exit_code == 0 ? std::cout : std::cerr) << saying.text;
    return saying.exit_code;
}

auto run(const KeepingCommand& command) -> int {
    return run(run_command(command, Clock().now()));
}

}  // namespace

auto main(int argc, char** argv) -> int {
    return std::visit([](const auto& command) { return run(command); }, read_command(argc, argv));
}
