// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_PARSE_TIMESTAMP_HPP
#define HOOKSEAL_SCHEMES_PARSE_TIMESTAMP_HPP

#include <hookseal/encoding/date.hpp>
#include <hookseal/encoding/decimal.hpp>
#include <hookseal/schemes/timestamp_form.hpp>

#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Parses a timestamp of exactly the declared form into Unix seconds; fractions are cut off.
///
/// Numbers are canonical decimals of at most 12 digits in seconds and 15 in milliseconds, without sign and leading
/// zero, and not 0: no text that another reader might take for another number is accepted.
[[nodiscard]] constexpr bool parse_timestamp(std::string_view text, timestamp_form form,
                                             std::int64_t& unix_seconds) noexcept {
    constexpr std::int64_t first_milliseconds = 1'000'000'000'000;
    std::int64_t n = 0;
    switch (form) {
    case timestamp_form::unix_seconds:
        unix_seconds = 0;
        return parse_decimal(text, unix_seconds, 12) && unix_seconds > 0;
    case timestamp_form::unix_milliseconds:
        if (!parse_decimal(text, n, 15) || n <= 0) return false;
        unix_seconds = n / 1000;
        return true;
    case timestamp_form::unix_seconds_or_milliseconds:
        if (!parse_decimal(text, n, 15) || n <= 0) return false;
        unix_seconds = n >= first_milliseconds ? n / 1000 : n;
        return true;
    case timestamp_form::rfc3339: return parse_rfc3339(text, unix_seconds);
    case timestamp_form::http_date: return parse_http_date(text, unix_seconds);
    }
    return false;
}

} // namespace hookseal::inline v0_1

#endif
