// SPDX-License-Identifier: MIT
#include <hookseal/encoding/pem.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;

namespace {

std::string decoded(std::string_view text, std::size_t room = 64) {
    std::vector<unsigned char> bytes(room);
    const std::size_t size = decode_base64_lines(text, bytes);
    if (size == not_base64) return "(refused)";
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
}

} // namespace

TEST_CASE("pem: the armour comes off, and says what it held") {
    const pem_text plain = read_pem("-----BEGIN PUBLIC KEY-----\nAAAA\nBBBB\n-----END PUBLIC KEY-----\n");
    CHECK(plain.label == "PUBLIC KEY");
    CHECK(plain.base64 == "\nAAAA\nBBBB\n");
    CHECK(read_pem("-----BEGIN A-----AAAA-----END A-----").base64 == "AAAA");
    CHECK(read_pem(" \r\n-----BEGIN A----- AAAA -----END A-----\r\n\t").base64 == " AAAA ");
    CHECK(read_pem("-----BEGIN A----------END A-----").base64.empty());
    CHECK(read_pem("-----BEGIN A----------END A-----").label == "A");
}

TEST_CASE("pem: anything but one whole block is refused") {
    const std::string good = "-----BEGIN A-----\nAAAA\n-----END A-----";
    REQUIRE(read_pem(good).label == "A");
    for (std::size_t size = 0; size < good.size(); ++size) {
        INFO(size);
        CHECK(read_pem(std::string_view(good).substr(0, size)).label.empty());
        if (size != 0) CHECK(read_pem(std::string_view(good).substr(size)).label.empty());
    }
    for (const std::string& bad : {
             good + "\n" + good,
             good + "x",
             "x" + good,
             "Subject: x\n" + good,
             std::string("-----BEGIN A-----\nAAAA\n-----END B-----"),
             std::string("-----BEGIN A-----\nAAAA\n-----END AA-----"),
             std::string("-----BEGIN AA-----\nAAAA\n-----END A-----"),
             std::string("-----BEGIN -----\nAAAA\n-----END -----"),
             std::string("-----BEGIN-----\nAAAA\n-----END-----"),
             std::string("-----begin A-----\nAAAA\n-----end A-----"),
             std::string("-----BEGIN A-----\nAA-A\n-----END A-----"),
             std::string("-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END A-----"),
         }) {
        INFO(bad);
        CHECK(read_pem(bad).label.empty());
        CHECK(read_pem(bad).base64.empty());
    }
}

TEST_CASE("pem: a text is told from other keys by how it begins") {
    CHECK(is_pem("-----BEGIN X"));
    CHECK(is_pem("\n -----BEGIN PUBLIC KEY-----"));
    CHECK_FALSE(is_pem("-----BEGIN"));
    CHECK_FALSE(is_pem("x-----BEGIN X"));
    CHECK_FALSE(is_pem("MFkwEwYHKoZIzj0CAQ"));
    CHECK_FALSE(is_pem(""));
}

TEST_CASE("pem: base64 may be broken into lines anywhere, and its padding left out") {
    CHECK(decoded("Zm9vYmFy") == "foobar");
    CHECK(decoded("Z\nm\r\n9 v\tY\n\nmFy\n") == "foobar");
    CHECK(decoded("Zm9vYg==") == "foob");
    CHECK(decoded("Zm9vYg") == "foob");
    CHECK(decoded("Zm9vYmE=") == "fooba");
    CHECK(decoded("Zm9vYmE\n") == "fooba");
    CHECK(decoded("Zm9vYg=\n=\n") == "foob");
    CHECK(decoded("") == "");
    CHECK(decoded("Zm9vYmFy", 6) == "foobar");
}

TEST_CASE("pem: base64 that is not whole or not canonical is refused") {
    for (const char* bad : {"Z", "Zm9vY", "Zm9vYg=", "Zm9vYg===", "Zm9vYg==Zm9v", "=", "====", "Zm9v====",
                            "Zh==", "Zm9vYh", "Zm-_", "Zm9v,", "Zm9v-Zm9v", "Zm\v9v", "Zm9vYmF="}) {
        INFO(bad);
        CHECK(decoded(bad) == "(refused)");
    }
    CHECK(decoded(std::string_view("Zm9\0", 4)) == "(refused)");
    CHECK(decoded("Zm9vYmFy", 5) == "(refused)");
    CHECK(decoded("Zm9v\nZg", 3) == "(refused)");
}
