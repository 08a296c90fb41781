// SPDX-License-Identifier: MIT
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <string>

using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;

namespace {

const subject& stripe() {
    static const subject s = subject::of<hookseal::providers::stripe>();
    return s;
}

/// The hex of the signature of a genuine delivery.
std::string good() { return stripe().genuine()["stripe-signature"].substr(sizeof "t=1767225600,v1=" - 1); }
std::string bad() { return stripe().genuine(1)["stripe-signature"].substr(sizeof "t=1767225600,v1=" - 1); }

std::string error_for(const std::string& header) {
    return stripe().judge(stripe().genuine().with("stripe-signature", header)).error;
}

} // namespace

TEST_CASE("stripe: v0 is never accepted, right as it may be") {
    CHECK(error_for("t=1767225600,v1=" + good()) == "none");
    CHECK(error_for("t=1767225600,v0=" + good()) == "unsupported_version");
    CHECK(error_for("t=1767225600,v0=" + good() + ",v1=" + bad()) == "signature_mismatch");
    CHECK(error_for("t=1767225600,v1=" + good() + ",v0=" + bad()) == "none");
}

TEST_CASE("stripe: the names of elements are exact") {
    for (const char* name : {"V1=", "v11=", "v1", "v=", "1=", "v1 =", "v1==", "v2=", " v1=", "T="}) {
        CAPTURE(name);
        CHECK(error_for("t=1767225600," + (name + good())) != "none");
    }
    for (const char* time : {"T=", "t", "t =", "ts=", "t==", " t=", "t=+", "t=0"}) {
        CAPTURE(time);
        CHECK(error_for(time + ("1767225600,v1=" + good())) != "none");
    }
}

TEST_CASE("stripe: while a secret is rolled one of several v1 matches, and elements of other kinds are "
          "passed over") {
    CHECK(error_for("t=1767225600,v1=" + bad() + ",v1=" + good()) == "none");
    CHECK(error_for("t=1767225600,v1=potato,v1=" + good()) == "none");
    CHECK(error_for("v1=" + good() + ",t=1767225600") == "none");
    CHECK(error_for("t=1767225600,x=1,v1=" + good() + ",v7=abc") == "none");
    CHECK(error_for("t=1767225600,v1=" + bad() + ",v1=" + bad()) == "signature_mismatch");
    CHECK(error_for("t=1767225600,v1=potato") == "malformed_signature");
}

TEST_CASE("stripe: which of two timestamps was signed is not guessed") {
    CHECK(error_for("t=1767225600,t=1767225600,v1=" + good()) == "malformed_timestamp");
    CHECK(error_for("t=1767225600,t=1767225601,v1=" + good()) == "malformed_timestamp");
    CHECK(error_for("t=1767225601,v1=" + good() + ",t=1767225600") == "malformed_timestamp");
    CHECK(error_for("v1=" + good()) == "missing_timestamp");
}

TEST_CASE("stripe: the list is separated by commas alone") {
    for (const char* separator : {", ", ";", " ", "\t", ",,", " ,", "&", ""}) {
        CAPTURE(separator);
        CHECK(error_for("t=1767225600" + (separator + ("v1=" + good()))) != "none");
    }
    CHECK(error_for("t=1767225600,v1=" + good() + ",") == "malformed_signature");
    CHECK(error_for(",t=1767225600,v1=" + good()) == "malformed_signature");
}

TEST_CASE("stripe: whsec_ is a part of the secret, which is not decoded") {
    using hookseal::secret;
    const auto signed_with = [](const secret& key) {
        const hookseal::signer<hookseal::providers::stripe> with(key);
        delivery d{*with.sign({.body = "{}", .at = hookseal_tests::signed_at}), "{}"};
        const secret whole("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        const hookseal::verifier<hookseal::providers::stripe, hookseal_tests::standing_clock> v(
            whole, {}, {hookseal_tests::signed_at});
        return hookseal_tests::verdict_on(v.verify(d.whole()));
    };
    CHECK(signed_with(secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).accepted());
    check_refused(signed_with(secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), "signature_mismatch");
    check_refused(signed_with(secret::from_base64("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), "signature_mismatch");
}
