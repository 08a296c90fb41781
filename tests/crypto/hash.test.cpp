// SPDX-License-Identifier: MIT
#include <hookseal/crypto/hash.hpp>

#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::hex_of;

namespace {

constexpr digest all_hashes[] = {digest::sha1, digest::sha256, digest::sha384, digest::sha512, digest::md5};

template <class Hash>
std::string finished(Hash& hash) {
    unsigned char out[max_digest_size];
    const std::size_t size = hash.finish(out);
    return size == 0 ? "(failed)" : hex_of({out, out + size});
}

template <class Hash>
std::string hashed(digest which, std::string_view text) {
    Hash hash;
    return hash.start(which) && hash.update(text) ? finished(hash) : "(failed)";
}

// A program may use both, and a type says which: no setting of a translation unit decides.
static_assert(!std::is_same_v<low_level_hash, evp_hash>);
static_assert(std::is_same_v<default_hash, low_level_hash> || std::is_same_v<default_hash, evp_hash>);
static_assert(std::is_nothrow_default_constructible_v<low_level_hash>);
static_assert(std::is_nothrow_move_constructible_v<evp_hash>);

} // namespace

TEMPLATE_TEST_CASE("hash: the standards' own examples come out", "", low_level_hash, evp_hash) {
    // FIPS 180-4 examples, and RFC 1321 appendix A.5.
    CHECK(hashed<TestType>(digest::sha1, "abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(hashed<TestType>(digest::sha256, "abc")
          == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hashed<TestType>(digest::sha384, "abc")
          == "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
             "8086072ba1e7cc2358baeca134c825a7");
    CHECK(hashed<TestType>(digest::sha512, "abc")
          == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
             "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    CHECK(hashed<TestType>(digest::md5, "abc") == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(hashed<TestType>(digest::sha256, "")
          == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEMPLATE_TEST_CASE("hash: pieces are the whole, wherever they are cut", "", low_level_hash, evp_hash) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text.push_back(static_cast<char>(i * 7));
    for (const digest which : all_hashes) {
        const std::string whole = hashed<TestType>(which, text);
        for (const std::size_t cut : {0U, 1U, 63U, 64U, 65U, 127U, 128U, 129U, 299U, 300U}) {
            TestType hash;
            REQUIRE(hash.start(which));
            REQUIRE(hash.update(std::string_view(text).substr(0, cut)));
            REQUIRE(hash.update({}));
            REQUIRE(hash.update(std::string_view(text).substr(cut)));
            CHECK(finished(hash) == whole);
        }
    }
}

TEMPLATE_TEST_CASE("hash: a prepared state is copied and stays as it was", "", low_level_hash, evp_hash) {
    for (const digest which : all_hashes) {
        TestType prepared;
        REQUIRE(prepared.start(which));
        REQUIRE(prepared.update("ab"));
        for (int again = 0; again < 2; ++again) {
            TestType running;
            REQUIRE(running.assign(prepared));
            REQUIRE(running.update("c"));
            CHECK(finished(running) == hashed<TestType>(which, "abc"));
            // A used one can be given a new state.
            REQUIRE(running.assign(prepared));
            CHECK(finished(running) == hashed<TestType>(which, "ab"));
        }
        CHECK(finished(prepared) == hashed<TestType>(which, "ab"));
    }
}

TEMPLATE_TEST_CASE("hash: one that was not started does nothing", "", low_level_hash, evp_hash) {
    TestType idle;
    CHECK_FALSE(idle.update("abc"));
    CHECK(finished(idle) == "(failed)");
    TestType other;
    CHECK_FALSE(other.assign(idle));
    CHECK(finished(other) == "(failed)");
}

TEMPLATE_TEST_CASE("hash: what is no hash is not started, and ends what was", "", low_level_hash, evp_hash) {
    TestType hash;
    CHECK_FALSE(hash.start(digest::crc32));
    CHECK(finished(hash) == "(failed)");
}

TEMPLATE_TEST_CASE("hash: can be started anew with another digest", "", low_level_hash, evp_hash) {
    TestType hash;
    for (const digest which : all_hashes) {
        REQUIRE(hash.start(which));
        REQUIRE(hash.update("abc"));
        CHECK(finished(hash) == hashed<TestType>(which, "abc"));
    }
}

TEST_CASE("hash: an EVP one that was moved from does nothing, and the other goes on") {
    evp_hash first;
    REQUIRE(first.start(digest::sha256));
    REQUIRE(first.update("ab"));
    evp_hash second = std::move(first);
    CHECK_FALSE(first.update("c"));
    REQUIRE(second.update("c"));
    evp_hash third;
    third = std::move(second);
    CHECK(finished(third) == hashed<evp_hash>(digest::sha256, "abc"));
}

TEST_CASE("hash: SHA-256 of some bytes in one call") {
    unsigned char out[32];
    REQUIRE(sha256("abc", out));
    CHECK(hex_of({out, out + 32}) == hashed<low_level_hash>(digest::sha256, "abc"));
    REQUIRE(sha256({}, out));
    CHECK(hex_of({out, out + 32}) == hashed<low_level_hash>(digest::sha256, ""));
}
