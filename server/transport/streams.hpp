// The open event streams: who hears what, how many one session may have, and when one closes.
// Layer: server/transport. Asks the database through a question it is given; decides no right
// itself.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <drogon/HttpResponse.h>
#include <trantor/net/TcpConnection.h>

#include "server/handle.hpp"
#include "server/told.hpp"

namespace pcc::server {

inline constexpr std::size_t most_streams_per_session = 8;
inline constexpr std::chrono::seconds ping_interval{15};

/// One open stream. It has a place from the moment its request was granted, so that nothing which
/// happens before its first byte was sent is missed.
struct Stream {
    Subscription subscription;
    std::weak_ptr<trantor::TcpConnection> connection;
    drogon::ResponseStreamPtr out;  // nothing until the answer's head was sent
    std::string waiting;            // what is to be sent then
    bool over = false;
    Hearing hearing{0};
    Instant pinged_at;
    Instant good_until;  // nothing but an act ends it before
};

class Streams {
  public:
    /// How a stream stands; `check_stream` with its database.
    using Question = std::function<Standing(const Subscription&)>;

    /// A place for a new stream; nothing when its session has as many as it may.
    auto open(const Subscription& subscription, std::weak_ptr<trantor::TcpConnection> connection,
              std::string greeting, Instant now) -> std::shared_ptr<Stream>;
    /// Gives a stream its way out, once the answer's head was sent.
    void attach(const std::shared_ptr<Stream>& stream, drogon::ResponseStreamPtr out);

    /// Sends each notice to the streams that hear it, do not know of it and may still go on; closes
    /// those it closes. `told`: what of each audit these notices are, where a look read them there.
    void publish(const std::vector<Notice>& notices, const Question& ask,
                 const ToldByOrganization& told = {});
    /// Asks about the streams of organizations in which something happened, and about those whose
    /// time has come; closes what may not go on, pings the others, forgets whose client has gone.
    void check(const Question& ask, Instant now, const std::set<OrganizationId>& moved);
    /// With the length up to which each knows the audit of its home by now.
    auto subscriptions() -> std::vector<Subscription>;
    /// Sends each a last ping, upon which it is opened again, perhaps at another server; closes all
    /// of them, and opens no more.
    void close_all(Instant now);
    auto count() -> std::size_t;

  private:
    auto snapshot() -> std::vector<std::shared_ptr<Stream>>;
    auto concerns(const Stream& stream, const Notice& notice) -> bool;
    void send(Stream& stream, const api::Event& event);
    void finish(Stream& stream);
    void forget_gone();

    std::mutex mutex_;
    std::list<std::shared_ptr<Stream>> streams_;
    bool closed_ = false;
};

/// `event: ...`, `data: ...` and an empty line. Source: HTML standard, 9.2.5.
auto event_text(const api::Event& event) -> std::string;

}  // namespace pcc::server
