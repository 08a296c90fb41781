// SPDX-License-Identifier: MIT
// The files of C2SP/wycheproof, C2SP/CCTV, novifinancial/ed25519-speccheck and the RFCs, where they are at hand.
#include <hookseal/crypto/ed25519.hpp>
#include <hookseal/crypto/equal.hpp>
#include <hookseal/crypto/hmac.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/crypto/signing_key.hpp>

#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/skip.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;

namespace {

std::optional<nlohmann::json> file(std::string_view path) {
    const auto folder = hookseal_tests::folder("HOOKSEAL_VECTORS");
    if (!folder) return std::nullopt;
    std::ifstream in{*folder / path};
    REQUIRE(in);
    return nlohmann::json::parse(in);
}

byte_vector bytes(const nlohmann::json& value) { return from_hex(value.get<std::string>()); }

std::string_view view(const byte_vector& from) {
    return {reinterpret_cast<const char*>(from.data()), from.size()};
}

template <class Hash>
byte_vector tag_of(digest which, const byte_vector& key, const byte_vector& message) {
    hmac_key<Hash> prepared;
    running_hmac<Hash> running;
    unsigned char tag[max_digest_size];
    REQUIRE(prepared.prepare(which, view(key)));
    REQUIRE(running.start(prepared));
    REQUIRE(running.update(view(message)));
    return {tag, tag + running.finish(prepared, tag)};
}

bool ed25519_accepts(const byte_vector& key, const byte_vector& message, const byte_vector& signature) {
    if (key.size() != ed25519_key_size) return false;
    const pkey loaded =
        load_ed25519_public_key(std::span<const unsigned char, ed25519_key_size>(key.data(), key.size()));
    return loaded && verify_ed25519(loaded, view(message), signature);
}

bool has_flag(const nlohmann::json& test, std::initializer_list<std::string_view> flags) {
    if (test.at("flags").is_null()) return false;
    return std::any_of(test.at("flags").begin(), test.at("flags").end(), [&](const auto& flag) {
        const std::string text = flag;
        return std::find(flags.begin(), flags.end(), text) != flags.end();
    });
}

} // namespace

TEMPLATE_TEST_CASE("wycheproof: HMAC tags are as the files say, and a cut one is never equal", "[vectors]",
                   low_level_hash, evp_hash) {
    const std::pair<const char*, digest> files[] = {{"wycheproof/hmac_sha1_test.json", digest::sha1},
                                                    {"wycheproof/hmac_sha256_test.json", digest::sha256},
                                                    {"wycheproof/hmac_sha384_test.json", digest::sha384},
                                                    {"wycheproof/hmac_sha512_test.json", digest::sha512}};
    for (const auto& [path, which] : files) {
        const auto vectors = file(path);
        if (!vectors) return;
        std::size_t done = 0;
        for (const auto& group : vectors->at("testGroups")) {
            const std::size_t size = group.at("tagSize").template get<std::size_t>() / 8;
            for (const auto& test : group.at("tests")) {
                INFO(path << ' ' << test.at("tcId"));
                const byte_vector computed =
                    tag_of<TestType>(which, bytes(test.at("key")), bytes(test.at("msg")));
                const byte_vector tag = bytes(test.at("tag"));
                const bool valid = test.at("result") == "valid";
                const bool begins_so = std::equal(tag.begin(), tag.end(), computed.begin());
                CHECK((begins_so && tag.size() == size) == valid);
                CHECK(equal(tag, computed) == (valid && size == size_of(which)));
                ++done;
            }
        }
        CHECK(done == vectors->at("numberOfTests"));
    }
}

TEST_CASE("wycheproof: Ed25519 signatures are as the file says", "[vectors]") {
    const auto vectors = file("wycheproof/ed25519_test.json");
    if (!vectors) return;
    std::size_t done = 0;
    for (const auto& group : vectors->at("testGroups")) {
        const byte_vector key = bytes(group.at("publicKey").at("pk"));
        for (const auto& test : group.at("tests")) {
            INFO(test.at("tcId"));
            CHECK(ed25519_accepts(key, bytes(test.at("msg")), bytes(test.at("sig")))
                  == (test.at("result") == "valid"));
            ++done;
        }
    }
    CHECK(done == vectors->at("numberOfTests"));
}

TEST_CASE("cctv: of Ed25519's edge cases those hold that every strict reader takes", "[vectors]") {
    const auto vectors = file("ed25519/cctv_ed25519vectors.json");
    if (!vectors) return;
    std::size_t accepted = 0;
    std::size_t unsound = 0;
    for (const auto& test : *vectors) {
        INFO(test.at("number"));
        const byte_vector key = bytes(test.at("key"));
        const bool bad_key = has_flag(test, {"low_order_A", "non_canonical_A"});
        const bool sound = is_sound_ed25519_key(std::span<const unsigned char, 32>(key.data(), 32));
        CHECK(sound == !bad_key);
        unsound += sound ? 0U : 1U;
        const bool strict = !bad_key && !has_flag(test, {"non_canonical_R", "low_order_residue"});
        const auto message = test.at("msg").get<std::string>();
        const bool accepts = ed25519_accepts(key, {message.begin(), message.end()}, bytes(test.at("sig")));
        CHECK(accepts == strict);
        accepted += accepts ? 1U : 0U;
    }
    CHECK(vectors->size() == 914);
    CHECK(unsound > 500);
    CHECK(accepted > 0);
}

TEST_CASE("speccheck: the keys of its first two cases, and of its last, are no keys", "[vectors]") {
    const auto vectors = file("ed25519/speccheck_cases.json");
    if (!vectors) return;
    // Case by case as its paper says: 0 and 1 have a key of small order, 2 a small R, 3 mixed orders that cofactorless
    // verification takes, 4 and 5 only cofactored takes, 6 and 7 have S >= L, 8 and 9 a non-canonical R, 10 and 11 a
    // non-canonical key.
    const bool expected[] = {false, false, true,  true,  false, false,
                             false, false, false, false, false, false};
    REQUIRE(vectors->size() == std::size(expected));
    for (std::size_t i = 0; i < vectors->size(); ++i) {
        INFO(i);
        const auto& test = (*vectors)[i];
        CHECK(
            ed25519_accepts(bytes(test.at("pub_key")), bytes(test.at("message")), bytes(test.at("signature")))
            == expected[i]);
    }
}

TEST_CASE("rfc files: HMAC and Ed25519 cases are as they say, and signing gives the same signatures",
          "[vectors]") {
    for (const char* path : {"rfc/rfc2202_hmac_sha1.json", "rfc/rfc4231_hmac_sha2.json"}) {
        const auto vectors = file(path);
        if (!vectors) return;
        const std::pair<std::string_view, digest> algorithms[] = {{"HMAC-SHA1", digest::sha1},
                                                                  {"HMAC-SHA256", digest::sha256},
                                                                  {"HMAC-SHA384", digest::sha384},
                                                                  {"HMAC-SHA512", digest::sha512}};
        for (const auto& test : vectors->at("cases"))
            for (const auto& [name, which] : algorithms) {
                if (test.at("alg") != name) continue;
                INFO(test.at("id"));
                CHECK(tag_of<low_level_hash>(which, bytes(test.at("key_hex")), bytes(test.at("msg_hex")))
                      == bytes(test.at("mac_hex")));
                CHECK(tag_of<evp_hash>(which, bytes(test.at("key_hex")), bytes(test.at("msg_hex")))
                      == bytes(test.at("mac_hex")));
            }
    }
    const auto vectors = file("rfc/rfc8032_ed25519.json");
    for (const auto& test : vectors->at("cases")) {
        INFO(test.at("id"));
        const byte_vector message = bytes(test.at("msg_hex"));
        const byte_vector signature = bytes(test.at("sig_hex"));
        const bool accept = test.at("expect") == "accept";
        CHECK(ed25519_accepts(bytes(test.at("pk_hex")), message, signature) == accept);
        if (!accept) continue;
        signing_key key;
        REQUIRE(key.prepare({.how = proof::ed25519}, secret::from_bytes(bytes(test.at("seed_hex"))))
                == error::none);
        byte_vector made(64);
        CHECK(key.sign(view(message), made));
        CHECK(made == signature);
    }
}
