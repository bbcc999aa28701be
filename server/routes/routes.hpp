// The answer to each call of the contract: one function per call, one file per subject.
// Layer: server. Each asks core/access whether it may; the caller is known and the transaction
// open.
#pragma once

#include "core/api/endpoint.hpp"
#include "server/call.hpp"

namespace pcc::server {

// These manage transactions of their own, since a password is not checked inside one.
auto sign_in(const Exchange& exchange) -> Outcome;
auto reveal_token(const Exchange& exchange, const TokenHandle& handle) -> Outcome;

/// Says what the answer for `actor` will ask of the database, before it is sure that this one may
/// have it. Most say nothing.
template <class Ask>
void foresee(const Call&, const access::Actor&, const Ask&) {}
void foresee(const Call& call, const access::Actor& actor, const api::GetNetworks& ask);
void foresee(const Call& call, const access::Actor& actor, const api::GetNetwork& ask);
void foresee(const Call& call, const access::Actor& actor, const api::GetAccessPoints& ask);

auto answer(Call& call, const api::GetSession& ask) -> Answer;
auto answer(Call& call, const api::DeleteSession& ask) -> Answer;
auto answer(Call& call, const api::GetOrganization& ask) -> Answer;
auto answer(Call& call, const api::PatchOrganization& ask) -> Answer;
auto answer(Call& call, const api::GetPolicy& ask) -> Answer;
auto answer(Call& call, const api::GetTokens& ask) -> Answer;
auto answer(Call& call, const api::PostToken& ask) -> Answer;
auto answer(Call& call, const api::GetToken& ask) -> Answer;
auto answer(Call& call, const api::ExpireToken& ask) -> Answer;
auto answer(Call& call, const api::DeleteToken& ask) -> Answer;
auto answer(Call& call, const api::PostPreflight& ask) -> Answer;
auto answer(Call& call, const api::PostAssumption& ask) -> Answer;
auto answer(Call& call, const api::GetAssumptions& ask) -> Answer;
auto answer(Call& call, const api::DeleteAssumption& ask) -> Answer;
auto answer(Call& call, const api::GetNetworks& ask) -> Answer;
auto answer(Call& call, const api::GetNetwork& ask) -> Answer;
auto answer(Call& call, const api::PatchNetwork& ask) -> Answer;
auto answer(Call& call, const api::GetAccessPoints& ask) -> Answer;
auto answer(Call& call, const api::RestartAccessPoint& ask) -> Answer;
auto answer(Call& call, const api::PatchSsid& ask) -> Answer;
auto answer(Call& call, const api::GetAudit& ask) -> Answer;
auto answer(Call& call, const api::GetEvents& ask) -> Answer;

}  // namespace pcc::server
