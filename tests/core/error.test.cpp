// SPDX-License-Identifier: MIT
#include <hookseal/core/error.hpp>

#include "support/catch.hpp"

#include <set>
#include <string>
#include <string_view>

using namespace hookseal;

namespace {

/// What users have in their logs and in their sender's retry logic: a change here breaks them.
struct published {
    int value;
    std::string_view name;
    int http_status;
};
constexpr published all_errors[] = {
    {0, "unverified", 401},
    {1, "none", 401},
    {10, "missing_signature", 401},
    {11, "missing_timestamp", 401},
    {12, "missing_field", 401},
    {13, "repeated_header", 401},
    {14, "malformed_signature", 401},
    {15, "malformed_timestamp", 401},
    {16, "malformed_field", 401},
    {17, "unsupported_version", 401},
    {18, "too_large", 401},
    {20, "timestamp_too_old", 401},
    {21, "timestamp_too_new", 401},
    {22, "unknown_key", 401},
    {23, "signature_mismatch", 401},
    {24, "content_mismatch", 401},
    {25, "forbidden_key_url", 401},
    {26, "claim_mismatch", 401},
    {40, "clock_failed", 503},
    {41, "key_source_failed", 503},
    {42, "internal_failure", 503},
    {43, "whole_body_needed", 500},
    {44, "missing_option", 500},
    {60, "missing_secret", 500},
    {61, "empty_secret", 500},
    {62, "malformed_secret", 500},
    {63, "secret_has_white_space", 500},
    {64, "secret_too_short", 500},
    {65, "unsuitable_key", 500},
    {66, "too_many_keys", 500},
    {67, "unreadable_secret", 500},
    {68, "weakness_not_accepted", 500},
    {69, "invalid_tolerance", 500},
    {70, "unknown_provider", 500},
    {71, "invalid_description", 500},
    {72, "cannot_sign", 500},
};

/// Whether the enumeration has this value, as far as `name` knows.
bool is_named(int value) { return value == 0 || name(static_cast<error>(value)) != "unverified"; }

static_assert(name(error::signature_mismatch) == "signature_mismatch");
static_assert(static_cast<int>(error::unverified) == 0 && error{} == error::unverified);

} // namespace

TEST_CASE("error: values, names and answers stay what they are") {
    for (const published& expected : all_errors) {
        INFO(expected.name);
        const auto e = static_cast<error>(expected.value);
        CHECK(name(e) == expected.name);
        CHECK(http_status(e) == expected.http_status);
    }
}

TEST_CASE("error: none is without a name, and every one is in this table") {
    std::set<int> listed;
    std::set<std::string_view> names;
    for (const published& each : all_errors) {
        listed.insert(each.value);
        names.insert(each.name);
    }
    CHECK(names.size() == listed.size());
    for (int value = 0; value < 256; ++value) {
        INFO(value);
        CHECK(is_named(value) == (listed.count(value) != 0));
    }
}

TEST_CASE("error: messages are one sentence each, and no two are alike") {
    std::set<std::string_view> messages;
    for (const published& each : all_errors) {
        INFO(each.name);
        const std::string_view text = message(static_cast<error>(each.value));
        CHECK(text.size() > 5);
        CHECK(messages.insert(text).second);
        CHECK(text.back() != '.');
        CHECK(text.data()[text.size()] == '\0'); // what() hands it out as a C string
        for (const char c : text)
            CHECK((c >= ' ' && c <= '~'));
    }
}

TEST_CASE("error: a value from nowhere is a rejection that a sender may not take for success") {
    for (int value = 0; value < 256; ++value) {
        const int status = http_status(static_cast<error>(value));
        INFO(value);
        CHECK((status == 401 || status == 500 || status == 503));
    }
}
