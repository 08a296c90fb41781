// SPDX-License-Identifier: MIT
#include <hookseal/testing.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"
#include "verifier/toys.hpp"

#include <string>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

const std::string body = R"({"id":"evt_1","type":"a.b"})";

static_assert(clock_source<testing::manual_clock> && clock_source<testing::broken_clock>);
static_assert(!std::is_copy_constructible_v<testing::delivery<toys::plain>>,
              "its event views the bytes that it owns");
static_assert(!std::is_move_constructible_v<testing::delivery<toys::plain>>);

} // namespace

TEMPLATE_TEST_CASE("testing: a delivery is a verified event in one line, whatever its provider", "",
                   toys::timed, toys::plain, toys::token, toys::open, toys::hashed, toys::with_url,
                   toys::with_checksum, toys::two_kinds, toys::two_headers) {
    const testing::delivery<TestType> sent{body};
    CHECK(sent.event().body() == body);
    CHECK(sent.event().provider() == TestType::scheme.info().name);
    CHECK(sent.body() == body);
    // It is genuine: the same request is accepted again, and another body is not where it is signed.
    const auto v = sent.verifier();
    CHECK(v.verify(sent.request()).error() == error::none);
    if (TestType::scheme.info().protects.body == body_protection::whole) {
        const std::string other = body + " ";
        CHECK(v.verify(sent.request().with_body(other)).error() != error::none);
    }
}

TEST_CASE("testing: id and type are what is asked for, where the scheme has headers for them") {
    const testing::delivery<toys::plain> sent{body, "msg_7"};
    CHECK(sent.event().id() == "msg_7");
    const testing::delivery<toys::timed> in_body{body, "msg_7", "other"};
    CHECK(in_body.event().id() == "evt_1");
    CHECK(in_body.event().type() == "a.b");
}

TEST_CASE("testing: clocks stand where they are put, or give no time") {
    CHECK(testing::manual_clock{now}.now()->time_since_epoch().count() == now);
    CHECK_FALSE(testing::broken_clock{}.now());
}
