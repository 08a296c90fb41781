// SPDX-License-Identifier: MIT
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <string>

using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;

TEST_CASE("travis_ci: the payload is signed as it reads, and nothing else of the form") {
    const subject travis = subject::of<hookseal::providers::travis_ci>();
    const delivery genuine = travis.signed_body("payload=%7B%22id%22%3A+1%7D&other=1");
    CHECK(travis.judge(genuine).error == "none");
    for (const char* same : {"payload=%7B%22id%22%3A+1%7D&other=2", "payload=%7b%22id%22%3a%201%7d",
                             "payload={\"id\":+1}&other=%zz"})
        CHECK(travis.judge(genuine.with_body(same)).error == "none");
    for (const char* other :
         {"payload=%7B%22id%22%3A+2%7D&other=1", "payload=%7B%22id%22%3A1%7D", "payload={\"id\":+1}+"})
        check_refused(travis.judge(genuine.with_body(other)), "signature_mismatch");
    check_refused(travis.judge(genuine.with_body("other=1")), "missing_field");
    check_refused(travis.judge(genuine.with_body("payload=")), "missing_field");
    check_refused(travis.judge(genuine.with_body(genuine.body + "&payload=x")), "repeated_header");
    check_refused(travis.judge(genuine.with_body("payload=%7B%22id%22%3A+1%7D%4")), "malformed_field");
    check_refused(travis.judge(genuine.with_body("{\"id\": 1}")), "missing_field");
}
