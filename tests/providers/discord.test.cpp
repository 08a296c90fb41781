// SPDX-License-Identifier: MIT
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <string>

using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;

namespace {

const subject& discord() {
    static const subject s = subject::of<hookseal::providers::discord>();
    return s;
}

} // namespace

TEST_CASE("discord: no digit moves from the timestamp to the body or back, unless freshness is unchecked") {
    const delivery d = discord().signed_body("7{}");
    delivery to_body = d.with("x-signature-timestamp", "176722560").with_body("07{}");
    delivery from_body = d.with("x-signature-timestamp", "17672256007").with_body("{}");
    REQUIRE(delivery(d)["x-signature-timestamp"] + d.body == to_body["x-signature-timestamp"] + to_body.body);
    REQUIRE(delivery(d)["x-signature-timestamp"] + d.body
            == from_body["x-signature-timestamp"] + from_body.body);
    check_refused(discord().judge(to_body), "timestamp_too_old");
    check_refused(discord().judge(from_body), "timestamp_too_new");

    // The scheme has no separator: this is what turning the check off gives up.
    CHECK(discord().judge(to_body, {.tolerance = hookseal::freshness::unchecked}).error == "none");

    delivery all = d.with("x-signature-timestamp", "").with_body("17672256007{}");
    check_refused(discord().judge(all, {.tolerance = hookseal::freshness::unchecked}), "missing_timestamp");
    delivery leading_zero = discord().signed_body("{}").with("x-signature-timestamp", "01767225600");
    check_refused(discord().judge(leading_zero), "malformed_timestamp");
}

TEST_CASE("discord: the public key is 64 hex digits of either case, and the signature lower case alone") {
    const auto refusal = [](const char* text) {
        return hookseal::verifier<hookseal::providers::discord>::make(hookseal::public_key(text)).error();
    };
    using hookseal::error;
    CHECK(refusal("b85b5508c0fc30a8d6702e2177ffe835ff3466b9a3abf9adb3dbf43b754ecdd8") == error::none);
    CHECK(refusal("B85B5508C0FC30A8D6702E2177FFE835FF3466B9A3ABF9ADB3DBF43B754ECDD8") == error::none);
    CHECK(refusal("b85b5508c0fc30a8d6702e2177ffe835ff3466b9a3abf9adb3dbf43b754ecd") == error::unsuitable_key);
    CHECK(refusal("b85b5508c0fc30a8d6702e2177ffe835ff3466b9a3abf9adb3dbf43b754ecdd8\n")
          == error::malformed_secret);
    CHECK(refusal("0100000000000000000000000000000000000000000000000000000000000000")
          == error::unsuitable_key);
    CHECK(refusal("uFtVCMD8MKjWcC4hd//oNf80Zrmjq/mts9v0O3VOzdg=") == error::malformed_secret);
}
