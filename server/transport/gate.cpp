#include "server/transport/gate.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace pcc::server {
namespace {

// A refused client may still be sending; it reads the answer only if the rest is taken off its
// hands.
constexpr std::size_t most_discarded = 32 * 1024 * 1024;

// The reader that Drogon gave the connection. It is a protected member of the base, and there is no
// getter; a pointer to the member, named through a derived class, is the lawful way to it.
struct ReaderOf : trantor::TcpConnection {
    static auto get(trantor::TcpConnection& connection) -> trantor::RecvMessageCallback& {
        return connection.*(&ReaderOf::recvMsgCallback_);
    }
};

auto text_of(const trantor::MsgBuffer& buffer) -> std::string_view {
    return {buffer.peek(), buffer.readableBytes()};
}

// Method and target of a faulty head, as far as they can be repeated without harm.
auto safe_request_line(std::string_view head) -> std::string {
    const auto line = head.substr(0, head.find("\r\n"));
    const auto first = line.find(' ');
    const bool is_head = line.substr(0, first) == "HEAD";
    const std::string method = is_head ? "HEAD " : "GET ";
    if (first == std::string_view::npos) return method + "/";
    auto target = line.substr(first + 1);
    target = target.substr(0, target.find(' '));
    const bool safe = !target.empty() && target.front() == '/' && target.size() < 2048 &&
                      std::all_of(target.begin(), target.end(),
                                  [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
    return method + (safe ? std::string(target) : "/");
}

// Adds all headers of a name as one line of another name; nothing where there is none.
void add_kept_line(trantor::MsgBuffer& to, const RequestHead& read, std::string_view name,
                   const std::string& kept) {
    std::string all;
    for (const auto& [other, value] : read.headers) {
        if (other == name) all += (all.empty() ? "" : ", ") + value;
    }
    if (!all.empty()) to.append(kept + ": " + all + "\r\n");
}

// Adds the head, with the headers that Drogon would not keep as they stand under names of ours.
void add_head(trantor::MsgBuffer& to, std::string_view head, const RequestHead& read) {
    const auto cookie_at = read.cookie_at.value_or(0);
    to.append(head.data(), cookie_at);
    if (read.cookie_at) to.append(gate_prefix.data(), gate_prefix.size());
    const auto rest = head.substr(cookie_at, head.size() - 2 - cookie_at);
    to.append(rest.data(), rest.size());
    add_kept_line(to, read, "x-forwarded-for", forwarded_for_header);
    add_kept_line(to, read, "x-forwarded-proto", forwarded_proto_header);
    to.append("\r\n");
}

}  // namespace

void Gate::receive(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer* arrived) {
    while (arrived->readableBytes() > 0) {
        if (state_ == State::Refused) return discard(connection, arrived);
        if (is_late()) {
            refuse(connection, HeadFault::TooSlow, {});
        } else if (state_ == State::Body) {
            take_body(connection, arrived);
        } else if (!take_head(connection, arrived)) {
            return;
        }
    }
}

auto Gate::is_late() -> bool {
    const auto now = std::chrono::steady_clock::now();
    if (!arriving_) {
        arriving_ = true;
        began_ = now;
    }
    return now - began_ > longest_arrival;
}

auto Gate::take_head(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer* arrived)
    -> bool {
    const auto text = text_of(*arrived);
    const auto end = text.substr(0, longest_head + 4).find("\r\n\r\n");
    if (end == std::string_view::npos) {
        if (text.size() <= longest_head) return false;
        refuse(connection, HeadFault::HeadTooLarge, text);
        return true;
    }
    const auto head = text.substr(0, end + 4);
    const auto read = read_request_head(head);
    if (!read) {
        refuse(connection, read.error(), head);
    } else {
        body_left_ = read->body_length;
        state_ = body_left_ > 0 ? State::Body : State::Head;
        arriving_ = body_left_ > 0;
        add_head(passing_, head, *read);
        onward_(connection, &passing_);
    }
    arrived->retrieve(head.size());
    return true;
}

void Gate::take_body(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer* arrived) {
    const auto length = std::min(body_left_, arrived->readableBytes());
    const std::string part(arrived->peek(), length);
    arrived->retrieve(length);
    body_left_ -= length;
    if (body_left_ == 0) {
        state_ = State::Head;
        arriving_ = false;
    }
    pass_on(connection, part);
}

void Gate::refuse(const trantor::TcpConnectionPtr& connection, HeadFault fault,
                  std::string_view head) {
    const bool inside_body = state_ == State::Body;
    state_ = State::Refused;
    // Inside a body the reader waits for the rest of it, and could not take a request.
    if (inside_body) return connection->forceClose();
    std::string request = safe_request_line(head) + " HTTP/1.1\r\nhost: -\r\n";
    request += refusal_header + ": " + std::string(fault_name(fault)) + "\r\n";
    pass_on(connection, request + "connection: close\r\n\r\n");
}

void Gate::discard(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer* arrived) {
    discarded_ += arrived->readableBytes();
    arrived->retrieveAll();
    if (discarded_ > most_discarded) connection->forceClose();
}

void Gate::give_up(const trantor::TcpConnectionPtr& connection) {
    state_ = State::Refused;
    // Not from within the sending that this was told by.
    const std::weak_ptr<trantor::TcpConnection> held = connection;
    connection->getLoop()->queueInLoop([held] {
        if (const auto still = held.lock()) still->forceClose();
    });
}

void Gate::pass_on(const trantor::TcpConnectionPtr& connection, std::string_view bytes) {
    passing_.append(bytes.data(), bytes.size());
    onward_(connection, &passing_);
}

void put_gate_before(const trantor::TcpConnectionPtr& connection) {
    if (!connection->connected()) return;
    auto gate = std::make_shared<Gate>(ReaderOf::get(*connection));
    connection->setRecvMsgCallback(
        [gate](const trantor::TcpConnectionPtr& sender, trantor::MsgBuffer* arrived) {
            gate->receive(sender, arrived);
        });
    connection->setHighWaterMarkCallback(
        [gate](const trantor::TcpConnectionPtr& sender, std::size_t) { gate->give_up(sender); },
        most_unread);
}

}  // namespace pcc::server
