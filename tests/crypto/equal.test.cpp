// SPDX-License-Identifier: MIT
#include <hookseal/crypto/equal.hpp>
#include <hookseal/crypto/random.hpp>

#include "support/catch.hpp"

#include <array>
#include <set>
#include <span>
#include <vector>

using namespace hookseal;

TEST_CASE("equal: tags of the same bytes are, and tags that differ in one bit are not") {
    for (const std::size_t size : {1U, 16U, 20U, 32U, 64U}) {
        const std::vector<unsigned char> tag(size, 0xa5);
        const std::vector<unsigned char> same = tag;
        CHECK(equal(tag, same));
        CHECK(equal(tag, tag));
        for (std::size_t bit = 0; bit < 8 * size; ++bit) {
            std::vector<unsigned char> other = tag;
            other[bit / 8] = static_cast<unsigned char>(other[bit / 8] ^ (1U << bit % 8));
            CHECK_FALSE(equal(tag, other));
        }
    }
}

TEST_CASE("equal: nothing is equal to nothing") {
    // CRYPTO_memcmp over no bytes says 0, which is how an empty signature matches in careless code.
    const std::array<unsigned char, 4> some{1, 2, 3, 4};
    CHECK_FALSE(equal({}, {}));
    CHECK_FALSE(equal(std::span(some).first(0), std::span(some).first(0)));
    CHECK_FALSE(equal(some, {}));
    CHECK_FALSE(equal({}, some));
}

TEST_CASE("equal: a beginning is not the whole") {
    const std::vector<unsigned char> tag(32, 7);
    for (std::size_t size = 1; size < 32; ++size) {
        CHECK_FALSE(equal(tag, std::span(tag).first(size)));
        CHECK_FALSE(equal(std::span(tag).first(size), tag));
    }
}

TEST_CASE("random: fills what it is given, each time anew") {
    std::set<std::array<unsigned char, 16>> seen;
    for (int i = 0; i < 1000; ++i) {
        std::array<unsigned char, 16> bytes{};
        REQUIRE(random_bytes(bytes));
        CHECK(seen.insert(bytes).second);
    }
    CHECK(random_bytes({}));
    std::vector<unsigned char> many(100'000);
    CHECK(random_bytes(many));
    // Every value of a byte occurs among so many, but for a chance of 2^-550.
    CHECK(std::set<unsigned char>(many.begin(), many.end()).size() == 256);
}
