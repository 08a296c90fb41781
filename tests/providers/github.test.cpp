// SPDX-License-Identifier: MIT
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;

namespace {

// HMAC-SHA-1 of the body `Hello, World!` under the first test key, as `openssl dgst -sha1 -hmac` gives it.
constexpr auto body = "Hello, World!";
constexpr auto right_sha1 = "cc27ba4d7c967fc5c2035d2dae50d0bff926a3bc";

const subject& github() {
    static const subject s = subject::of<hookseal::providers::github>();
    return s;
}

} // namespace

TEST_CASE("github: the SHA-1 header is worth nothing, right or wrong") {
    delivery d = github().signed_body(body);
    d.headers.emplace_back("X-Hub-Signature", "sha1=0000000000000000000000000000000000000000");
    CHECK(github().judge(d).error == "none");

    delivery downgraded = github().signed_body(body).without("x-hub-signature-256");
    downgraded.headers.emplace_back("X-Hub-Signature", std::string("sha1=") + right_sha1);
    check_refused(github().judge(downgraded), "missing_signature");

    delivery wrong = github().signed_body(body).with("x-hub-signature-256", "sha256=" + std::string(64, '0'));
    wrong.headers.emplace_back("X-Hub-Signature", std::string("sha1=") + right_sha1);
    check_refused(github().judge(wrong), "signature_mismatch");
}

TEST_CASE("github: the sender does not choose the algorithm") {
    const delivery d = github().signed_body(body);
    const std::string hex = delivery(d)["x-hub-signature-256"].substr(7);
    for (const char* prefix : {"sha1=", "SHA256=", "sha512=", "md5=", "sha256:", "sha256 =", "", "sha256"}) {
        CAPTURE(prefix);
        check_refused(github().judge(d.with("x-hub-signature-256", prefix + hex)), "unsupported_version");
    }
    check_refused(github().judge(d.with("x-hub-signature-256", std::string("sha1=") + right_sha1)),
                  "unsupported_version");
    check_refused(github().judge(d.with("x-hub-signature-256", std::string("sha256=") + right_sha1)),
                  "signature_mismatch");
}

TEST_CASE("github: delivery id and event are read, and known not to be signed") {
    const delivery d = github().genuine();
    CHECK_FALSE(github().protects().event_id);
    const auto got = github().judge(d.with("x-github-delivery", "another").with("x-github-event", "push"));
    CHECK(got.error == "none");
    CHECK(got.id == "another");
    CHECK(got.type == "push");
}
