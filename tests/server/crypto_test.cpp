// Keys, sealing, digests and passwords.
#include <atomic>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "server/crypto/digest.hpp"
#include "server/crypto/keys.hpp"
#include "server/crypto/passwords.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::server;
using pcc::test::Folder;
using pcc::test::RepeatingRandom;

namespace {

auto text_of(const std::string& path) -> std::string {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
    ::chmod(path.c_str(), 0600);
}

auto mode_of(const std::string& path) -> unsigned {
    struct stat info {};
    ::stat(path.c_str(), &info);
    return info.st_mode & 0777U;
}

}  // namespace

TEST_CASE("SHA-256 gives the published values") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("base64url and hexadecimal come back as they went, and refuse what is neither") {
    const Bytes bytes{0, 1, 254, 255, 62, 63};
    CHECK(from_base64url(to_base64url(bytes.data(), bytes.size())) == bytes);
    CHECK(from_hex(to_hex(bytes.data(), bytes.size())) == bytes);
    CHECK_FALSE(from_base64url("ab+/").has_value());
    CHECK_FALSE(from_base64url("abc=").has_value());
    CHECK_FALSE(from_hex("abc").has_value());
    CHECK_FALSE(from_hex("AB").has_value());
}

TEST_CASE("a canonical text tells two lists apart that join to the same") {
    CHECK(canonical_text({"ab", "c"}) != canonical_text({"a", "bc"}));
    CHECK(canonical_text({"", "a"}) != canonical_text({"a", ""}));
}

TEST_CASE("a keys file is private, made once, and read back as the same keys") {
    const Folder folder;
    RepeatingRandom random;
    const auto path = folder.file("keys");
    const auto made = Keys::create(path, random);
    REQUIRE(made.has_value());
    CHECK(mode_of(path) == 0600);
    CHECK(Keys::create(path, random).error().fault == KeysError::Fault::Exists);
    const auto loaded = Keys::load(path);
    REQUIRE(loaded.has_value());
    const Secret cookie("cookie");
    CHECK(loaded->session_hash(cookie) == made->session_hash(cookie));
    const auto hash = loaded->session_hash(cookie);
    CHECK(loaded->csrf(cookie, hash).reveal() == made->csrf(cookie, hash).reveal());
    CHECK(loaded->csrf(cookie, hash).reveal() != hash);
}

TEST_CASE("a keys file of the first version of the program gives the same keys as then") {
    const Folder folder;
    const auto path = folder.file("keys");
    std::string digits;
    for (int i = 0; i < 2; ++i)
        digits += "00112233445566778899aabbccddeeff";
    write(path, "pcc-keys 1\n1 " + digits + "\n");
    const auto keys = Keys::load(path);
    REQUIRE(keys.has_value());
    // Worked out apart: HMAC-SHA256 under BLAKE2b of the master key, as libsodium derives subkeys.
    CHECK(keys->session_hash(Secret("cookie")) == "_TJcufpgQWc-ZtxS0z75AR8Hht1y-XU461RHDrU2Wo0");
    const auto signature = keys->sign("text");
    CHECK(keys->is_signed("text", signature));
    CHECK_FALSE(keys->is_signed("texts", signature));
    CHECK_FALSE(keys->is_signed("text", {2, signature.text}));
    RepeatingRandom random;
    CHECK_FALSE(Keys::in_memory(random).is_signed("text", signature));
}

TEST_CASE("a keys file that others may read or change is refused, with what to do") {
    const Folder folder;
    RepeatingRandom random;
    const auto path = folder.file("keys");
    REQUIRE(Keys::create(path, random).has_value());
    for (const auto mode : {0640U, 0604U, 0620U, 0602U, 0601U, 0666U}) {
        ::chmod(path.c_str(), mode);
        const auto loaded = Keys::load(path);
        REQUIRE_FALSE(loaded.has_value());
        CHECK(loaded.error().fault == KeysError::Fault::NotPrivate);
        CHECK(loaded.error().message.find("chmod 600") != std::string::npos);
    }
    ::chmod(path.c_str(), 0400);
    CHECK(Keys::load(path).has_value());
}

TEST_CASE("a keys file that is missing or not whole is refused") {
    const Folder folder;
    RepeatingRandom random;
    const auto path = folder.file("keys");
    CHECK(Keys::load(path).error().fault == KeysError::Fault::Missing);
    REQUIRE(Keys::create(path, random).has_value());
    const auto whole = text_of(path);
    for (const auto& text : {std::string(), whole.substr(0, whole.size() - 1), whole.substr(0, 20),
                             whole + whole, "x" + whole, std::string("pcc-keys 1\n"),
                             std::string("pcc-keys 1\n0 ") + whole.substr(13)}) {
        write(path, text);
        const auto loaded = Keys::load(path);
        REQUIRE_FALSE(loaded.has_value());
        CHECK(loaded.error().fault == KeysError::Fault::Malformed);
    }
}

TEST_CASE("a Token ID opens only where, as what, and with the key it was sealed") {
    RepeatingRandom random;
    const auto keys = Keys::in_memory(random);
    const auto id = random_token_id(random);
    const OrganizationId org("org_a");
    const TokenHandle handle("tok_a");
    const auto sealed = keys.seal(id, org, handle, random);
    CHECK(sealed.sealed.find(std::string(id.text().reveal().substr(4))) == std::string::npos);
    REQUIRE(keys.open(sealed, org, handle).has_value());
    CHECK(keys.open(sealed, org, handle)->reveal() == id.text().reveal());
    CHECK_FALSE(keys.open(sealed, OrganizationId("org_b"), handle).has_value());
    CHECK_FALSE(keys.open(sealed, org, TokenHandle("tok_b")).has_value());
    CHECK_FALSE(keys.open({2, sealed.sealed}, org, handle).has_value());
    CHECK_FALSE(keys.open({1, ""}, org, handle).has_value());
    auto changed = sealed;
    changed.sealed[40] = changed.sealed[40] == 'A' ? 'B' : 'A';
    CHECK_FALSE(keys.open(changed, org, handle).has_value());
    CHECK_FALSE(Keys::in_memory(random).open(sealed, org, handle).has_value());
}

TEST_CASE("after a rotation old tokens are still found and opened, and new ones use the new key") {
    const Folder folder;
    RepeatingRandom random;
    const auto path = folder.file("keys");
    const auto old_keys = *Keys::create(path, random);
    const auto id = random_token_id(random);
    const auto sealed = old_keys.seal(id, OrganizationId("o"), TokenHandle("t"), random);
    write(path, text_of(path) + "2 " + std::string(64, 'a') + "\n");
    const auto keys = *Keys::load(path);
    CHECK(keys.current_version() == 2);
    CHECK(keys.token_lookup(id) != old_keys.token_lookup(id));
    CHECK(keys.token_lookups(id).back() == old_keys.token_lookup(id));
    CHECK(keys.open(sealed, OrganizationId("o"), TokenHandle("t")).has_value());
}

TEST_CASE("a password is known again, another one is not, and nobody has any") {
    PasswordHasher passwords(PasswordCost::cheap());
    const auto hash = passwords.hash(Secret("a password of mine"));
    REQUIRE(hash.has_value());
    CHECK(hash->find("argon2id") != std::string::npos);
    CHECK(*passwords.verify(*hash, Secret("a password of mine")));
    CHECK_FALSE(*passwords.verify(*hash, Secret("a password of yours")));
    CHECK_FALSE(*passwords.verify_nobody(Secret("nobody has this password")));
    CHECK_FALSE(*passwords.verify("", Secret("")));
}

TEST_CASE("the real cost of a password is the one that was decided") {
    PasswordHasher passwords;
    CHECK(passwords.hash(Secret("x"))->find("m=65536,t=2,p=1") != std::string::npos);
}

TEST_CASE("more passwords at once than there is room for are turned away, not piled up") {
    PasswordHasher passwords({2, 32UL * 1024 * 1024}, 1, 1);
    std::atomic<int> busy{0};
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto hash = passwords.hash(Secret("x"));
            hash ? ++done : ++busy;
        });
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(done + busy == 8);
    CHECK(done >= 1);
    CHECK(busy >= 1);
}
