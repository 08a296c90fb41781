// SPDX-License-Identifier: MIT
#include <hookseal/schemes/numbered_signatures_reader.hpp>

#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

using header_list = std::vector<std::pair<std::string, std::string>>;

constexpr numbered_signatures versions{
    .base = {.name = "toy", .signature = header("x-sig").item("v", ','), .signed_content = "{body}"},
    .behind = "=",
    .written = "v1=",
};
constexpr numbered_signatures key_ids{
    .base = {.name = "toy", .signature = header("x-sig").item("", ','), .signed_content = "{body}"},
    .behind = "/SHA256/",
    .written = "1/SHA256/",
};

/// The signatures that are read, or why there are none.
std::string signatures_in(const numbered_signatures& scheme, const std::string& list) {
    const header_list headers{{"x-sig", list}};
    statement what;
    const error e = scheme.read({request{headers}}, what);
    if (e != error::none) return std::string(name(e));
    std::string all;
    for (const presented_signature& each : what.presented)
        all.append(each.value.raw()).append(" ");
    return all;
}

} // namespace

TEST_CASE("numbered_signatures: all that have a number are read, whatever it is") {
    CHECK(signatures_in(versions, "v1=ab") == "ab ");
    CHECK(signatures_in(versions, "v1=ab,v1=cd,v23=e=f=") == "ab cd e=f= ");
    CHECK(signatures_in(key_ids, "7/SHA256/ab,12/SHA256/c/d") == "ab c/d ");
}

TEST_CASE("numbered_signatures: what has no number, or something else behind it, is passed over") {
    CHECK(signatures_in(versions, "v=ab,v1=cd,t=1,vx=ef,v1cd,1=gh") == "cd ");
    CHECK(signatures_in(key_ids, "1/SHA512/ab,2/SHA256/cd,x/SHA256/ef") == "cd ");
    for (const char* list : {"v=ab", "v1", "t=1", "1=ab", "V1=ab"}) {
        CAPTURE(list);
        CHECK(signatures_in(versions, list) == "unsupported_version");
    }
    CHECK(signatures_in(versions, "") == "missing_signature");
    CHECK(signatures_in(versions, "v1=ab, v1=cd") == "malformed_signature");
}

TEST_CASE("numbered_signatures: a signer writes the number that the description shows") {
    CHECK(versions.outgoing(0).signature.prefix == "v1=");
    CHECK(key_ids.outgoing(0).signature.prefix == "1/SHA256/");
}
