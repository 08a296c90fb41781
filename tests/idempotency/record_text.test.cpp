// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/record_text.hpp>

#include "support/catch.hpp"

#include <limits>
#include <string>

using namespace hookseal;

namespace {

constexpr claim_record sample{.state = event_state::released,
                              .before = earlier::unknown,
                              .result = {ending::parked, 0x0102},
                              .attempt = 0x03040506,
                              .generation = 0x1112131415161718,
                              .nonce = 0x2122232425262728,
                              .ticket = 0x3132333435363738,
                              .fingerprint = 0x4142434445464748,
                              .lease = 0x5152535455565758,
                              .leased_until = -2,
                              .expires = never};

} // namespace

TEST_CASE("record_text: has a fixed form, whatever the machine's byte order") {
    // python3: base64.urlsafe_b64encode(bytes.fromhex('01' '02' '02' '02' '0102' '03040506' '1112131415161718'
    //          '2122232425262728' '3132333435363738' '4142434445464748' '5152535455565758' 'fffffffffffffffe'
    //          '7fffffffffffffff')).rstrip(b'=')
    REQUIRE(record_text(sample).view()
            == "AQICAgECAwQFBhESExQVFhcYISIjJCUmJygxMjM0NTY3OEFCQ0RFRkdIUVJTVFVWV1j__________n__________");
    STATIC_REQUIRE(record_text::size == 88);
}

TEST_CASE("record_text: what is written is read") {
    STATIC_REQUIRE(parse_record(record_text(sample).view()) == sample);
    STATIC_REQUIRE(parse_record(record_text(claim_record{}).view()) == claim_record{});
}

TEST_CASE("record_text: any other text is refused") {
    const std::string good(record_text(sample).view());
    REQUIRE(parse_record(good));
    REQUIRE_FALSE(parse_record(""));
    REQUIRE_FALSE(parse_record("processed"));
    REQUIRE_FALSE(parse_record(good + "A"));
    REQUIRE_FALSE(parse_record(good.substr(1)));
    const auto with = [&](std::size_t at, char c) {
        std::string text = good;
        text[at] = c;
        return parse_record(text);
    };
    REQUIRE_FALSE(with(1, 'g')); // version 2
    REQUIRE_FALSE(with(2, 'D')); // no such state
    REQUIRE_FALSE(with(3, '/'));
}

TEST_CASE("record_text: times that nobody can reckon with are refused") {
    const auto is_read = [](auto change) {
        claim_record record = sample;
        change(record);
        return parse_record(record_text(record).view()).has_value();
    };
    constexpr tick long_ago = std::numeric_limits<tick>::min();
    REQUIRE(is_read([](claim_record& r) { r.lease = r.leased_until = r.expires = never; }));
    REQUIRE(is_read([](claim_record& r) { r.leased_until = r.expires = long_ago / 2 + 1; }));
    REQUIRE_FALSE(is_read([](claim_record& r) { r.lease = -1; }));
    REQUIRE_FALSE(is_read([](claim_record& r) { r.leased_until = long_ago; }));
    REQUIRE_FALSE(is_read([](claim_record& r) { r.expires = long_ago; }));
}
