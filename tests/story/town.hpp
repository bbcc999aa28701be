// A town for stories: one backend, its clock, and the tabs of the people who use it, in one
// process. Layer: tests. The console's real update and view against the server's real handle and
// SQLite.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/app/update.hpp"
#include "core/view/view.hpp"
#include "server/accounts.hpp"
#include "server/crypto/keys.hpp"
#include "server/crypto/passwords.hpp"
#include "server/crypto/random.hpp"
#include "server/handle.hpp"
#include "server/store/store.hpp"
#include "tests/support/tree.hpp"

namespace pcc::story {

class Town;

/// One browser tab: a model, a cookie jar it shares with nobody, and what the browser would do.
class Tab {
  public:
    Tab(Town& town, std::string ip);

    /// Opens the console at a path; nobody is signed in.
    void open(const std::string& path = "/");
    void sign_in(const std::string& email, const std::string& password);
    /// The browser's Back.
    void back();
    /// The page is loaded again: the model is gone, cookie and history entry stay.
    void reload();

    // What a person does. Each fails the test when there is no such thing to press or to fill.
    void press(const std::string& button);
    void follow(const std::string& link);
    void choose(const std::string& choice);
    void type(const std::string& field, const std::string& text);
    void send(const app::Msg& msg);
    /// The computer sleeps: nothing ticks, and the stream is gone without a word.
    void sleep();
    /// It goes on: the next frame is all that tells.
    void wake();
    /// Lets the timers that were started fire.
    void settle();

    auto picture() const -> view::Picture { return view::view(model_); }
    auto sees(const std::string& words) const -> bool { return testing::shows(picture(), words); }
    auto has(view::Kind kind, const std::string& name) const -> bool;
    auto model() const -> const app::Model& { return model_; }
    auto clipboard() const -> const std::string& { return clipboard_; }
    auto url() const -> const std::string& { return entries_.back(); }
    auto is_at_sign_in() const -> bool { return signing_in_; }
    auto sign_in_notice() const -> const std::string& { return notice_; }

    /// A request as this tab would send it, past the console: for what the console does not offer.
    auto request(api::Method method, const std::string& target, const std::string& body = "{}")
        -> api::HttpResponse;

    bool offline = false;

  private:
    friend class Town;
    void dispatch(const app::Msg& msg);
    void run(const app::Effect& effect);
    auto exchange(api::HttpRequest request) -> api::HttpResponse;
    void remember_cookie(const api::Headers& headers);
    void open_events(const AssumptionId& assumption);
    void hear(const server::Notice& notice);
    void hear_ping();
    void check_stream();

    Town& town_;
    std::string ip_;
    app::Model model_;
    std::deque<app::Msg> inbox_;
    std::vector<app::TimerId> timers_;
    std::string cookie_;
    std::string clipboard_;
    std::vector<std::string> entries_{"/"};  // the history of this tab up to here
    AssumptionId remembered_;
    std::optional<server::Subscription> stream_;
    bool signing_in_ = false;
    bool running_ = false;
    bool asleep_ = false;
    std::string notice_;
};

/// Random bytes that are the same in every run.
class StoryRandom final : public server::RandomSource {
  public:
    void fill(std::uint8_t* bytes, std::size_t count) override;

  private:
    std::uint64_t state_ = 0x9e3779b97f4a7c15ULL;
};

class Town {
  public:
    Town();
    ~Town();

    auto tab(const std::string& ip = "192.0.2.1") -> Tab&;
    /// Time passes for everybody; open tabs and streams notice.
    void wait(Millis length);
    auto now() const -> Instant { return now_; }

    struct Account {
        std::string email;
        std::string password;
    };
    Account ana;  // admin of Aurora Hotels
    Account sam;  // network admin of NetCare Support
    Account lee;  // guest of Fieldworks
    NetworkId lisbon;

  private:
    friend class Tab;
    auto world() -> server::World;
    auto serve(const server::Arrival& arrival) -> server::Reply;
    auto add_user(const OrganizationId& organization, access::Role role, const std::string& name,
                  const std::string& email) -> Account;
    void found();

    std::string folder_;
    Instant now_;
    StoryRandom random_;
    server::PasswordHasher passwords_;
    server::Keys keys_;
    std::unique_ptr<server::Store> store_;
    std::deque<Tab> tabs_;
    int last_request_ = 0;
};

}  // namespace pcc::story
