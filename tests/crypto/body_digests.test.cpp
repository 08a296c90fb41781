// SPDX-License-Identifier: MIT
#include <hookseal/crypto/body_digests.hpp>

#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::digest_of;
using hookseal_tests::hex_of;

namespace {

std::string got(const body_digests& digests, digest which) {
    const auto value = digests.get(which);
    return hex_of({value.begin(), value.end()});
}

} // namespace

TEST_CASE("body_digests: those that are wanted are taken, in one walk") {
    body_digests digests;
    REQUIRE(digests.want(digest::sha256));
    REQUIRE(digests.want(digest::sha1));
    REQUIRE(digests.want(digest::crc32));
    REQUIRE(digests.want(digest::sha256));
    const std::string body = "123456789";
    for (const char& c : body)
        REQUIRE(digests.update({&c, 1}));
    REQUIRE(digests.finish());
    CHECK(got(digests, digest::sha256) == hex_of(digest_of(EVP_sha256(), body)));
    CHECK(got(digests, digest::sha1) == hex_of(digest_of(EVP_sha1(), body)));
    CHECK(got(digests, digest::crc32) == "cbf43926"); // the check value of CRC-32/ISO-HDLC
    CHECK(got(digests, digest::sha512).empty());
    CHECK(got(digests, digest::md5).empty());
}

TEST_CASE("body_digests: has room for four, and asking twice is asking once") {
    body_digests digests;
    for (const digest which : {digest::sha1, digest::sha256, digest::sha384, digest::sha512}) {
        CHECK(digests.want(which));
        CHECK(digests.want(which));
    }
    CHECK_FALSE(digests.want(digest::md5));
    CHECK_FALSE(digests.want(digest::crc32));
    REQUIRE(digests.update("a"));
    REQUIRE(digests.finish());
    CHECK(got(digests, digest::sha384) == hex_of(digest_of(EVP_sha384(), "a")));
    CHECK(got(digests, digest::md5).empty());
}

TEST_CASE("body_digests: nothing wanted is nothing done, and what is not finished is not there") {
    body_digests none;
    CHECK(none.update("a"));
    CHECK(none.finish());
    CHECK(got(none, digest::sha256).empty());

    body_digests unfinished;
    REQUIRE(unfinished.want(digest::sha256));
    REQUIRE(unfinished.update("a"));
    CHECK(got(unfinished, digest::sha256).empty());
}

TEST_CASE("body_digests: an empty body has digests too") {
    body_digests digests;
    REQUIRE(digests.want(digest::sha256));
    REQUIRE(digests.want(digest::crc32));
    REQUIRE(digests.finish());
    CHECK(got(digests, digest::sha256) == hex_of(digest_of(EVP_sha256(), "")));
    CHECK(got(digests, digest::crc32) == "00000000");
}
