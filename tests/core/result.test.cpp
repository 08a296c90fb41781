// SPDX-License-Identifier: MIT
#include <hookseal/core/result.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"
#include "support/ends.hpp"

#include <memory>
#include <string>
#include <utility>

using namespace hookseal;

namespace {

using number = result<int>;

static_assert(!number{}.has_value());
static_assert(number{}.error() == error::unverified);
static_assert(number{7}.value() == 7);
static_assert(!std::is_convertible_v<number, bool>, "a result is not a number by accident");
static_assert(std::is_nothrow_default_constructible_v<number>);
static_assert(std::is_nothrow_constructible_v<number, error>);
static_assert(noexcept(std::declval<number&>().value()));
static_assert(noexcept(*std::declval<const number&>()));

struct not_default_constructible {
    explicit not_default_constructible(int n) : held(n) {}
    int held;
};

} // namespace

TEST_CASE("result: is a rejection until it has a value") {
    const number nothing;
    CHECK_FALSE(nothing);
    CHECK_FALSE(nothing.has_value());
    CHECK(nothing.error() == error::unverified);

    const number refused = error::signature_mismatch;
    CHECK_FALSE(refused);
    CHECK(refused.error() == error::signature_mismatch);

    const number good = 7;
    CHECK(good);
    CHECK(good.error() == error::none);
    CHECK(good.value() == 7);
    CHECK(*good == 7);
}

TEST_CASE("result: 'no error' without a value is no success") {
    const number broken = error::none;
    CHECK_FALSE(broken);
    CHECK(broken.error() == error::unverified);
}

TEST_CASE("result: holds what can only be moved, and what has no default") {
    result<std::unique_ptr<std::string>> held = std::make_unique<std::string>("text");
    REQUIRE(held);
    CHECK(**held == "text");
    CHECK((*held)->size() == 4);
    const std::unique_ptr<std::string> taken = *std::move(held);
    CHECK(*taken == "text");

    const result<not_default_constructible> made(std::in_place, 7);
    CHECK(made->held == 7);
    CHECK_FALSE(result<not_default_constructible>{});
}

TEST_CASE("result: can be changed in place") {
    result<std::string> text = std::string("a");
    text->append("b");
    *text += "c";
    text.value() += "d";
    CHECK(*text == "abcd");
}

TEST_CASE("result: reading the value of a rejection ends the program") {
    using hookseal_tests::ends_by_abort;
    if (!hookseal_tests::can_watch_an_end()) return;
    CHECK(ends_by_abort([] { static_cast<void>(number{}.value()); }));
    CHECK(ends_by_abort([] { static_cast<void>(*number(error::too_large)); }));
    CHECK(ends_by_abort([] {
        const result<std::string> none;
        static_cast<void>(none->size());
    }));
    CHECK(ends_by_abort([] {
        result<std::string> none;
        static_cast<void>(*std::move(none));
    }));
    CHECK_FALSE(ends_by_abort([] { static_cast<void>(number{7}.value()); }));
}
