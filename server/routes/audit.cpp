// The audit list.
// Layer: server. Reads only; what is written is written with the act itself.
#include "core/api/codec.hpp"
#include "server/cursor.hpp"
#include "server/routes/routes.hpp"

namespace pcc::server {

auto answer(Call& call, const api::GetAudit& ask) -> Answer {
    if (const auto may = access::can_list_audit(call.caller.actor); !may)
        return refuse(may.error());
    const auto& organization = call.caller.organization();
    const auto& query = ask.query;
    const CursorScope scope{"audit",
                            organization.value,
                            std::to_string(static_cast<int>(query.sort)),
                            query.actor,
                            query.action,
                            query.token,
                            query.from,
                            query.to};
    const auto start = read_cursor(call.keys(), scope, query.cursor, call.now());
    if (!start) return failed(start.error());
    auto slice = list_audit(call.tx, organization, query, *start);
    api::Page<api::AuditEvent> page;
    page.total = slice.total;
    page.next = make_cursor(call.keys(), scope, slice.next, call.now());
    page.items = std::move(slice.items);
    return json_response(200, api::encode_audit(page));
}

}  // namespace pcc::server
