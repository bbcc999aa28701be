// The Outbox: how an update asks for effects, keeps track of what it asked, and tells the person.
// Layer: app. Sends nothing itself; late and superseded replies end here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/api_error.hpp"
#include "core/api/endpoint.hpp"
#include "core/api/http.hpp"
#include "core/app/effect.hpp"
#include "core/app/msg.hpp"
#include "core/base/result.hpp"

namespace pcc::app {

/// Loads of one channel supersede one another: only the last one's reply is read.
enum class Channel {
    Act,  // something is changed: never superseded, and read wherever the person went
    ActiveTokens,
    ExpiredTokens,
    Reveal,         // what a dialog waits for; closing the dialog ends the waiting
    TokenToExpire,  // what a toast offered
    Preflight,
    Networks,
    NetworkDetail,
    AccessPoints,
    LiveSessions,
    EndedSessions,
    Settings,
    Audit,
};

/// Turns a reply into the Msg that a page awaits.
using Reader = Msg (*)(const api::HttpResponse& response);

struct Pending {
    RequestId id = 0;
    Channel channel = Channel::Act;
    Reader read = nullptr;
};

enum class ToastTone { Ok, Warn, Bad };

struct Toast {
    int id = 0;  // 0: gone, to be swept away
    ToastTone tone = ToastTone::Ok;
    std::string text;
    std::string detail;
    std::string action;     // the label of what is offered, or empty
    std::vector<Msg> msgs;  // what the action does
    bool stays = false;     // until it is dismissed, and leads to the tokens page; else it undoes
    Instant shown_at;
};

/// The part of the model that belongs to talking with the outside.
struct Wires {
    RequestId last_request = 0;
    std::vector<Pending> pending;
    std::string seed;  // makes idempotency keys unlike any other tab's
    unsigned last_key = 0;
    std::string csrf;
    AssumptionId assumption;  // sent with each request while acting
    std::vector<Toast> toasts;
    int last_toast = 0;
    std::string copying;       // the words of a cell, until the clipboard has said what came of it
    bool toasts_held = false;  // somebody is reading them
    std::string announcement;
    unsigned announcement_number = 0;
};

class Outbox {
  public:
    Outbox(Wires& wires, Effects& effects, std::vector<Msg>& follow_ups, Instant now)
        : wires_(wires), effects_(effects), follow_ups_(follow_ups), now_(now) {}

    /// Sends a request; its reply comes back as read(response). A load aborts the one before it on
    /// its channel.
    void send(Channel channel, const api::Endpoint& endpoint, std::string body, Reader read,
              std::string_view idempotency_key = {});
    /// Stops a channel's load.
    void abort(Channel channel);
    /// Stops every load; acts go on.
    void abort_loads();
    void add(Effect effect) { effects_.push_back(std::move(effect)); }
    /// A message for the update right after this one.
    void then(Msg msg) { follow_ups_.push_back(std::move(msg)); }
    void toast(ToastTone tone, std::string text, std::string detail = {});
    /// A toast that offers something.
    void offer(std::string text, std::string detail, std::string label, std::vector<Msg> msgs,
               bool stays = false);
    /// Has a sentence spoken by assistive technology.
    void announce(std::string sentence);
    auto fresh_idempotency_key() -> std::string;
    auto now() const -> Instant { return now_; }

  private:
    Wires& wires_;
    Effects& effects_;
    std::vector<Msg>& follow_ups_;
    Instant now_;
};

/// Removes the toasts whose id is 0.
void sweep_toasts(Wires& wires);

/// The pending request of a reply, taken out; nothing for a late one.
auto take_pending(Wires& wires, RequestId id) -> std::optional<Pending>;

/// The error of an answer that is not 2xx: its problem, or that none came (status 0).
auto error_of(const api::HttpResponse& response) -> api::ApiError;

/// A decoded answer, or why there is none.
template <class T, class Decode>
auto read_answer(const api::HttpResponse& response, Decode decode) -> Result<T, api::ApiError> {
    if (response.status < 200 || response.status > 299) {
        return failed(error_of(response));
    }
    auto decoded = decode(response.body);
    if (!decoded) {
        return failed(api::malformed_answer(response.status));
    }
    return std::move(*decoded);
}

/// The error of an answer without a body; nothing when it went well.
auto read_done(const api::HttpResponse& response) -> std::optional<api::ApiError>;

}  // namespace pcc::app
