// `pcc-server rotate-keys` and `reseal`. Layer: server/cli. A server that runs sees the new file by
// itself; nobody is signed out and no token is lost.
#include "server/cli/data_folder.hpp"
#include "server/cli/keeping.hpp"
#include "server/cli/options.hpp"
#include "server/keys/reseal.hpp"

namespace pcc::server {
namespace {

auto stop_with(const std::string& sentence) -> Saying {
    return {"pcc-server: " + sentence + "\n", 1};
}

auto open_for(const ResealOptions& options, Instant now) -> Result<DataFolder, std::string> {
    const auto place = read_database_place(options.of.database, options.of.data);
    if (!place) return failed(place.error());
    auto keys = Keys::load(keys_file(options.of.data).string());
    if (!keys) return failed(keys.error().message);
    auto store = open_store(*place, now);
    if (!store) return failed(explain(store.error(), *place));
    keys->use_as_of(now);
    return meet({std::move(*keys), std::move(*store)}, *place);
}

}  // namespace

auto rotate_keys(const RotateKeysOptions& options, Instant now) -> Saying {
    const auto path = keys_file(options.data).string();
    const auto before = Keys::load(path);
    if (!before) return stop_with(before.error().message);
    SystemRandom random;
    const auto since = now + std::chrono::seconds{options.wait};
    const auto keys = Keys::rotate(path, random, since);
    if (!keys) return stop_with(keys.error().message);
    return {"Version " + std::to_string(keys->newest_version()) + " was added to " + path +
                " and is current from " + format_rfc3339(since) +
                ".\nWhere several servers share a database, copy the file to all of them before "
                "then. Keep the old versions: ended tokens are known by them.\n",
            0};
}

auto reseal(const ResealOptions& options, Instant now) -> Saying {
    const auto folder = open_for(options, now);
    if (!folder) return stop_with(folder.error());
    SystemRandom random;
    long long all = 0;
    while (true) {
        const auto some = reseal_some(*folder->store, folder->keys, random);
        if (!some) return stop_with("Not all tokens could be sealed anew: " + some.error().message);
        if (*some == 0) break;
        all += *some;
    }
    return {std::to_string(all) + " tokens were sealed under version " +
                std::to_string(folder->keys.current_version()) + " of the keys.\n",
            0};
}

}  // namespace pcc::server
