// SPDX-License-Identifier: MIT
#include <hookseal/crypto/hmac.hpp>

#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;
using hookseal_tests::hex_of;

namespace {

template <class Hash>
std::string tag_of(digest which, std::string_view key, std::string_view message) {
    hmac_key<Hash> prepared;
    running_hmac<Hash> running;
    unsigned char tag[max_digest_size];
    if (!prepared.prepare(which, key) || !running.start(prepared) || !running.update(message))
        return "(failed)";
    const std::size_t size = running.finish(prepared, tag);
    return size == 0 ? "(failed)" : hex_of({tag, tag + size});
}

std::string text_of(std::string_view hex) {
    const byte_vector bytes = from_hex(hex);
    return {bytes.begin(), bytes.end()};
}

struct test_case {
    std::string key;
    std::string message;
    std::string_view sha1;   ///< RFC 2202 section 3
    std::string_view sha256; ///< RFC 4231 section 4
    std::string_view sha512;
};

} // namespace

TEMPLATE_TEST_CASE("hmac: the cases of RFC 2202 and RFC 4231 come out", "", low_level_hash, evp_hash) {
    const test_case cases[] = {
        {std::string(20, '\x0b'), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
         "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
         "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"},
        {"Jefe", "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
         "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
         "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
        {std::string(20, '\xaa'), std::string(50, '\xdd'), "125d7342b9ac11cd91a39af48aa17b4f63f175d3",
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
         "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
         "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"},
        {text_of("0102030405060708090a0b0c0d0e0f10111213141516171819"), std::string(50, '\xcd'),
         "4c9007f4026250c6bc8414f9bf50c86c2d7235da",
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
         "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db"
         "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"},
    };
    for (const test_case& c : cases) {
        CHECK(tag_of<TestType>(digest::sha1, c.key, c.message) == c.sha1);
        CHECK(tag_of<TestType>(digest::sha256, c.key, c.message) == c.sha256);
        CHECK(tag_of<TestType>(digest::sha512, c.key, c.message) == c.sha512);
    }
    // RFC 4231 section 4.2, SHA-384, and the keys of sections 4.7 and RFC 2202 case 6, longer than a block.
    CHECK(tag_of<TestType>(digest::sha384, std::string(20, '\x0b'), "Hi There")
          == "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
             "faea9ea9076ede7f4af152e8b2fa9cb6");
    const std::string_view larger = "Test Using Larger Than Block-Size Key - Hash Key First";
    CHECK(tag_of<TestType>(digest::sha1, std::string(80, '\xaa'), larger)
          == "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    CHECK(tag_of<TestType>(digest::sha256, std::string(131, '\xaa'), larger)
          == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    CHECK(tag_of<TestType>(digest::sha512, std::string(131, '\xaa'), larger)
          == "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
             "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

TEMPLATE_TEST_CASE("hmac: keys of every length around a block agree with OpenSSL's one-shot function", "",
                   low_level_hash, evp_hash) {
    const std::pair<digest, const EVP_MD*> digests[] = {{digest::sha1, EVP_sha1()},
                                                        {digest::sha256, EVP_sha256()},
                                                        {digest::sha384, EVP_sha384()},
                                                        {digest::sha512, EVP_sha512()},
                                                        {digest::md5, EVP_md5()}};
    for (const auto& [which, md] : digests)
        for (std::size_t size = 1; size <= 300; ++size) {
            std::string key;
            for (std::size_t i = 0; i < size; ++i)
                key.push_back(static_cast<char>(i * 31 + size));
            const std::string message(size % 130, static_cast<char>(size));
            INFO(static_cast<int>(which) << ' ' << size);
            CHECK(tag_of<TestType>(which, key, message) == hex_of(hookseal_tests::hmac(md, key, message)));
        }
}

TEMPLATE_TEST_CASE("hmac: a key prepared once serves many messages, in pieces or whole", "", low_level_hash,
                   evp_hash) {
    hmac_key<TestType> key;
    REQUIRE(key.prepare(digest::sha256, "key"));
    const std::string message(1000, 'm');
    const std::string expected = hookseal_tests::hmac_sha256_hex("key", message);
    for (const std::size_t step : {1U, 63U, 64U, 65U, 999U, 1000U}) {
        running_hmac<TestType> running;
        REQUIRE(running.start(key));
        for (std::size_t at = 0; at < message.size(); at += step)
            REQUIRE(running.update(std::string_view(message).substr(at, step)));
        unsigned char tag[max_digest_size];
        REQUIRE(running.finish(key, tag) == 32);
        CHECK(hex_of({tag, tag + 32}) == expected);
    }
}

TEMPLATE_TEST_CASE("hmac: two messages under way at once do not touch each other", "", low_level_hash,
                   evp_hash) {
    hmac_key<TestType> key;
    REQUIRE(key.prepare(digest::sha512, "key"));
    running_hmac<TestType> first;
    running_hmac<TestType> second;
    REQUIRE(first.start(key));
    REQUIRE(second.start(key));
    REQUIRE(first.update("a"));
    REQUIRE(second.update("b"));
    unsigned char tag[max_digest_size];
    REQUIRE(first.finish(key, tag) == 64);
    CHECK(hex_of({tag, tag + 64}) == hex_of(hookseal_tests::hmac(EVP_sha512(), "key", "a")));
    REQUIRE(second.finish(key, tag) == 64);
    CHECK(hex_of({tag, tag + 64}) == hex_of(hookseal_tests::hmac(EVP_sha512(), "key", "b")));
}

TEMPLATE_TEST_CASE("hmac: an empty key is none, and neither is one for a checksum", "", low_level_hash,
                   evp_hash) {
    hmac_key<TestType> key;
    CHECK_FALSE(key.prepare(digest::sha256, ""));
    CHECK_FALSE(key.prepare(digest::sha256, {}));
    CHECK_FALSE(key.prepare(digest::crc32, "key"));
    running_hmac<TestType> running;
    CHECK_FALSE(running.start(key));
    CHECK_FALSE(running.update("message"));
    unsigned char tag[max_digest_size];
    CHECK(running.finish(key, tag) == 0);
}

TEMPLATE_TEST_CASE("hmac: without a key it is the plain hash", "", low_level_hash, evp_hash) {
    running_hmac<TestType> running;
    REQUIRE(running.start(digest::sha256));
    REQUIRE(running.update("abc"));
    unsigned char hash[max_digest_size];
    REQUIRE(running.finish(hash) == 32);
    CHECK(hex_of({hash, hash + 32}) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
