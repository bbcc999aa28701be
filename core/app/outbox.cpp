#include "core/app/outbox.hpp"

#include <algorithm>

#include "core/api/codec.hpp"

namespace pcc::app {

namespace {

constexpr std::size_t most_toasts = 4;

auto request_headers(const Wires& wires, api::Method method, bool has_body,
                     std::string_view idempotency_key) -> api::Headers {
    api::Headers headers;
    if (has_body) {
        headers.emplace_back(api::header_name::content_type, "application/json");
    }
    if (method != api::Method::Get) {
        headers.emplace_back(api::header_name::csrf, wires.csrf);
    }
    if (!wires.assumption.empty()) {
        headers.emplace_back(api::header_name::assumption, wires.assumption.value);
    }
    if (!idempotency_key.empty()) {
        headers.emplace_back(api::header_name::idempotency_key, idempotency_key);
    }
    return headers;
}

/// The oldest goes; of those that wait for somebody only where there is no other.
void make_room(std::vector<Toast>& toasts) {
    if (toasts.size() < most_toasts) {
        return;
    }
    const auto goes = std::find_if(toasts.begin(), toasts.end(), [](const Toast& toast) {
        return toast.tone != ToastTone::Bad && !toast.stays;
    });
    toasts.erase(goes == toasts.end() ? toasts.begin() : goes);
}

}  // namespace

void Outbox::send(Channel channel, const api::Endpoint& endpoint, std::string body, Reader read,
                  std::string_view idempotency_key) {
    if (channel != Channel::Act) {
        abort(channel);
    }
    const auto method = api::endpoint_method(endpoint);
    // A mutation always has a JSON body: the server asks for its content type.
    if (body.empty() && method != api::Method::Get) {
        body = "{}";
    }
    SendHttp effect;
    effect.id = ++wires_.last_request;
    effect.request.method = method;
    effect.request.target = api::endpoint_target(endpoint);
    effect.request.headers = request_headers(wires_, method, !body.empty(), idempotency_key);
    effect.request.body = std::move(body);
    wires_.pending.push_back({effect.id, channel, read});
    effects_.push_back(std::move(effect));
}

void Outbox::abort(Channel channel) {
    for (const auto& pending : wires_.pending) {
        if (pending.channel == channel) {
            effects_.push_back(AbortHttp{pending.id});
        }
    }
    std::erase_if(wires_.pending, [channel](const Pending& p) { return p.channel == channel; });
}

void Outbox::abort_loads() {
    for (const auto& pending : wires_.pending) {
        if (pending.channel != Channel::Act) {
            effects_.push_back(AbortHttp{pending.id});
        }
    }
    std::erase_if(wires_.pending, [](const Pending& p) { return p.channel != Channel::Act; });
}

void Outbox::toast(ToastTone tone, std::string text, std::string detail) {
    announce(detail.empty() ? text : text + " " + detail);
    // The same sentence again is one toast that came again; what it offers may be another thing.
    for (auto& toast : wires_.toasts) {
        if (!toast.stays && toast.text == text && toast.detail == detail) {
            toast.id = 0;
        }
    }
    sweep_toasts(wires_);
    Toast toast;
    toast.id = ++wires_.last_toast;
    toast.tone = tone;
    toast.text = std::move(text);
    toast.detail = std::move(detail);
    toast.shown_at = now_;
    make_room(wires_.toasts);
    wires_.toasts.push_back(std::move(toast));
    effects_.push_back(StartTimer{TimerId::DismissToast, 8000});
}

void Outbox::offer(std::string text, std::string detail, std::string label, std::vector<Msg> msgs,
                   bool stays) {
    toast(ToastTone::Ok, std::move(text), std::move(detail));
    auto& shown = wires_.toasts.back();
    shown.action = std::move(label);
    shown.msgs = std::move(msgs);
    shown.stays = stays;
}

void sweep_toasts(Wires& wires) {
    std::erase_if(wires.toasts, [](const Toast& toast) { return toast.id == 0; });
}

void Outbox::announce(std::string sentence) {
    wires_.announcement = std::move(sentence);
    ++wires_.announcement_number;
}

auto Outbox::fresh_idempotency_key() -> std::string {
    return wires_.seed + "-" + std::to_string(++wires_.last_key);
}

auto take_pending(Wires& wires, RequestId id) -> std::optional<Pending> {
    const auto found = std::find_if(wires.pending.begin(), wires.pending.end(),
                                    [id](const Pending& p) { return p.id == id; });
    if (found == wires.pending.end()) {
        return std::nullopt;
    }
    auto pending = *found;
    wires.pending.erase(found);
    return pending;
}

auto error_of(const api::HttpResponse& response) -> api::ApiError {
    if (response.status == 0) {
        return api::offline_error();
    }
    auto error = api::decode_problem(response.status, response.body);
    if (error.request_id.empty()) {
        error.request_id = api::header(response.headers, api::header_name::request_id);
    }
    return error;
}

auto read_done(const api::HttpResponse& response) -> std::optional<api::ApiError> {
    if (response.status >= 200 && response.status <= 299) {
        return std::nullopt;
    }
    return error_of(response);
}

}  // namespace pcc::app
