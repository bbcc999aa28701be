#include "core/base/secret.hpp"

#include <sstream>
#include <string>
#include <type_traits>

#include "core/base/id.hpp"
#include "core/base/remote.hpp"
#include "core/base/result.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc {
namespace {

template <class T>
concept Printable = requires(std::ostringstream& out, const T& value) {
    out << value;
};

static_assert(!Printable<Secret>, "a secret must not be printable by accident");
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<std::string, Secret>);
static_assert(!std::is_convertible_v<std::string, TokenHandle>);
static_assert(!std::is_constructible_v<TokenHandle, NetworkId>, "ids of two kinds do not mix");

TEST_CASE("secrets are copied, moved out of and wiped") {
    Secret original(std::string("a password that is long enough"));
    const Secret copy = original;
    CHECK(copy.reveal() == original.reveal());

    const Secret moved = std::move(original);
    CHECK(moved.reveal() == copy.reveal());
    CHECK(original.empty());  // NOLINT(bugprone-use-after-move): being empty is the promise

    Secret assigned(std::string("another one"));
    assigned = moved;
    CHECK(same_secret(assigned, moved));
    assigned.wipe();
    CHECK(assigned.empty());
    auto& itself = assigned;
    assigned = copy;
    assigned = itself;
    CHECK(same_secret(assigned, copy));
}

TEST_CASE("secrets are the same only when all of them is") {
    const Secret secret(std::string("correct horse"));
    CHECK(same_secret(secret, Secret(std::string("correct horse"))));
    CHECK_FALSE(same_secret(secret, Secret(std::string("correct horsf"))));
    CHECK_FALSE(same_secret(secret, Secret(std::string("Correct horse"))));
    CHECK_FALSE(same_secret(secret, Secret(std::string("correct hors"))));
    CHECK_FALSE(same_secret(secret, Secret()));
    CHECK(same_secret(Secret(), Secret()));
}

TEST_CASE("ids compare by value") {
    CHECK(TokenHandle("tok_a") == TokenHandle("tok_a"));
    CHECK(TokenHandle("tok_a") != TokenHandle("tok_b"));
    CHECK(TokenHandle("tok_a") < TokenHandle("tok_b"));
    CHECK(TokenHandle().empty());
}

TEST_CASE("remote data is in one state at a time") {
    Remote<int, std::string> remote = NotAsked{};
    CHECK(loaded(remote) == nullptr);
    remote = Loading{};
    CHECK(is_loading(remote));
    CHECK(failure(remote) == nullptr);
    remote = 7;
    REQUIRE(loaded(remote) != nullptr);
    CHECK(*loaded(remote) == 7);
    remote = Failed<std::string>{"offline"};
    CHECK(loaded(remote) == nullptr);
    REQUIRE(failure(remote) != nullptr);
    CHECK(*failure(remote) == "offline");
}

}  // namespace
}  // namespace pcc
