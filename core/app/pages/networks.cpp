#include "core/app/pages/networks.hpp"

#include "core/access/token_id_mask.hpp"
#include "core/api/codec.hpp"
#include "core/app/context.hpp"
#include "core/app/outbox.hpp"
#include "core/app/pages/paged.hpp"

namespace pcc::app::networks {

namespace {

template <class LoadedMsg>
auto read_networks(const api::HttpResponse& response) -> app::Msg {
    return Msg{LoadedMsg{read_answer<Networks>(response, api::decode_networks)}};
}

void load(Model& model, Outbox& outbox) {
    model.loading_more = false;
    api::NetworkQuery query;
    query.search = model.search;
    outbox.send(Channel::Networks, api::GetNetworks{query}, {}, &read_networks<LoadedNetworks>);
}

void on(Model& model, const Opened&, Outbox& outbox) {
    model.networks = Loading{};
    load(model, outbox);
}

void on(Model& model, const NewsArrived&, Outbox& outbox) {
    load(model, outbox);
}

void on(Model& model, const ChangedSearch& m, Outbox& outbox) {
    constexpr int pause = 200;  // Units: milliseconds
    model.search = access::mask_token_id(m.text);
    outbox.add(StartTimer{TimerId::Search, pause});
}

void on(Model& model, const SearchSettled&, Outbox& outbox) {
    load(model, outbox);
}

void on(Model& model, const NearedEnd&, Outbox& outbox) {
    api::NetworkQuery query;
    query.search = model.search;
    query.cursor = next_cursor(model.networks);
    if (query.cursor.empty() || model.loading_more) {
        return;
    }
    model.loading_more = true;
    outbox.send(Channel::Networks, api::GetNetworks{query}, {}, &read_networks<LoadedMore>);
}

void on(Model& model, const LoadedNetworks& m, Outbox& outbox) {
    take_first(model.networks, m.answer, outbox);
}

void on(Model& model, const LoadedMore& m, Outbox& outbox) {
    model.loading_more = false;
    take_more(model.networks, m.answer, outbox);
}

}  // namespace

void update(Model& model, const Msg& msg, const Context&, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, outbox); }, msg);
}

}  // namespace pcc::app::networks
