// SPDX-License-Identifier: MIT
#include <hookseal/encoding/der.hpp>

#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;
using hookseal_tests::hex_of;

namespace {

std::string integer(std::string_view big_endian_hex) {
    unsigned char room[64];
    der_writer out(room);
    out.unsigned_integer(from_hex(big_endian_hex));
    return hex_of({out.written().begin(), out.written().end()});
}

std::string header_of(std::size_t size) {
    byte_vector room(8);
    der_writer out(room);
    out.header(der_tag::sequence, size);
    return hex_of({out.written().begin(), out.written().end()});
}

} // namespace

TEST_CASE("der: a number takes as few bytes as it can, and never looks negative") {
    CHECK(integer("") == "020100");
    CHECK(integer("00") == "020100");
    CHECK(integer("000000") == "020100");
    CHECK(integer("01") == "020101");
    CHECK(integer("7f") == "02017f");
    CHECK(integer("80") == "02020080");
    CHECK(integer("0080") == "02020080");
    CHECK(integer("00007f") == "02017f");
    CHECK(integer("ff00") == "020300ff00");
    CHECK(integer("0100") == "02020100");
}

TEST_CASE("der: a length is told in as few bytes as it takes") {
    CHECK(header_of(0) == "3000");
    CHECK(header_of(0x7f) == "307f");
    CHECK(header_of(0x80) == "308180");
    CHECK(header_of(0xff) == "3081ff");
    CHECK(header_of(0x100) == "30820100");
    CHECK(header_of(0xffff) == "3082ffff");
    CHECK(header_of(0x10000) == "3083010000");
}

TEST_CASE("der: what is written later stands in front") {
    unsigned char room[16];
    der_writer out(room);
    out.unsigned_integer(from_hex("02"));
    out.unsigned_integer(from_hex("01"));
    CHECK(out.size() == 6);
    out.header(der_tag::sequence, out.size());
    CHECK(hex_of({out.written().begin(), out.written().end()}) == "3006020101020102");
}

TEST_CASE("der: what does not fit leaves nothing, whatever is written afterwards") {
    unsigned char room[4];
    der_writer exact(room);
    exact.bytes(from_hex("01020304"));
    CHECK(exact.written().size() == 4);

    der_writer out(room);
    out.bytes(from_hex("0102030405"));
    CHECK(out.written().empty());
    out.bytes(from_hex("01"));
    CHECK(out.written().empty());

    der_writer late(room);
    late.bytes(from_hex("010203"));
    late.header(der_tag::sequence, 3);
    CHECK(late.written().empty());
}
