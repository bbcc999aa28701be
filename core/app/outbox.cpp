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

void Outbox::toast(ToastTone tone, std::string text, std::string detail,
                   std::optional<ToastAction> action) {
    announce(detail.empty() ? text : text + " " + detail);
    // The same sentence again is one toast that came again.
    std::erase_if(wires_.toasts, [&](const Toast& toast) {
        return toast.text == text && toast.detail == detail;
    });
    wires_.toasts.push_back(
        {++wires_.last_toast, tone, std::move(text), std::move(detail), std::move(action), now_});
    if (wires_.toasts.size() > most_toasts) {
        wires_.toasts.erase(wires_.toasts.begin());
    }
    effects_.push_back(StartTimer{TimerId::DismissToast, 8000});
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
