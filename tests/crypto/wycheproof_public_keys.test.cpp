// SPDX-License-Identifier: MIT
// RSA, RSA-PSS, ECDSA and Ed25519 by the files of C2SP/wycheproof, where they are at hand: through what a verifier goes
// through, from the text of a key to the verdict on a signature.
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/running_proof.hpp>
#include <hookseal/crypto/secret.hpp>

#include "crypto/reference.hpp"
#include "support/catch.hpp"
#include "support/skip.hpp"

#include <nlohmann/json.hpp>

#include <openssl/err.h>

#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;

namespace {

std::optional<nlohmann::json> file(const std::string& name) {
    const auto folder = hookseal_tests::folder("HOOKSEAL_VECTORS");
    if (!folder) return std::nullopt;
    std::ifstream in{*folder / "wycheproof" / name};
    REQUIRE(in);
    return nlohmann::json::parse(in);
}

byte_vector bytes(const nlohmann::json& value) { return from_hex(value.get<std::string>()); }

std::string_view view(const byte_vector& from) {
    return {reinterpret_cast<const char*>(from.data()), from.size()};
}

/// The key of a group in every form that the file has it in, as which it must be one key.
std::vector<public_key> keys_of(const nlohmann::json& group) {
    std::vector<public_key> keys;
    keys.emplace_back(group.at("publicKeyPem").get<std::string>());
    keys.push_back(public_key::from_bytes(bytes(group.at("publicKeyDer"))));
    for (const char* name : {"publicKeyJwk", "keyJwk"})
        if (group.contains(name)) keys.emplace_back(group.at(name).dump());
    if (group.contains("publicKeyAsn"))
        keys.push_back(public_key::from_bytes(bytes(group.at("publicKeyAsn"))));
    return keys;
}

template <class Hash>
bool accepts(const prepared_key<Hash>& key, std::string_view message, const byte_vector& signature) {
    running_proof<Hash> running;
    return running.start(key) && running.update(message.substr(0, message.size() / 2))
           && running.update(message.substr(message.size() / 2)) && running.finish()
           && running.holds(signature);
}

template <class Hash>
void check(const std::string& name, const key_format& format) {
    const auto vectors = file(name);
    if (!vectors) return;
    std::size_t done = 0;
    for (const auto& group : vectors->at("testGroups")) {
        std::vector<prepared_key<Hash>> keys;
        for (const public_key& text : keys_of(group))
            REQUIRE(keys.emplace_back().prepare(format, text) == error::none);
        for (const auto& test : group.at("tests")) {
            INFO(name << ' ' << test.at("tcId") << ": " << test.at("comment"));
            // 'acceptable' are three signatures whose DigestInfo lacks its NULL (RFC 8017, appendix B.1, allows it for
            // old signers): refused. No provider makes them, and one spelling is enough.
            const bool valid = test.at("result") == "valid";
            const byte_vector message = bytes(test.at("msg"));
            const byte_vector signature = bytes(test.at("sig"));
            for (const prepared_key<Hash>& key : keys)
                CHECK(accepts(key, view(message), signature) == valid);
            ++done;
        }
    }
    CHECK(done == vectors->at("numberOfTests"));
    CHECK(ERR_peek_error() == 0);
}

} // namespace

TEMPLATE_TEST_CASE("wycheproof: RSASSA-PKCS1-v1_5 signatures are as the files say", "[vectors]",
                   low_level_hash, evp_hash) {
    check<TestType>("rsa_signature_2048_sha256_test.json", {.how = proof::rsa});
    check<TestType>("rsa_signature_2048_sha512_test.json", {.how = proof::rsa, .hash = digest::sha512});
    check<TestType>("rsa_signature_4096_sha256_test.json", {.how = proof::rsa});
}

TEMPLATE_TEST_CASE("wycheproof: RSASSA-PSS signatures are as the files say", "[vectors]", low_level_hash,
                   evp_hash) {
    check<TestType>("rsa_pss_2048_sha256_mgf1_32_test.json", {.how = proof::rsa_pss});
    check<TestType>("rsa_pss_4096_sha512_mgf1_64_test.json", {.how = proof::rsa_pss, .hash = digest::sha512});
}

TEMPLATE_TEST_CASE("wycheproof: ECDSA signatures in DER are as the files say", "[vectors]", low_level_hash,
                   evp_hash) {
    check<TestType>("ecdsa_secp256r1_sha256_test.json", {.how = proof::ecdsa_der});
    check<TestType>("ecdsa_secp384r1_sha384_test.json", {.how = proof::ecdsa_der, .hash = digest::sha384});
}

TEMPLATE_TEST_CASE("wycheproof: ECDSA signatures r || s are as the files say", "[vectors]", low_level_hash,
                   evp_hash) {
    check<TestType>("ecdsa_secp256r1_sha256_p1363_test.json", {.how = proof::ecdsa_p1363});
    check<TestType>("ecdsa_secp384r1_sha384_p1363_test.json",
                    {.how = proof::ecdsa_p1363, .hash = digest::sha384});
}

TEST_CASE("wycheproof: Ed25519 signatures are as the file says, under keys in PEM, DER and JWK",
          "[vectors]") {
    check<default_hash>("ed25519_test.json", {.how = proof::ed25519});
}
