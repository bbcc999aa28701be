#include "tests/story/town.hpp"

#include <filesystem>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "core/api/codec.hpp"

namespace pcc::story {

namespace {

constexpr const char* password_of_all = "correct horse battery staple";

auto scratch_folder() -> std::string {
    std::string name = (std::filesystem::temp_directory_path() / "pcc-story-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    return name;
}

}  // namespace

void StoryRandom::fill(std::uint8_t* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        bytes[i] = static_cast<std::uint8_t>(state_ >> 32);
    }
}

// --- the town ---

Town::Town()
    : folder_(scratch_folder()),
      now_(*parse_rfc3339("2026-11-23T19:22:05.000Z")),
      passwords_(server::PasswordCost::cheap()),
      keys_(server::Keys::in_memory(random_)) {
    server::SqliteOptions options;
    options.synchronous = false;
    auto store = server::open_sqlite_store(folder_ + "/pcc.db", now_, options);
    REQUIRE(store.has_value());
    store_ = std::move(*store);
    found();
}

Town::~Town() {
    tabs_.clear();
    store_.reset();
    std::filesystem::remove_all(folder_);
}

auto Town::add_user(const OrganizationId& organization, access::Role role, const std::string& name,
                    const std::string& email) -> Account {
    server::NewUser user;
    user.organization = organization;
    user.role = role;
    user.name = name;
    user.email = email;
    user.password = Secret(password_of_all);
    REQUIRE(server::create_user(*store_, world(), user).has_value());
    return {email, password_of_all};
}

void Town::found() {
    const auto aurora = server::create_organization(*store_, world(), "Aurora Hotels");
    const auto netcare = server::create_organization(*store_, world(), "NetCare Support");
    const auto fieldworks = server::create_organization(*store_, world(), "Fieldworks");
    REQUIRE((aurora && netcare && fieldworks));
    ana = add_user(*aurora, access::Role::Admin, "Ana Reyes", "ana@aurora.example");
    sam = add_user(*netcare, access::Role::NetworkAdmin, "Sam Ortiz", "sam@netcare.example");
    lee = add_user(*fieldworks, access::Role::Guest, "Lee Chan", "lee@fieldworks.example");
    const auto site = server::add_network(*store_, world(), {*aurora, "Aurora Lisbon", {"lobby"}});
    REQUIRE(site.has_value());
    lisbon = *site;
    REQUIRE(server::add_access_point(
        *store_, world(), {*aurora, *site, "AP Lobby", "PX-2", "02:00:00:00:00:01", true, 12}));
    REQUIRE(server::add_ssid(*store_, world(),
                             {*aurora, *site, "Aurora Guest", true, api::SsidSecurity::Open}));
    REQUIRE(server::add_network(*store_, world(), {*netcare, "NetCare Office", {}}));
}

auto Town::world() -> server::World {
    return {now_, random_, passwords_, keys_, false};
}

auto Town::tab(const std::string& ip) -> Tab& {
    return tabs_.emplace_back(*this, ip);
}

auto Town::serve(const server::Arrival& arrival) -> server::Reply {
    auto reply = server::handle(arrival, *store_, world());
    for (const auto& notice : reply.notices) {
        for (auto& tab : tabs_) {
            tab.hear(notice);
        }
    }
    return reply;
}

void Town::wait(Millis length) {
    now_ += length;
    for (auto& tab : tabs_) {
        if (!tab.asleep_) {
            tab.hear_ping();
            tab.send(app::Ticked{now_});
            tab.check_stream();
        }
    }
}

// --- a tab ---

Tab::Tab(Town& town, std::string ip) : town_(town), ip_(std::move(ip)) {}

void Tab::open(const std::string& path) {
    entries_.push_back(path);
    reload();
}

void Tab::back() {
    REQUIRE(entries_.size() > 1);
    entries_.pop_back();
    send(app::UrlChanged{url()});
}

void Tab::reload() {
    model_ = app::Model{};
    inbox_.clear();
    timers_.clear();
    stream_.reset();
    app::Started started;
    started.now = town_.now_;
    started.path = url();
    started.assumption = remembered_;
    started.width = 1280;
    started.height = 800;
    started.seed = "0123456789abcdef";
    send(started);
    send(app::SessionArrived{request(api::Method::Get, "/api/v1/session", "")});
}

void Tab::sign_in(const std::string& email, const std::string& password) {
    const auto body = api::encode_sign_in({email, Secret(password)});
    send(app::SessionArrived{request(api::Method::Post, "/api/v1/session", body)});
}

auto Tab::request(api::Method method, const std::string& target, const std::string& body)
    -> api::HttpResponse {
    api::HttpRequest http{method, target, {}, body};
    if (method != api::Method::Get) {
        http.headers.emplace_back("Content-Type", "application/json");
        http.headers.emplace_back(api::header_name::csrf, model_.wires.csrf);
    }
    if (!model_.wires.assumption.empty()) {
        http.headers.emplace_back(api::header_name::assumption, model_.wires.assumption.value);
    }
    return exchange(std::move(http));
}

auto Tab::exchange(api::HttpRequest request) -> api::HttpResponse {
    request.headers.emplace_back("Host", "console.example");
    if (!cookie_.empty()) {
        request.headers.emplace_back("Cookie", cookie_);
    }
    const auto id = "req_" + std::to_string(++town_.last_request_);
    auto reply = town_.serve({std::move(request), ip_, id});
    remember_cookie(reply.response.headers);
    return std::move(reply.response);
}

void Tab::remember_cookie(const api::Headers& headers) {
    const auto value = std::string(api::header(headers, "Set-Cookie"));
    if (!value.empty()) {
        cookie_ = value.substr(0, value.find(';'));
    }
}

auto Tab::has(view::Kind kind, const std::string& name) const -> bool {
    return testing::find_node(picture(), kind, name).has_value();
}

void Tab::press(const std::string& name) {
    const auto node = testing::find_node(picture(), view::Kind::Button, name);
    INFO("button: ", name, "\n", testing::words_of(picture()));
    REQUIRE(node.has_value());
    REQUIRE_FALSE(node->disabled);
    REQUIRE(node->on_press.has_value());
    send(*node->on_press);
}

void Tab::sleep() {
    asleep_ = true;
    stream_.reset();
}

void Tab::wake() {
    asleep_ = false;
    send(app::Ticked{town_.now_});
}

void Tab::follow(const std::string& name) {
    auto node = testing::find_node(picture(), view::Kind::NavLink, name);
    if (!node) {
        node = testing::find_node(picture(), view::Kind::Link, name);
    }
    INFO("link: ", name);
    REQUIRE(node.has_value());
    REQUIRE(node->on_press.has_value());
    send(*node->on_press);
}

void Tab::choose(const std::string& name) {
    auto node = testing::find_node(picture(), view::Kind::Choice, name);
    if (!node) {
        node = testing::find_node(picture(), view::Kind::Checkbox, name);
    }
    INFO("choice: ", name);
    REQUIRE(node.has_value());
    send(*node->on_press);
}

void Tab::type(const std::string& name, const std::string& text) {
    const auto node = testing::find_node(picture(), view::Kind::TextField, name);
    INFO("field: ", name);
    REQUIRE(node.has_value());
    REQUIRE_FALSE(node->disabled);
    send(node->field->on_input(text));
    settle();
}

void Tab::settle() {
    const auto due = std::move(timers_);
    timers_.clear();
    for (const auto timer : due) {
        send(app::TimerFired{timer});
    }
}

void Tab::send(const app::Msg& msg) {
    inbox_.push_back(msg);
    if (running_) {
        return;  // an answer to what is being sent right now
    }
    running_ = true;
    while (!inbox_.empty()) {
        const auto next = std::move(inbox_.front());
        inbox_.pop_front();
        dispatch(next);
    }
    running_ = false;
}

void Tab::dispatch(const app::Msg& msg) {
    model_.clock.browser = town_.now_;
    auto step = app::update(std::move(model_), msg);
    model_ = std::move(step.model);
    for (const auto& effect : step.effects) {
        run(effect);
    }
}

void Tab::run(const app::Effect& effect) {
    if (const auto* http = std::get_if<app::SendHttp>(&effect)) {
        if (offline) {
            send(app::HttpFailed{http->id});
        } else {
            send(app::HttpReplied{http->id, exchange(http->request)});
        }
    } else if (const auto* events = std::get_if<app::OpenEvents>(&effect)) {
        open_events(events->assumption);
    } else if (std::holds_alternative<app::CloseEvents>(effect)) {
        stream_.reset();
    } else if (const auto* copy = std::get_if<app::CopyText>(&effect)) {
        clipboard_ = copy->text.reveal();
        send(app::Copied{true});
    } else if (const auto* push = std::get_if<app::PushUrl>(&effect)) {
        entries_.push_back(push->path);
    } else if (const auto* replace = std::get_if<app::ReplaceUrl>(&effect)) {
        entries_.back() = replace->path;
    } else if (std::holds_alternative<app::StepBack>(effect)) {
        back();
    } else if (const auto* remember = std::get_if<app::RememberAssumption>(&effect)) {
        remembered_ = remember->assumption;
    } else if (const auto* sign_in = std::get_if<app::ShowSignIn>(&effect)) {
        signing_in_ = true;
        notice_ = sign_in->notice;
    } else if (std::holds_alternative<app::HideSignIn>(effect)) {
        signing_in_ = false;
    } else if (const auto* timer = std::get_if<app::StartTimer>(&effect)) {
        timers_.push_back(timer->id);
    }
}

// --- events ---

void Tab::open_events(const AssumptionId& assumption) {
    api::HttpRequest http{api::Method::Get, "/api/v1/events", {}, {}};
    http.headers.emplace_back("Host", "console.example");
    http.headers.emplace_back("Cookie", cookie_);
    if (!assumption.empty()) {
        http.headers.emplace_back(api::header_name::assumption, assumption.value);
    }
    auto reply = town_.serve({std::move(http), ip_, "req_events"});
    stream_ = reply.subscription;
    if (stream_) {
        send(app::EventsOpened{});
    } else {
        send(app::EventsClosed{reply.response.status});
    }
}

void Tab::hear(const server::Notice& notice) {
    if (!stream_ || !server::hears(*stream_, notice)) {
        return;
    }
    const bool last = server::closes(*stream_, notice);
    if (last) {
        stream_.reset();
    }
    send(app::EventArrived{notice.event.name, api::encode_event(notice.event)});
}

void Tab::hear_ping() {
    if (stream_) {
        send(app::EventArrived{"ping", api::encode_event({"ping", {}, {}, {}, town_.now_})});
    }
}

void Tab::check_stream() {
    if (!stream_) {
        return;
    }
    const auto last = server::check_stream(*stream_, *town_.store_, town_.now_).last;
    if (last) {
        stream_.reset();
        send(app::EventArrived{last->name, api::encode_event(*last)});
    }
}

}  // namespace pcc::story
