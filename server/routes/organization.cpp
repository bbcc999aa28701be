// The organization itself and what its admins may choose from.
// Layer: server. Rules are asked of core/access.
#include "core/api/codec.hpp"
#include "server/routes/routes.hpp"
#include "server/store/organizations.hpp"

namespace pcc::server {

auto answer(Call& call, const api::GetOrganization&) -> Answer {
    const auto organization = find_organization(call.tx, call.caller.organization());
    if (!organization) return refuse(api::code::not_found);
    return json_response(200, api::encode_organization(*organization));
}

auto answer(Call& call, const api::PatchOrganization&) -> Answer {
    if (const auto may = access::can_rename_organization(call.caller.actor); !may) {
        return refuse(may.error());
    }
    const auto given = api::decode_rename(call.request().body);
    if (!given) return refuse(given.error());
    const auto name = api::clean_text(*given, api::longest_name);
    if (!name) {
        return refuse(name.error(), "The name of the organization", "name", api::longest_name);
    }
    auto organization = find_organization(call.tx, call.caller.organization());
    if (!organization) return refuse(api::code::not_found);
    if (organization->name != *name) {
        rename_organization(call.tx, organization->id, *name);
        record(call, {"organization.renamed",
                      organization->id.value,
                      "Renamed " + organization->name + " to " + *name,
                      {}});
        organization->name = *name;
    }
    return json_response(200, api::encode_organization(*organization));
}

auto answer(Call& call, const api::GetPolicy&) -> Answer {
    if (const auto may = access::can_read_policy(call.caller.actor); !may) {
        return refuse(may.error());
    }
    api::OrganizationPolicy policy;
    const auto& offered = access::standard_validities();
    policy.validities.assign(offered.begin(), offered.end());
    return json_response(200, api::encode_policy(policy));
}

}  // namespace pcc::server
