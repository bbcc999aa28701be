// Networks, access points and SSIDs: to look at and to change, as oneself or for a client.
// Layer: server. Rules are asked of core/access, with the reach found anew for each request.
#include "server/store/networks.hpp"

#include <algorithm>

#include "core/api/codec.hpp"
#include "server/cursor.hpp"
#include "server/routes/routes.hpp"

namespace pcc::server {
namespace {

namespace code = api::code;

auto reads(const Call& call, const NetworkId& id) -> Checked<api::Network> {
    if (const auto may = access::can_read_network(call.caller.actor, id); !may) {
        return refuse(may.error());
    }
    auto network = find_network(call.tx, call.caller.organization(), id, call.now());
    if (!network) return refuse(code::not_found);
    network->may_write = access::can_change_network(call.caller.actor, id).has_value();
    return std::move(*network);
}

/// A network in reach that may be changed: what does not exist is told before what is not allowed.
auto changes(const Call& call, const NetworkId& id) -> Checked<api::Network> {
    auto network = reads(call, id);
    if (!network) return network;
    if (const auto may = access::can_change_network(call.caller.actor, id); !may) {
        return refuse(may.error());
    }
    return network;
}

auto clean_tags(const std::vector<std::string>& given) -> Checked<std::vector<std::string>> {
    std::vector<std::string> tags;
    for (const auto& text : given) {
        auto tag = api::clean_text(text, api::longest_tag);
        if (!tag) return refuse(tag.error(), "A tag", "tags", api::longest_tag);
        if (std::find(tags.begin(), tags.end(), *tag) == tags.end())
            tags.push_back(std::move(*tag));
    }
    if (tags.size() > api::most_tags) {
        return refuse(code::field_invalid,
                      "A network can have at most " + std::to_string(api::most_tags) + " tags.",
                      "tags");
    }
    return tags;
}

auto network_response(const api::Network& network) -> Answer {
    return json_response(200, api::encode_network(network));
}

/// The network as the body wants it. Errors: of the first value that cannot be used.
auto wanted_network(const Call& call, const api::Network& old) -> Checked<api::Network> {
    const auto change = api::decode_change_network(call.request().body);
    if (!change) return refuse(change.error());
    if (!change->name && !change->tags) return refuse(code::field_missing, {}, "name");
    auto wanted = old;
    if (change->name) {
        auto name = api::clean_text(*change->name, api::longest_name);
        if (!name) return refuse(name.error(), "A network name", "name", api::longest_name);
        wanted.name = std::move(*name);
    }
    if (change->tags) {
        auto tags = clean_tags(*change->tags);
        if (!tags) return failed(tags.error());
        wanted.tags = std::move(*tags);
    }
    wanted.updated_at = call.now();
    return wanted;
}

auto summary_of(const api::Network& old, const api::Network& changed) -> std::string {
    if (old.name == changed.name) return "Changed the tags of " + changed.name;
    auto summary = "Renamed " + old.name + " to " + changed.name;
    if (old.tags != changed.tags) summary += " and changed its tags";
    return summary;
}

auto wanted_ssid(const Call& call, const api::Ssid& old) -> Checked<api::Ssid> {
    const auto change = api::decode_change_ssid(call.request().body);
    if (!change) return refuse(change.error());
    if (!change->name && !change->enabled) return refuse(code::field_missing, {}, "name");
    auto wanted = old;
    if (change->name) {
        auto name = api::clean_ssid(*change->name);
        if (!name) return refuse(code::field_invalid, name.error(), "name");
        wanted.name = std::move(*name);
    }
    if (change->enabled) wanted.enabled = *change->enabled;
    return wanted;
}

auto summary_of(const api::Ssid& old, const api::Ssid& changed, const std::string& network)
    -> std::string {
    std::string summary;
    if (old.name != changed.name) {
        summary = "Renamed the SSID " + old.name + " to " + changed.name;
    }
    if (old.enabled != changed.enabled) {
        const std::string turned = changed.enabled ? "urned on" : "urned off";
        summary += summary.empty() ? "T" + turned + " the SSID " + changed.name
                                   : " and t" + turned + " it";
    }
    return summary + " in " + network;
}

auto scope_of(const access::Actor& actor, const api::GetNetworks& ask) -> CursorScope {
    return {"networks", actor.organization().value, actor.user.value,
            std::to_string(static_cast<int>(ask.query.sort)), ask.query.search};
}

}  // namespace

void foresee(const Call& call, const access::Actor& actor, const api::GetNetworks& ask) {
    const auto start = read_cursor(call.keys(), scope_of(actor, ask), ask.query.cursor, call.now());
    if (!start) return;
    foresee_networks(call.tx, actor.organization(), access::network_reach(actor), ask.query, *start,
                     call.now());
}

void foresee(const Call& call, const access::Actor& actor, const api::GetNetwork& ask) {
    foresee_network(call.tx, actor.organization(), ask.id, call.now());
    foresee_ssids(call.tx, actor.organization(), ask.id);
}

void foresee(const Call& call, const access::Actor& actor, const api::GetAccessPoints& ask) {
    foresee_network(call.tx, actor.organization(), ask.network, call.now());
    foresee_access_points(call.tx, actor.organization(), ask.network);
}

auto answer(Call& call, const api::GetNetworks& ask) -> Answer {
    const auto& actor = call.caller.actor;
    const auto scope = scope_of(actor, ask);
    const auto start = read_cursor(call.keys(), scope, ask.query.cursor, call.now());
    if (!start) return failed(start.error());
    auto slice = list_networks(call.tx, call.caller.organization(), access::network_reach(actor),
                               ask.query, *start, call.now());
    api::Page<api::Network> page;
    page.total = slice.total;
    page.next = make_cursor(call.keys(), scope, slice.next, call.now());
    page.items = std::move(slice.items);
    for (auto& network : page.items) {
        network.may_write = access::can_change_network(actor, network.id).has_value();
    }
    return json_response(200, api::encode_networks(page));
}

auto answer(Call& call, const api::GetNetwork& ask) -> Answer {
    const auto network = reads(call, ask.id);
    if (!network) return failed(network.error());
    return json_response(200,
                         api::encode_network_detail(
                             {*network, list_ssids(call.tx, call.caller.organization(), ask.id)}));
}

auto answer(Call& call, const api::PatchNetwork& ask) -> Answer {
    const auto old = changes(call, ask.id);
    if (!old) return failed(old.error());
    const auto wanted = wanted_network(call, *old);
    if (!wanted) return failed(wanted.error());
    if (wanted->name == old->name && wanted->tags == old->tags) return network_response(*old);
    write_network(call.tx, call.caller.organization(), *wanted);
    record_change(call, {"network.updated", ask.id.value, summary_of(*old, *wanted), {}});
    return network_response(*wanted);
}

auto answer(Call& call, const api::GetAccessPoints& ask) -> Answer {
    const auto network = reads(call, ask.network);
    if (!network) return failed(network.error());
    api::Page<api::AccessPoint> page;
    page.items = list_access_points(call.tx, call.caller.organization(), ask.network, call.now());
    page.total = static_cast<long long>(page.items.size());
    return json_response(200, api::encode_access_points(page));
}

auto answer(Call& call, const api::RestartAccessPoint& ask) -> Answer {
    const auto& organization = call.caller.organization();
    auto point = find_access_point(call.tx, organization, ask.id, call.now());
    if (!point) return refuse(code::not_found);
    const auto network = changes(call, point->network);
    if (!network) return failed(network.error());
    if (point->state == api::AccessPointState::Offline) {
        return refuse(code::access_point_offline,
                      point->name +
                          " is offline, so it cannot be told to restart. Check its power "
                          "and its cable, then try again.");
    }
    if (point->state == api::AccessPointState::Online) {
        write_restart(call.tx, organization, ask.id, call.now());
        record_change(call, {"access_point.restarted",
                             ask.id.value,
                             "Restarted " + point->name + " in " + network->name,
                             {}});
        point = find_access_point(call.tx, organization, ask.id, call.now());
        if (!point) return refuse(code::unavailable);
    }
    return json_response(202, api::encode_access_point(*point));
}

auto answer(Call& call, const api::PatchSsid& ask) -> Answer {
    const auto network = changes(call, ask.network);
    if (!network) return failed(network.error());
    const auto& organization = call.caller.organization();
    const auto old = find_ssid(call.tx, organization, ask.network, ask.id);
    if (!old) return refuse(code::not_found);
    const auto wanted = wanted_ssid(call, *old);
    if (!wanted) return failed(wanted.error());
    if (wanted->name != old->name || wanted->enabled != old->enabled) {
        write_ssid(call.tx, organization, *wanted);
        record_change(call,
                      {"ssid.updated", ask.id.value, summary_of(*old, *wanted, network->name), {}});
    }
    return json_response(200, api::encode_ssid(*wanted));
}

}  // namespace pcc::server
