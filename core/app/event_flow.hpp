// What the server tells an open tab, and what the passing of time does to it.
// Layer: app. The rules of what has ended are core/access's.
#pragma once

#include <string>

#include "core/app/model.hpp"
#include "core/app/outbox.hpp"

namespace pcc::app {

/// Corrects the clock by the PCC-Time of an answer.
void note_server_time(Clock& clock, const api::HttpResponse& response);
/// Acts on refusals that concern more than one page: the session or the assumption is over. True
/// when the refusal was dealt with and no page need hear of it.
auto intercept_refusal(Model& model, const api::HttpResponse& response, Outbox& outbox) -> bool;

/// Opens the event stream, closing the one before.
void open_events(Model& model, Outbox& outbox);
void receive_events_opened(Model& model, Outbox& outbox);
void receive_event(Model& model, const std::string& name, const std::string& data, Outbox& outbox);
void receive_events_closed(Model& model, const EventsClosed& closed, Outbox& outbox);
/// Time has passed: an assumption or listed tokens may have ended by it, or the stream gone dead.
void receive_time(Model& model, Outbox& outbox);

}  // namespace pcc::app
