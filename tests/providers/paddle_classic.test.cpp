// SPDX-License-Identifier: MIT
// What the battery asks of signatures in headers, asked of one in a form.
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <cstddef>
#include <string>
#include <string_view>

using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;

namespace {

const subject& paddle() {
    static const subject s = subject::of<hookseal::providers::paddle_classic>();
    return s;
}

constexpr std::string_view field = "&p_signature=";

std::size_t signature_at(const delivery& d) { return d.body.find(field) + field.size(); }
std::string signature_of(const delivery& d) { return d.body.substr(signature_at(d)); }
delivery with_signature(const delivery& d, const std::string& signature) {
    return d.with_body(d.body.substr(0, signature_at(d)) + signature);
}

} // namespace

TEST_CASE("paddle_classic: all fields but the signature are signed") {
    const delivery genuine = paddle().signed_body("alert_id=7&alert_name=payment&note=a+b%26c");
    CHECK(paddle().judge(genuine).error == "none");
    CHECK(paddle().judge(genuine).id == "7");
    for (std::size_t i = 0; i < signature_at(genuine) - field.size(); ++i) {
        CAPTURE(i);
        std::string changed = genuine.body;
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        check_refused(paddle().judge(genuine.with_body(changed)));
    }
    check_refused(paddle().judge(genuine.with_body(genuine.body + "&more=1")), "signature_mismatch");
    check_refused(paddle().judge(genuine.with_body(genuine.body.substr(genuine.body.find('&') + 1))),
                  "signature_mismatch");
    check_refused(paddle().judge(with_signature(genuine, signature_of(paddle().another()))),
                  "signature_mismatch");
}

TEST_CASE("paddle_classic: the order of fields, and how their values are encoded, are not signed") {
    const delivery genuine = paddle().signed_body("alert_id=7&note=a+b");
    CHECK(paddle().judge(genuine.with_body("note=a+b&alert_id=7&p_signature=" + signature_of(genuine))).error
          == "none");
    CHECK(paddle()
              .judge(genuine.with_body("p_signature=" + signature_of(genuine) + "&alert_id=%37&note=a%20b"))
              .error
          == "none");
    // A store must know these for one delivery: by their id, which is signed.
    CHECK(paddle().protects().event_id);
}

TEST_CASE("paddle_classic: a signature is there once, in its own spelling") {
    const delivery genuine = paddle().genuine();
    const std::string signature = signature_of(genuine);
    check_refused(
        paddle().judge(genuine.with_body(genuine.body.substr(0, signature_at(genuine) - field.size()))),
        "missing_signature");
    check_refused(paddle().judge(with_signature(genuine, "")), "missing_signature");
    check_refused(paddle().judge(genuine.with_body(genuine.body + "&p_signature=" + signature)),
                  "repeated_header");
    check_refused(paddle().judge(genuine.with_body("p_signature=x&" + genuine.body)), "repeated_header");
    for (const char* nothing : {"undefined", "null", "true", "NaN", "0", "*", "-", "%3D", "+", "%00"}) {
        CAPTURE(nothing);
        check_refused(paddle().judge(with_signature(genuine, nothing)));
    }
    for (std::size_t size = 1; size < signature.size(); ++size)
        check_refused(paddle().judge(with_signature(genuine, signature.substr(0, size))));
    for (const char* more : {"%3D", "%0A", "+", "x", "%3D%3D%3D%3D", "AAAA"})
        check_refused(paddle().judge(with_signature(genuine, signature + more)));
    check_refused(paddle().judge(with_signature(genuine, "+" + signature)), "malformed_signature");
}

TEST_CASE("paddle_classic: a signer writes the signature into the form") {
    using hookseal::error;
    const auto with = hookseal::signer<hookseal::providers::paddle_classic>::make(
        hookseal::secret(hookseal_tests::rsa_keys[0]));
    REQUIRE(with.has_value());
    const auto made = with->sign_delivery({.body = "alert_id=1"});
    REQUIRE(made.has_value());
    CHECK(made->headers.empty());
    CHECK(made->body.starts_with("alert_id=1&p_signature="));
    CHECK(made->body.find_first_of("+/", 11) == std::string::npos);
    CHECK(with->sign_delivery({.body = ""})->body.starts_with("p_signature="));
    // Headers alone would be no delivery.
    CHECK(with->sign({.body = "alert_id=1"}).error() == error::cannot_sign);
    // It would be the second one.
    CHECK(with->sign_delivery({.body = "p_signature=x"}).error() == error::repeated_header);
}
