#include "server/store/token_sums.hpp"

#include "core/api/text.hpp"

namespace pcc::server {
namespace {

struct Counted {
    std::string label;
    KeptState state = KeptState::Deleted;
};

auto find_counted(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle)
    -> Counted {
    const auto row =
        tx.query_one("SELECT label, kept_state FROM tokens WHERE organization_id = $1 AND id = $2",
                     {organization.value, handle.value});
    if (!row) return {};
    return {row->text(0), static_cast<KeptState>(row->number(1))};
}

void change(Transaction& tx, const OrganizationId& organization, const std::string& label,
            long long tokens, long long open) {
    tx.execute(
        "INSERT INTO token_labels (organization_id, label, token_count, open_count) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id, label) DO UPDATE SET "
        "token_count = token_labels.token_count + $3, open_count = token_labels.open_count + $4",
        {organization.value, label, tokens, open});
}

void take_out(Transaction& tx, const OrganizationId& organization, const Counted& counted) {
    change(tx, organization, counted.label, -1, counted.state == KeptState::Open ? -1 : 0);
    tx.execute(
        "DELETE FROM token_labels WHERE organization_id = $1 AND label = $2 AND token_count = 0",
        {organization.value, counted.label});
}

}  // namespace

auto label_of(const access::AccessToken& token) -> std::string {
    return api::fold_case(token.generated_by.name + '\n' + access::validity_label(token.validity) +
                          '\n' + token.last_used_by.value_or(std::string()));
}

void count_generated(Transaction& tx, const OrganizationId& organization,
                     const std::string& label) {
    change(tx, organization, label, 1, 1);
}

void count_ended(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle) {
    const auto counted = find_counted(tx, organization, handle);
    if (counted.state == KeptState::Open) change(tx, organization, counted.label, 0, -1);
}

void count_deleted(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle) {
    const auto counted = find_counted(tx, organization, handle);
    if (counted.state != KeptState::Deleted) take_out(tx, organization, counted);
}

void count_relabelled(Transaction& tx, const OrganizationId& organization,
                      const TokenHandle& handle, const std::string& label) {
    const auto counted = find_counted(tx, organization, handle);
    if (counted.state == KeptState::Deleted || counted.label == label) return;
    take_out(tx, organization, counted);
    change(tx, organization, label, 1, counted.state == KeptState::Open ? 1 : 0);
}

void count_ended(Transaction& tx, const OrganizationId& organization, const std::string& label,
                 long long many) {
    change(tx, organization, label, 0, -many);
}

}  // namespace pcc::server
