#include "core/app/pages/networks.hpp"

#include "core/access/token_id_mask.hpp"
#include "core/api/codec.hpp"
#include "core/app/context.hpp"
#include "core/app/outbox.hpp"
#include "core/app/pages/paged.hpp"

namespace pcc::app::networks {

namespace {

void ask(const Model& model, Outbox& outbox) {
    api::NetworkQuery query;
    query.search = model.search;
    query.sort = model.networks.sort;
    query.cursor = next_cursor(model.networks);
    outbox.send(
        Channel::Networks, api::GetNetworks{query}, {},
        [](const api::HttpResponse& response) -> app::Msg {
            return Msg{LoadedNetworks{read_answer<Networks>(response, api::decode_networks)}};
        });
}

void on(Model& model, const NewsArrived&, Outbox& outbox) {
    renew_list(model.networks);
    ask(model, outbox);
}

void on(Model& model, const ChangedSearch& m, Outbox& outbox) {
    constexpr int pause = 200;  // Units: milliseconds
    model.search = access::mask_token_id(m.text);
    seek_in_list(model.networks, Channel::Networks, outbox);
    outbox.add(StartTimer{TimerId::Search, pause});
}

void on(Model& model, const SearchSettled&, Outbox& outbox) {
    restart_list(model.networks);
    ask(model, outbox);
}

void on(Model& model, const ClickedSort& m, Outbox& outbox) {
    model.networks.sort = m.sort;
    restart_list(model.networks);
    ask(model, outbox);
}

void on(Model& model, const NearedEnd&, Outbox& outbox) {
    if (near_end(model.networks)) {
        ask(model, outbox);
    }
}

void on(Model& model, const LoadedNetworks& m, Outbox& outbox) {
    if (take_page(model.networks, m.answer, outbox)) {
        ask(model, outbox);
    }
}

}  // namespace

void update(Model& model, const Msg& msg, const Context&, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, outbox); }, msg);
}

}  // namespace pcc::app::networks
