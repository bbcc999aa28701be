#include "server/transport/streams.hpp"

#include <algorithm>
#include <utility>

#include "core/api/codec.hpp"

namespace pcc::server {
namespace {

auto is_gone(const Stream& stream) -> bool {
    const auto connection = stream.connection.lock();
    return !connection || !connection->connected();
}

// The connection with it: whoever listens to a stream has no other use for it.
void close(Stream& stream) {
    stream.out->close();
    if (const auto connection = stream.connection.lock()) connection->shutdown();
}

}  // namespace

auto event_text(const api::Event& event) -> std::string {
    return "event: " + event.name + "\ndata: " + api::encode_event(event) + "\n\n";
}

auto Streams::open(const Subscription& subscription,
                   std::weak_ptr<trantor::TcpConnection> connection, std::string greeting,
                   Instant now) -> std::shared_ptr<Stream> {
    const std::lock_guard lock(mutex_);
    forget_gone();
    const auto held = connection.lock();
    const bool is_taken = std::any_of(streams_.begin(), streams_.end(),
                                      [&held](const std::shared_ptr<Stream>& other) {
                                          return held && other->connection.lock() == held;
                                      });
    const auto open_ones =
        std::count_if(streams_.begin(), streams_.end(), [&](const std::shared_ptr<Stream>& other) {
            return other->subscription.session == subscription.session;
        });
    if (closed_ || is_taken || static_cast<std::size_t>(open_ones) >= most_streams_per_session)
        return nullptr;
    auto stream = std::make_shared<Stream>();
    stream->subscription = subscription;
    stream->hearing = Hearing(subscription.audit_length);
    stream->connection = std::move(connection);
    stream->waiting = std::move(greeting);
    stream->pinged_at = now;
    streams_.push_back(stream);
    return stream;
}

void Streams::attach(const std::shared_ptr<Stream>& stream, drogon::ResponseStreamPtr out) {
    const std::lock_guard lock(mutex_);
    stream->out = std::move(out);
    if (!stream->waiting.empty()) stream->out->send(std::exchange(stream->waiting, {}));
    if (stream->over) close(*stream);
}

auto Streams::concerns(const Stream& stream, const Notice& notice) -> bool {
    const std::lock_guard lock(mutex_);
    return hears(stream.subscription, notice) && !stream.hearing.knows(notice);
}

void Streams::publish(const std::vector<Notice>& notices, const Question& ask,
                      const ToldByOrganization& told) {
    if (notices.empty() && told.empty()) return;
    for (const auto& stream : snapshot()) {
        const auto heard = [&](const Notice& notice) { return concerns(*stream, notice); };
        const bool is_any = std::any_of(notices.begin(), notices.end(), heard);
        const auto last = is_any ? ask(stream->subscription).last : std::nullopt;
        const std::lock_guard lock(mutex_);
        if (last) {
            send(*stream, *last);
            finish(*stream);
            continue;
        }
        for (const auto& notice : notices) {
            if (!hears(stream->subscription, notice) || stream->hearing.knows(notice)) continue;
            stream->hearing.hear(notice);
            send(*stream, notice.event);
            if (closes(stream->subscription, notice)) finish(*stream);
        }
        const auto part = told.find(stream->subscription.organization);
        if (part != told.end()) stream->hearing.heard_all(part->second);
    }
}

void Streams::check(const Question& ask, Instant now, const std::set<OrganizationId>& moved) {
    for (const auto& stream : snapshot()) {
        const auto& subscription = stream->subscription;
        const auto good_until = stream->good_until;
        const bool asks = now >= good_until || moved.count(subscription.organization) > 0 ||
                          moved.count(subscription.acting_for) > 0;
        const auto standing = asks ? ask(subscription) : Standing{std::nullopt, good_until};
        const std::lock_guard lock(mutex_);
        stream->good_until = standing.good_until;
        if (standing.last) {
            send(*stream, *standing.last);
            finish(*stream);
        } else if (now - stream->pinged_at >= ping_interval) {
            stream->pinged_at = now;
            send(*stream, api::Event{"ping", {}, {}, {}, now});
        }
    }
}

auto Streams::subscriptions() -> std::vector<Subscription> {
    const std::lock_guard lock(mutex_);
    forget_gone();
    std::vector<Subscription> all;
    for (const auto& stream : streams_) {
        all.push_back(stream->subscription);
        all.back().audit_length = stream->hearing.length();
    }
    return all;
}

void Streams::close_all(Instant now) {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (const auto& stream : streams_) {
        send(*stream, api::Event{"ping", {}, {}, {}, now});
        finish(*stream);
    }
}

auto Streams::count() -> std::size_t {
    const std::lock_guard lock(mutex_);
    forget_gone();
    return streams_.size();
}

auto Streams::snapshot() -> std::vector<std::shared_ptr<Stream>> {
    const std::lock_guard lock(mutex_);
    return {streams_.begin(), streams_.end()};
}

// Where the answer's head has not gone out yet, the event waits for it.
void Streams::send(Stream& stream, const api::Event& event) {
    if (stream.over) return;
    if (stream.out) {
        stream.out->send(event_text(event));
    } else {
        stream.waiting += event_text(event);
    }
}

void Streams::finish(Stream& stream) {
    if (stream.over) return;
    stream.over = true;
    if (stream.out) close(stream);
}

void Streams::forget_gone() {
    streams_.remove_if(
        [](const std::shared_ptr<Stream>& stream) { return stream->over || is_gone(*stream); });
}

}  // namespace pcc::server
