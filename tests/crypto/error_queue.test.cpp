// SPDX-License-Identifier: MIT
// What we leave in OpenSSL's error queue, the host program's TLS code would take for an error of its own.
#include <hookseal/crypto/body_digests.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/random.hpp>
#include <hookseal/crypto/running_proof.hpp>
#include <hookseal/crypto/signing_key.hpp>

#include "core/print.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <functional>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;

namespace {

constexpr std::string_view sound_key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
constexpr std::string_view no_point = "0200000000000000000000000000000000000000000000000000000000000000";

using key_bytes = std::span<const unsigned char, ed25519_key_size>;

pkey loaded(std::string_view hex) {
    const byte_vector bytes = from_hex(hex);
    return load_ed25519_public_key(key_bytes(bytes.data(), bytes.size()));
}

struct operation {
    const char* what;
    std::function<void()> run;
};

template <class Hash>
void prove_with(const key_format& format, const key_material& material, std::string_view signature_hex) {
    prepared_key<Hash> key;
    if (key.prepare(format, material) != error::none) return;
    running_proof<Hash> proof;
    if (!proof.start(key) || !proof.update("message") || !proof.finish()) return;
    static_cast<void>(proof.holds(from_hex(signature_hex)));
}

std::vector<operation> all_operations() {
    const key_format ed25519{.how = proof::ed25519, .form = {.encoding = encoding::hex}};
    return {
        {"a key of small order", [] { static_cast<void>(loaded(std::string(64, '0'))); }},
        {"a key that is no point",
         [] {
             const pkey key = loaded(no_point);
             static_cast<void>(verify_ed25519(key, "message", byte_vector(64, 1)));
         }},
        {"a bad signature",
         [] { static_cast<void>(verify_ed25519(loaded(sound_key), "m", byte_vector(64, 1))); }},
        {"a signature with S >= L",
         [] { static_cast<void>(verify_ed25519(loaded(sound_key), "m", byte_vector(64, 0xff))); }},
        {"a signature that is cut off",
         [] { static_cast<void>(verify_ed25519(loaded(sound_key), "m", byte_vector(63, 1))); }},
        {"Ed25519 as a proof",
         [ed25519] { prove_with<default_hash>(ed25519, public_key(sound_key), std::string(128, 'a')); }},
        {"HMAC", [] { prove_with<low_level_hash>({}, secret("key"), std::string(64, 'a')); }},
        {"HMAC through EVP", [] { prove_with<evp_hash>({}, secret("key"), std::string(64, 'a')); }},
        {"HMAC of a checksum through EVP",
         [] { prove_with<evp_hash>({.hash = digest::crc32}, secret("key"), std::string(64, 'a')); }},
        {"a token", [] { prove_with<default_hash>({.how = proof::token}, secret("key"), "aa"); }},
        {"a private key of another length",
         [ed25519] { static_cast<void>(signing_key{}.prepare(ed25519, secret("00"))); }},
        {"a signature",
         [ed25519] {
             signing_key key;
             byte_vector signature(64);
             static_cast<void>(key.prepare(ed25519, secret(sound_key)));
             static_cast<void>(key.sign("message", signature));
             static_cast<void>(key.public_part(std::span<unsigned char, 32>(signature.data(), 32)));
         }},
        {"digests of a body",
         [] {
             body_digests digests;
             static_cast<void>(digests.want(digest::md5));
             static_cast<void>(digests.want(digest::sha512));
             static_cast<void>(digests.update("body"));
             static_cast<void>(digests.finish());
             static_cast<void>(digests.finish()); // once too often
         }},
        {"a hash that is finished twice",
         [] {
             evp_hash hash;
             unsigned char out[max_digest_size];
             static_cast<void>(hash.start(digest::sha256));
             static_cast<void>(hash.finish(out));
             static_cast<void>(hash.update("more"));
             static_cast<void>(hash.finish(out));
         }},
        {"random bytes",
         [] {
             unsigned char bytes[8];
             static_cast<void>(random_bytes(bytes));
         }},
    };
}

/// While one lives, OpenSSL finds no implementation of anything.
class nothing_to_fetch {
public:
    nothing_to_fetch() { REQUIRE(EVP_set_default_properties(nullptr, "provider=none-of-this-name") == 1); }
    nothing_to_fetch(const nothing_to_fetch&) = delete;
    nothing_to_fetch& operator=(const nothing_to_fetch&) = delete;
    ~nothing_to_fetch() { EVP_set_default_properties(nullptr, ""); }
};

void leaves_the_queue_as_it_was(const operation& each) {
    INFO(each.what);
    ERR_clear_error();
    each.run();
    CHECK(ERR_peek_error() == 0);

    ERR_raise_data(ERR_LIB_USER, 7, "the host's own");
    const unsigned long before = ERR_peek_last_error();
    each.run();
    CHECK(ERR_peek_last_error() == before);
    CHECK(ERR_get_error() == before);
    CHECK(ERR_get_error() == 0);
}

} // namespace

TEST_CASE("error queue: is left as it was found, empty or not") {
    for (const operation& each : all_operations())
        leaves_the_queue_as_it_was(each);
}

TEST_CASE("error queue: is left as it was found also where OpenSSL has no implementation to offer") {
    const nothing_to_fetch now;
    for (const operation& each : all_operations())
        leaves_the_queue_as_it_was(each);
}

TEST_CASE("error queue: where OpenSSL has no implementation to offer, nothing is proved") {
    prepared_key<evp_hash> before;
    REQUIRE(before.prepare({.how = proof::keyed_hash}, secret("key")) == error::none);
    const nothing_to_fetch now;
    prepared_key<evp_hash> key;
    CHECK(key.prepare(key_format{}, secret("key")) == error::internal_failure);
    CHECK(key.prepare({.how = proof::token}, secret("key")) == error::internal_failure);
    CHECK(key.prepare({.how = proof::ed25519, .form = {.encoding = encoding::hex}}, public_key(sound_key))
          == error::unsuitable_key);
    running_proof<evp_hash> proof;
    CHECK_FALSE(proof.start(before));
    CHECK_FALSE(proof.finish());
    CHECK_FALSE(proof.holds(byte_vector(32, 0)));
    CHECK_FALSE(proof.holds({}));
    body_digests digests;
    CHECK_FALSE(digests.want(digest::sha256));
    unsigned char out[32];
    CHECK_FALSE(sha256("abc", out));
}
