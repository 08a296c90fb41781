// SPDX-License-Identifier: MIT
#include <hookseal/crypto/ed25519.hpp>

#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;

namespace {

using key_bytes = std::span<const unsigned char, ed25519_key_size>;

bool is_sound(std::string_view hex) {
    const byte_vector bytes = from_hex(hex);
    return is_sound_ed25519_key(key_bytes(bytes.data(), bytes.size()));
}

pkey loaded(std::string_view hex) {
    const byte_vector bytes = from_hex(hex);
    return load_ed25519_public_key(key_bytes(bytes.data(), bytes.size()));
}

struct test_vector {
    std::string_view public_key;
    std::string_view message;
    std::string_view signature;
};
// RFC 8032 section 7.1, TEST 1 to TEST 3.
constexpr test_vector rfc8032[] = {
    {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f"
     "0595bbe246"
     "55141438e7a100b"},
    {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2ea"
     "eb4302aeeb"
     "00d291612bb0c00"},
    {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e"
     "9716ed28dc"
     "027beceea1ec40a"},
};

} // namespace

TEST_CASE("ed25519: RFC 8032's signatures hold, and none that differs from one in a bit") {
    for (const test_vector& v : rfc8032) {
        const pkey key = loaded(v.public_key);
        REQUIRE(key);
        const byte_vector message = from_hex(v.message);
        const std::string text(message.begin(), message.end());
        byte_vector signature = from_hex(v.signature);
        CHECK(verify_ed25519(key, text, signature));
        CHECK_FALSE(verify_ed25519(key, text + "x", signature));
        for (std::size_t bit = 0; bit < 8 * signature.size(); bit += 3) {
            byte_vector other = signature;
            other[bit / 8] = static_cast<unsigned char>(other[bit / 8] ^ (1U << bit % 8));
            CHECK_FALSE(verify_ed25519(key, text, other));
        }
        const pkey other =
            loaded(rfc8032[0].public_key == v.public_key ? rfc8032[1].public_key : rfc8032[0].public_key);
        CHECK_FALSE(verify_ed25519(other, text, signature));
    }
}

TEST_CASE("ed25519: a signature is 64 bytes, and a key that is none verifies nothing") {
    const pkey key = loaded(rfc8032[0].public_key);
    byte_vector signature = from_hex(rfc8032[0].signature);
    CHECK(verify_ed25519(key, {}, signature));
    CHECK_FALSE(verify_ed25519(pkey{}, {}, signature));
    CHECK_FALSE(verify_ed25519(key, {}, {}));
    CHECK_FALSE(verify_ed25519(key, {}, std::span(signature).first(63)));
    signature.push_back(0);
    CHECK_FALSE(verify_ed25519(key, {}, signature));
}

TEST_CASE("ed25519: S + L is another spelling of S, and refused") {
    // The same signature as RFC 8032's TEST 1 with the group's order added to S.
    const byte_vector malleable = from_hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901554"
                                           "c8c7872aa064e049dbb3013fbf29380d25bf5f0595bbe2465"
                                           "5141438e7a101b");
    CHECK_FALSE(verify_ed25519(loaded(rfc8032[0].public_key), {}, malleable));
}

TEST_CASE("ed25519: the fourteen encodings of points of small order are no keys") {
    // The eight points of small order, and the other encodings of theirs: the y coordinates 0, 1, two of order 8 and
    // p-1, then p and p+1, which are 0 and 1 again; each with either sign.
    const std::string_view y_coordinates[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    };
    for (const std::string_view y : y_coordinates) {
        INFO(y);
        byte_vector bytes = from_hex(y);
        CHECK_FALSE(is_sound_ed25519_key(key_bytes(bytes.data(), 32)));
        CHECK_FALSE(load_ed25519_public_key(key_bytes(bytes.data(), 32)));
        bytes[31] = static_cast<unsigned char>(bytes[31] | 0x80);
        CHECK_FALSE(is_sound_ed25519_key(key_bytes(bytes.data(), 32)));
        CHECK_FALSE(load_ed25519_public_key(key_bytes(bytes.data(), 32)));
    }
}

TEST_CASE("ed25519: y is less than p, in one spelling") {
    std::string text = "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
    constexpr char digits[] = "0123456789abcdef";
    for (unsigned low = 0; low < 256; ++low) {
        text[0] = digits[low / 16];
        text[1] = digits[low % 16];
        INFO(text);
        // p ends in ed; ec is p-1, of small order. Neither sign makes a difference.
        CHECK(is_sound(text) == (low < 0xec));
        std::string negative = text;
        negative[62] = 'f';
        CHECK(is_sound(negative) == (low < 0xec));
    }
    CHECK(is_sound("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7e"));
    CHECK(is_sound("edfffffffffffffffffffffffffffffeffffffffffffffffffffffffffffff7f"));
    CHECK(is_sound("0200000000000000000000000000000000000000000000000000000000000000"));
    CHECK(is_sound("0100000000000000000000000000000000000000000000000000000000000001"));
    CHECK(is_sound("0001000000000000000000000000000000000000000000000000000000000000"));
    for (const test_vector& v : rfc8032)
        CHECK(is_sound(v.public_key));
}

TEST_CASE("ed25519: soundness is decided by the compiler, too") {
    static_assert(!is_sound_ed25519_key(std::array<unsigned char, 32>{}));
    static_assert(is_sound_ed25519_key(std::array<unsigned char, 32>{2}));
    SUCCEED();
}
