// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/siphash.hpp>

#include "support/catch.hpp"

#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstddef>
#include <cstring>
#include <string>

using namespace hookseal;

namespace {

/// The key 00 01 … 0f of the authors' test vectors.
constexpr siphash::key key{0x0706050403020100, 0x0f0e0d0c0b0a0908};

/// The message 00 01 … of their vectors.
std::string message(std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i)
        bytes.push_back(static_cast<char>(i));
    return bytes;
}

siphash::value by_openssl(const std::string& bytes, unsigned rounds, unsigned last_rounds) {
    EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "SIPHASH", nullptr);
    EVP_MAC_CTX* const context = EVP_MAC_CTX_new(mac);
    unsigned size = 16;
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_uint("size", &size), OSSL_PARAM_construct_uint("c-rounds", &rounds),
        OSSL_PARAM_construct_uint("d-rounds", &last_rounds), OSSL_PARAM_construct_end()};
    unsigned char out[16];
    std::size_t written = 0;
    REQUIRE(EVP_MAC_init(context, reinterpret_cast<const unsigned char*>(message(16).data()), 16, parameters)
            == 1);
    REQUIRE(EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == 1);
    REQUIRE(EVP_MAC_final(context, out, &written, sizeof out) == 1);
    REQUIRE(written == 16);
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
    siphash::value value;
    for (std::size_t i = 0; i < 2; ++i)
        value[i] = eight_bytes(reinterpret_cast<const char*>(out + 8 * i));
    return value;
}

template <class Hash = siphash>
constexpr siphash::value of(std::string_view bytes) {
    Hash hash(key);
    hash.update(bytes);
    return hash.finish();
}

} // namespace

TEST_CASE("siphash: the reference implementation's first vector with 128 bits") {
    // a3 81 7f 04 ba 25 a8 e6 6d f6 72 14 c7 55 02 93
    STATIC_REQUIRE(of("") == siphash::value{0xe6a825ba047f81a3, 0x930255c71472f66d});
}

TEST_CASE("siphash: agrees with OpenSSL's for every length of the reference vectors") {
    for (std::size_t size = 0; size < 64; ++size) {
        INFO(size);
        REQUIRE(of(message(size)) == by_openssl(message(size), 2, 4));
        REQUIRE(of<basic_siphash<1, 3>>(message(size)) == by_openssl(message(size), 1, 3));
    }
    REQUIRE(of(message(300)) == by_openssl(message(300), 2, 4)); // the length modulo 256 is hashed
}

TEST_CASE("siphash: a word is its eight bytes, the least significant one first") {
    siphash hash(key);
    hash.update("01234567");
    hash.update(eight_bytes("89abcdef"));
    hash.update("!");
    REQUIRE(hash.finish() == of("0123456789abcdef!"));
}

TEST_CASE("siphash: how the bytes are cut does not matter") {
    const std::string bytes = message(40);
    for (std::size_t first = 0; first <= bytes.size(); ++first)
        for (std::size_t second = first; second <= bytes.size(); second += 3) {
            siphash hash(key);
            hash.update(std::string_view(bytes).substr(0, first));
            hash.update(std::string_view(bytes).substr(first, second - first));
            hash.update(std::string_view(bytes).substr(second));
            REQUIRE(hash.finish() == of(bytes));
        }
}

TEST_CASE("siphash: depends on the whole key") {
    for (std::size_t word = 0; word < 2; ++word)
        for (unsigned bit = 0; bit < 64; ++bit) {
            siphash::key other = key;
            other[word] ^= std::uint64_t{1} << bit;
            siphash hash(other);
            hash.update("event");
            REQUIRE(hash.finish() != of("event"));
        }
}
