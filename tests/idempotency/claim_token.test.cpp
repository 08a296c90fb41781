// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/claim_token.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <string>

using namespace hookseal;

namespace {

constexpr claim_token sample() {
    claim_token token;
    for (std::size_t i = 0; i < token.where.size(); ++i)
        token.where[i] = static_cast<unsigned char>(i);
    token.generation = 0x0102030405060708;
    token.nonce = 0xf1f2f3f4f5f6f7f8;
    token.attempt = 3;
    token.keep_seconds = 604800;
    token.hint = 0xffffffffffffffff;
    return token;
}

} // namespace

TEST_CASE("claim_token: is 48 bytes of plain value, and owns nothing by default") {
    STATIC_REQUIRE(sizeof(claim_token) == 48);
    STATIC_REQUIRE(std::is_trivially_copyable_v<claim_token>);
    STATIC_REQUIRE(claim_token{}.generation == 0);
    STATIC_REQUIRE(sample().keep() == std::chrono::hours(168));
}

TEST_CASE("claim_token: the text has a fixed form, whatever the machine's byte order") {
    // python3: base64.urlsafe_b64encode(b'\x01' + bytes(range(16)) + bytes.fromhex('0102030405060708'
    //          'f1f2f3f4f5f6f7f8' '00000003' '00093a80' 'ffffffffffffffff')).rstrip(b'=')
    const claim_token_text text(sample());
    REQUIRE(text.view() == "AQABAgMEBQYHCAkKCwwNDg8BAgMEBQYHCPHy8_T19vf4AAAAAwAJOoD__________w");
    REQUIRE(text.view().size() == 66);
}

TEST_CASE("claim_token: what is written is read") {
    STATIC_REQUIRE(parse_claim_token(claim_token_text(sample()).view()) == sample());
    STATIC_REQUIRE(parse_claim_token(claim_token_text(claim_token{}).view()) == claim_token{});
}

TEST_CASE("claim_token: every field is in the text") {
    const auto differs = [](auto change) {
        claim_token other = sample();
        change(other);
        return claim_token_text(other).view() != claim_token_text(sample()).view()
               && parse_claim_token(claim_token_text(other).view()) == other;
    };
    REQUIRE(differs([](claim_token& t) { t.where[15] ^= 1; }));
    REQUIRE(differs([](claim_token& t) { t.generation ^= std::uint64_t{1} << 63; }));
    REQUIRE(differs([](claim_token& t) { t.nonce ^= 1; }));
    REQUIRE(differs([](claim_token& t) { t.attempt ^= 1; }));
    REQUIRE(differs([](claim_token& t) { t.keep_seconds ^= 1; }));
    REQUIRE(differs([](claim_token& t) { t.hint ^= 1; }));
}

TEST_CASE("claim_token: any other text is refused") {
    const std::string good(claim_token_text(sample()).view());
    REQUIRE(parse_claim_token(good));

    REQUIRE_FALSE(parse_claim_token(""));
    REQUIRE_FALSE(parse_claim_token(good.substr(1)));
    REQUIRE_FALSE(parse_claim_token(good.substr(0, good.size() - 1)));
    REQUIRE_FALSE(parse_claim_token(good + "A"));
    REQUIRE_FALSE(parse_claim_token(good + "=="));
    REQUIRE_FALSE(parse_claim_token(" " + good.substr(1)));

    std::string other_version = good;
    other_version[1] = 'g'; // version 2
    REQUIRE_FALSE(parse_claim_token(other_version));
    std::string left_over_bits = good;
    left_over_bits.back() = 'x';
    REQUIRE_FALSE(parse_claim_token(left_over_bits));
    std::string other_alphabet = good;
    other_alphabet[other_alphabet.find('_')] = '/';
    REQUIRE_FALSE(parse_claim_token(other_alphabet));
}

TEST_CASE("locator_text: is the hexadecimal form of the place") {
    REQUIRE(locator_text(sample().where).view() == "000102030405060708090a0b0c0d0e0f");
}
