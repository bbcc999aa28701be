#include <array>
#include <cstddef>

#include "core/api/codec_parts.hpp"

namespace pcc::api {
namespace {

constexpr std::array<std::string_view, 3> access_point_states{"online", "offline", "restarting"};
constexpr std::array<std::string_view, 4> securities{"open", "wpa2_personal", "wpa3_personal",
                                                     "wpa2_enterprise"};

auto parse_access_point_state(std::string_view wire) -> std::optional<AccessPointState> {
    for (std::size_t i = 0; i < access_point_states.size(); ++i) {
        if (access_point_states[i] == wire) return static_cast<AccessPointState>(i);
    }
    return std::nullopt;
}

auto parse_security(std::string_view wire) -> std::optional<SsidSecurity> {
    for (std::size_t i = 0; i < securities.size(); ++i) {
        if (securities[i] == wire) return static_cast<SsidSecurity>(i);
    }
    return std::nullopt;
}

void write_network(JsonWriter& out, const Network& value) {
    out.text("id", value.id.value);
    out.text("name", value.name);
    out.texts("tags", value.tags);
    out.open("access_points");
    out.number("total", value.access_point_count);
    out.number("online", value.access_points_online);
    out.close();
    out.number("clients", value.client_count);
    out.flag("may_write", value.may_write);
    out.instant("updated_at", value.updated_at);
}

auto read_network(const JsonObject& in) -> Network {
    Network network;
    network.id = in.id<NetworkId>("id");
    network.name = in.text("name");
    network.tags = in.texts("tags");
    const auto access_points = in.object("access_points");
    network.access_point_count = access_points.count("total");
    network.access_points_online = access_points.count("online");
    network.client_count = in.count("clients");
    network.may_write = in.flag("may_write");
    network.updated_at = in.instant("updated_at");
    return network;
}

void write_access_point(JsonWriter& out, const AccessPoint& value) {
    out.text("id", value.id.value);
    out.text("network", value.network.value);
    out.text("name", value.name);
    out.text("model", value.model);
    out.text("mac", value.mac);
    out.text("state", access_point_states[static_cast<std::size_t>(value.state)]);
    out.number("clients", value.client_count);
    out.instant_or_null("restarted_at", value.restarted_at);
}

auto read_access_point(const JsonObject& in) -> AccessPoint {
    AccessPoint point;
    point.id = in.id<AccessPointId>("id");
    point.network = in.id<NetworkId>("network");
    point.name = in.text("name");
    point.model = in.text("model");
    point.mac = in.text("mac");
    point.state = in.choice("state", parse_access_point_state, AccessPointState::Offline);
    point.client_count = in.count("clients");
    point.restarted_at = in.instant_or_nothing("restarted_at");
    return point;
}

void write_ssid(JsonWriter& out, const Ssid& value) {
    out.text("id", value.id.value);
    out.text("network", value.network.value);
    out.text("name", value.name);
    out.flag("enabled", value.enabled);
    out.text("security", securities[static_cast<std::size_t>(value.security)]);
}

auto read_ssid(const JsonObject& in) -> Ssid {
    Ssid ssid;
    ssid.id = in.id<SsidId>("id");
    ssid.network = in.id<NetworkId>("network");
    ssid.name = in.text("name");
    ssid.enabled = in.flag("enabled");
    ssid.security = in.choice("security", parse_security, SsidSecurity::Wpa2Personal);
    return ssid;
}

void write_network_detail(JsonWriter& out, const NetworkDetail& value) {
    write_network(out, value.network);
    out.open_list("ssids");
    for (const auto& ssid : value.ssids) {
        out.open({});
        write_ssid(out, ssid);
        out.close();
    }
    out.close_list();
}

auto read_network_detail(const JsonObject& in) -> NetworkDetail {
    return {read_network(in), in.list<Ssid>("ssids", read_ssid)};
}

auto read_change_network(const JsonObject& in) -> ChangeNetwork {
    ChangeNetwork change;
    change.name = in.text_if_given("name");
    change.tags = in.texts_if_given("tags");
    return change;
}

auto read_change_ssid(const JsonObject& in) -> ChangeSsid {
    return {in.text_if_given("name"), in.flag_if_given("enabled")};
}

}  // namespace

auto encode_change_network(const ChangeNetwork& value) -> std::string {
    JsonWriter out;
    if (value.name) out.text("name", *value.name);
    if (value.tags) out.texts("tags", *value.tags);
    return out.finish();
}

auto decode_change_network(std::string_view json) -> Decoded<ChangeNetwork> {
    return decode_object(json, read_change_network);
}

auto encode_change_ssid(const ChangeSsid& value) -> std::string {
    JsonWriter out;
    if (value.name) out.text("name", *value.name);
    if (value.enabled) out.flag("enabled", *value.enabled);
    return out.finish();
}

auto decode_change_ssid(std::string_view json) -> Decoded<ChangeSsid> {
    return decode_object(json, read_change_ssid);
}

auto encode_network(const Network& value) -> std::string {
    return encode_one(value, write_network);
}

auto decode_network(std::string_view json) -> Decoded<Network> {
    return decode_object(json, read_network);
}

auto encode_networks(const Page<Network>& page) -> std::string {
    return encode_page(page, write_network);
}

auto decode_networks(std::string_view json) -> Decoded<Page<Network>> {
    return decode_object(json, read_page<Network, read_network>);
}

auto encode_network_detail(const NetworkDetail& value) -> std::string {
    return encode_one(value, write_network_detail);
}

auto decode_network_detail(std::string_view json) -> Decoded<NetworkDetail> {
    return decode_object(json, read_network_detail);
}

auto encode_access_point(const AccessPoint& value) -> std::string {
    return encode_one(value, write_access_point);
}

auto decode_access_point(std::string_view json) -> Decoded<AccessPoint> {
    return decode_object(json, read_access_point);
}

auto encode_access_points(const Page<AccessPoint>& page) -> std::string {
    return encode_page(page, write_access_point);
}

auto decode_access_points(std::string_view json) -> Decoded<Page<AccessPoint>> {
    return decode_object(json, read_page<AccessPoint, read_access_point>);
}

auto encode_ssid(const Ssid& value) -> std::string {
    return encode_one(value, write_ssid);
}

auto decode_ssid(std::string_view json) -> Decoded<Ssid> {
    return decode_object(json, read_ssid);
}

}  // namespace pcc::api
