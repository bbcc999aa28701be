// Signing in and out, and acting for another organization: how they begin and how they end.
// Layer: app. Rules of who and how long are core/access's.
#pragma once

#include <optional>
#include <string>

#include "core/app/model.hpp"
#include "core/app/outbox.hpp"

namespace pcc::app {

/// Reads the answer to a session call: the console opens, or the sign-in form does, or neither can.
void receive_session(Model& model, const api::HttpResponse& response, Outbox& outbox);
/// The session is over: what was shown goes, and the sign-in form says why.
void lose_session(Model& model, const std::string& notice, Outbox& outbox);
/// Asks the server to sign out; what comes of it is told, or ends the session here.
void sign_out(Outbox& outbox);
void receive_signed_out(Model& model, const std::optional<api::ApiError>& error, Outbox& outbox);

void begin_acting(Model& model, const access::Assumption& assumption, Outbox& outbox);
/// Access has ended by itself or by the admin: the client's data go, and a screen says what
/// happened.
void end_acting(Model& model, access::Assumption assumption, const std::string& detail,
                Outbox& outbox);
/// Asks the server, once, to end the assumption, because the engineer goes back.
void go_back(Model& model, Outbox& outbox);
void receive_went_back(Model& model, const std::optional<api::ApiError>& error, Outbox& outbox);
/// The engineer went back: the client's data go, with no screen needed.
void leave_acting(Model& model, Outbox& outbox);

}  // namespace pcc::app
