// SPDX-License-Identifier: MIT
#include "support/catch.hpp"

#include <hookseal/encoding/crc32.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace hookseal;

namespace {

constexpr std::uint32_t crc32_of(std::string_view bytes) {
    crc32 sum;
    sum.update(bytes);
    return sum.value();
}

/// The other way round: bit by bit, from the polynomial's definition in ISO 3309.
std::uint32_t bit_by_bit(std::string_view bytes) {
    std::uint32_t state = 0xffffffffU;
    for (const char c : bytes)
        for (int bit = 0; bit < 8; ++bit) {
            const std::uint32_t in = (static_cast<unsigned char>(c) >> bit) & 1U;
            const bool flips = ((state ^ in) & 1U) != 0;
            state = (state >> 1) ^ (flips ? 0xedb88320U : 0U);
        }
    return ~state;
}

} // namespace

TEST_CASE("crc32: the check value of the catalogue of CRC algorithms") {
    STATIC_REQUIRE(crc32_of("123456789") == 0xcbf43926U);
    CHECK(crc32_of("") == 0);
    CHECK(crc32_of("The quick brown fox jumps over the lazy dog") == 0x414fa339U);
}

TEST_CASE("crc32: every byte counts as unsigned") {
    char all[256];
    for (std::size_t i = 0; i < sizeof all; ++i)
        all[i] = static_cast<char>(i);
    const std::string_view bytes(all, sizeof all);
    for (std::size_t n = 0; n <= bytes.size(); ++n)
        REQUIRE(crc32_of(bytes.substr(0, n)) == bit_by_bit(bytes.substr(0, n)));
    CHECK(crc32_of(bytes) == 0x29058c73U);
}

TEST_CASE("crc32: pieces make the sum of the whole") {
    const std::string_view text = "{\"id\":\"WH-1\",\"amount\":\"1.00\"}";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        crc32 sum;
        sum.update(text.substr(0, cut));
        sum.update("");
        sum.update(text.substr(cut));
        CHECK(sum.value() == crc32_of(text));
    }
}
