// One network: its access points and SSIDs, to look at and to change.
// Layer: app. Draws nothing and sends nothing itself: effects go to the Outbox.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/api_error.hpp"
#include "core/api/types.hpp"
#include "core/base/remote.hpp"
#include "core/base/result.hpp"

namespace pcc::app {
struct Context;
class Outbox;
}  // namespace pcc::app

namespace pcc::app::network {

template <class T>
using Answer = Result<T, api::ApiError>;
using AccessPoints = api::Page<api::AccessPoint>;

struct NoDialog {};
struct EditNetworkDialog {
    std::string name;
    std::string tags;  // as typed, separated by commas
    bool busy = false;
    std::string name_error;
    std::string tags_error;
    std::optional<api::ApiError> error;
};
struct RenameSsidDialog {
    api::Ssid ssid;
    std::string name;
    bool busy = false;
    std::string name_error;
    std::optional<api::ApiError> error;
};
struct SwitchSsidDialog {  // asked only before switching off: clients lose their connection
    api::Ssid ssid;
    bool busy = false;
    std::optional<api::ApiError> error;
};
struct RestartDialog {
    api::AccessPoint access_point;
    bool busy = false;
    std::optional<api::ApiError> error;
};
using Dialog =
    std::variant<NoDialog, EditNetworkDialog, RenameSsidDialog, SwitchSsidDialog, RestartDialog>;

struct Model {
    NetworkId id;
    Remote<api::NetworkDetail, api::ApiError> detail;
    Remote<AccessPoints, api::ApiError> access_points;
    Dialog dialog;
};

struct NewsArrived {  // the page came up, or something changed: load, keeping what is shown
    NetworkId id;
};
struct LoadedDetail {
    Answer<api::NetworkDetail> answer;
};
struct LoadedAccessPoints {
    Answer<AccessPoints> answer;
};
struct RestartsSettled {};  // time to look again at access points that were restarting
struct ClickedEdit {};
struct TypedName {
    std::string text;
};
struct TypedTags {
    std::string text;
};
struct ClickedRenameSsid {
    api::Ssid ssid;
};
struct ClickedSwitchSsid {
    api::Ssid ssid;
};
struct ClickedRestart {
    api::AccessPoint access_point;
};
struct Submitted {};  // the dialog's main button
struct ChangedNetwork {
    Answer<api::Network> answer;
};
struct ChangedSsid {
    Answer<api::Ssid> answer;
};
struct Restarted {
    Answer<api::AccessPoint> answer;
};
struct ClosedDialog {};

using Msg =
    std::variant<NewsArrived, LoadedDetail, LoadedAccessPoints, RestartsSettled, ClickedEdit,
                 TypedName, TypedTags, ClickedRenameSsid, ClickedSwitchSsid, ClickedRestart,
                 Submitted, ChangedNetwork, ChangedSsid, Restarted, ClosedDialog>;

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox);

}  // namespace pcc::app::network
