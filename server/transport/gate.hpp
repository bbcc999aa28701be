// The gate: stands between the socket and Drogon's HTTP reader, and lets only well-formed requests
// by. Layer: server/transport. Answers nothing itself: a refused request is passed on as a request
// that names its fault, so that refusals keep their place in the order of answers and look like all
// others.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <trantor/net/TcpConnection.h>

#include "server/transport/request_head.hpp"

namespace pcc::server {

/// Carries the name of a HeadFault from the gate to the service.
inline const std::string refusal_header = "pcc-gate-refusal";
/// Carries the Cookie header as it was sent, its name behind `gate_prefix`: Drogon takes it apart
/// and keeps one of each name.
inline const std::string cookie_header = "pcc-gate-cookie";

/// Carry all X-Forwarded-For and -Proto headers joined by commas, in the order they were sent:
/// Drogon keeps one of each name.
inline const std::string forwarded_for_header = "pcc-gate-forwarded-for";
inline const std::string forwarded_proto_header = "pcc-gate-forwarded-proto";

/// Of answers that a client has not read yet. Units: bytes; several times the largest there is.
inline constexpr std::size_t most_unread = 4 * 1024 * 1024;

/// Head and body of one request have to arrive within this.
inline constexpr std::chrono::seconds longest_arrival{30};

class Gate {
  public:
    explicit Gate(trantor::RecvMessageCallback onward) : onward_(std::move(onward)) {}

    /// Takes all that has arrived and passes on what is in order.
    void receive(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer* arrived);
    /// Ends a connection whose client asks on and does not read what it is answered.
    void give_up(const trantor::TcpConnectionPtr& connection);

  private:
    enum class State { Head, Body, Refused };

    auto take_head(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer* arrived)
        -> bool;
    void take_body(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer* arrived);
    void refuse(const trantor::TcpConnectionPtr& connection, HeadFault fault,
                std::string_view head);
    void discard(const trantor::TcpConnectionPtr& connection, trantor::MsgBuffer* arrived);
    void pass_on(const trantor::TcpConnectionPtr& connection, std::string_view bytes);
    auto is_late() -> bool;

    trantor::RecvMessageCallback onward_;
    trantor::MsgBuffer passing_;
    State state_ = State::Head;
    bool arriving_ = false;
    std::chrono::steady_clock::time_point began_;
    std::size_t body_left_ = 0;  // Units: bytes
    std::size_t discarded_ = 0;  // Units: bytes
};

/// Puts a gate before the reader of a new connection.
void put_gate_before(const trantor::TcpConnectionPtr& connection);

}  // namespace pcc::server
