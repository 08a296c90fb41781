// SPDX-License-Identifier: MIT
#include <hookseal/schemes/amended_scheme.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>

#include "core/print.hpp"
#include "schemes/spelled.hpp"
#include "support/catch.hpp"

#include <map>
#include <string>

using namespace hookseal;
using hookseal_tests::spelled;

namespace {

/// Signs `end` behind the body, or in a second candidate does not, and wants an option.
struct with_an_end {
    static constexpr int candidates = 2;
    static constexpr bool needs_more = true;
    static constexpr void amend(scheme_info& all) noexcept {
        all.streams = false;
        all.need("end");
    }
    [[nodiscard]] static error read(const auto& described, const reading& in, statement& out) noexcept {
        if (const error e = described.read(in, out); e != error::none) return e;
        if (in.candidate == 1) return error::none;
        return out.content.push(piece::of(text::of(in.with.find("end")))) ? error::none : error::too_large;
    }
};

/// Says nothing but what is described.
struct with_nothing {
    [[nodiscard]] static error read(const auto& described, const reading& in, statement& out) noexcept {
        return described.read(in, out);
    }
};

constexpr signed_scheme plain{
    .name = "plain", .signature = header("x-sig"), .signed_content = "{body}", .event_type = json("type")};
constexpr amended_scheme<with_an_end> amended{plain};
constexpr amended_scheme<with_nothing> as_described{plain};
static_assert(scheme<decltype(amended)> && signable_scheme<decltype(amended)>);

} // namespace

TEST_CASE("amended_scheme: is as described where nothing else is said") {
    constexpr scheme_info info = as_described.info();
    CHECK(info.name == "plain");
    CHECK(info.candidates == 1);
    CHECK(info.streams);
    CHECK(info.protects == plain.protects());
    CHECK(info.problem == description_problem::none);
    CHECK_FALSE(as_described.outgoing(0).needs_more);
    CHECK(as_described.outgoing(0).signature == plain.signature);
}

TEST_CASE("amended_scheme: what its amendment says goes before what follows from the description") {
    constexpr scheme_info info = amended.info();
    CHECK(info.candidates == 2);
    CHECK(detail::candidates_of(amended) == 2);
    CHECK_FALSE(info.streams);
    CHECK(info.needs("end"));
    CHECK(amended.outgoing(1).needs_more);
}

TEST_CASE("amended_scheme: a description that is not sound is none when amended either") {
    constexpr amended_scheme<with_an_end> unsound{{.name = "u", .signature = header("x-sig")}};
    CHECK(unsound.info().problem == description_problem::nothing_is_signed);
}

TEST_CASE("amended_scheme: reads what is described and then what it likes, candidate by candidate") {
    const std::map<std::string, std::string> headers{{"x-sig", "ab"}};
    const request from{headers, "{}"};
    const option_value end[]{{"end", "!"}};
    const options with{end, 1};
    statement first;
    statement second;
    REQUIRE(amended.read({from, with, 0}, first) == error::none);
    REQUIRE(amended.read({from, with, 1}, second) == error::none);
    CHECK(spelled(first, from) == "body <!>");
    CHECK(spelled(second, from) == "body");

    const std::map<std::string, std::string> none;
    statement third;
    CHECK(amended.read({request{none, "{}"}, with, 0}, third) == error::missing_signature);
}
