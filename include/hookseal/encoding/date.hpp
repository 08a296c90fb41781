// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_DATE_HPP
#define HOOKSEAL_ENCODING_DATE_HPP

#include <hookseal/encoding/ascii.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

struct date_time {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t last_writable_second = 253'402'300'799; // 9999-12-31T23:59:59Z

inline constexpr std::string_view day_names = "SunMonTueWedThuFriSat";
inline constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// The proleptic Gregorian calendar, with years that begin in March so that the leap day comes last: Howard
/// Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
constexpr std::int64_t days_since_epoch(int year, int month, int day) noexcept {
    const int y = month > 2 ? year : year - 1;
    const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return std::int64_t{365} * y + y / 4 - y / 100 + y / 400 + day_of_year - 719'468;
}

constexpr int days_in_month(int year, int month) noexcept {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// False unless every field exists on the calendar. A leap second (:60) does not: Unix time has no second of its
/// own for it.
constexpr bool unix_time_of(const date_time& t, std::int64_t& unix_seconds) noexcept {
    if (t.year < 1970 || t.year > 9999 || t.month < 1 || t.month > 12) return false;
    if (t.day < 1 || t.day > days_in_month(t.year, t.month)) return false;
    if (t.hour > 23 || t.minute > 59 || t.second > 59) return false;
    unix_seconds =
        days_since_epoch(t.year, t.month, t.day) * seconds_per_day + t.hour * 3600 + t.minute * 60 + t.second;
    return true;
}

/// The inverse, for seconds from the epoch to the end of 9999: Hinnant's `civil_from_days`.
constexpr date_time calendar_time(std::int64_t unix_seconds) noexcept {
    const auto in_day = static_cast<int>(unix_seconds % seconds_per_day);
    const auto days = static_cast<int>(unix_seconds / seconds_per_day) + 719'468;
    const int era = days / 146'097;
    const int day_of_era = days % 146'097;
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return {.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
            .month = month,
            .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
            .hour = in_day / 3600,
            .minute = in_day / 60 % 60,
            .second = in_day % 60};
}

/// Days since a Sunday, 0 to 6.
constexpr std::size_t day_of_week(std::int64_t unix_seconds) noexcept {
    return static_cast<std::size_t>((unix_seconds / seconds_per_day + 4) % 7);
}

/// Whether a text has the shape of another, in which `#` is any digit and `?` any byte.
constexpr bool has_shape(std::string_view text, std::string_view shape) noexcept {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == '#' ? !is_digit(text[i]) : shape[i] != '?' && text[i] != shape[i]) return false;
    }
    return true;
}

constexpr int digits_at(std::string_view text, std::size_t at, std::size_t count) noexcept {
    int value = 0;
    for (const char c : text.substr(at, count))
        value = 10 * value + (c - '0');
    return value;
}

constexpr void put_digits(int value, int count, char* out) noexcept {
    for (int i = count; i-- > 0; value /= 10)
        out[i] = static_cast<char>('0' + value % 10);
}

constexpr std::size_t put_text(std::string_view text, char* out) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i)
        out[i] = text[i];
    return text.size();
}

} // namespace detail

/// Reads an RFC 3339 date-time, `2026-01-01T00:00:00Z`, with an optional fraction of up to nine digits, which is
/// cut off, and `Z` or a numeric offset. Strict where RFC 3339 leaves a choice: upper-case `T` and `Z`, no space,
/// no leap second; the year as written is 1970 to 9999, and so it is in UTC. `unix_seconds` is written on
/// success only.
[[nodiscard]] constexpr bool parse_rfc3339(std::string_view text, std::int64_t& unix_seconds) noexcept {
    constexpr std::string_view shape = "####-##-##T##:##:##";
    if (text.size() <= shape.size() || !detail::has_shape(text.substr(0, shape.size()), shape)) return false;
    const detail::date_time t{.year = detail::digits_at(text, 0, 4),
                              .month = detail::digits_at(text, 5, 2),
                              .day = detail::digits_at(text, 8, 2),
                              .hour = detail::digits_at(text, 11, 2),
                              .minute = detail::digits_at(text, 14, 2),
                              .second = detail::digits_at(text, 17, 2)};
    std::int64_t seconds = 0;
    if (!detail::unix_time_of(t, seconds)) return false;

    std::string_view rest = text.substr(shape.size());
    if (rest.front() == '.') {
        std::size_t digits = 0;
        while (1 + digits < rest.size() && is_digit(rest[1 + digits]))
            ++digits;
        if (digits == 0 || digits > 9) return false;
        rest.remove_prefix(1 + digits);
    }
    if (rest != "Z") {
        if (!detail::has_shape(rest, "?##:##") || (rest[0] != '+' && rest[0] != '-')) return false;
        const int hours = detail::digits_at(rest, 1, 2);
        const int minutes = detail::digits_at(rest, 4, 2);
        if (hours > 23 || minutes > 59) return false;
        const int offset = hours * 3600 + minutes * 60;
        seconds += rest[0] == '+' ? -offset : offset;
    }
    if (seconds < 0 || seconds > detail::last_writable_second) return false;
    unix_seconds = seconds;
    return true;
}

/// Reads an HTTP date in the one form senders may still write, IMF-fixdate (RFC 9110 section 5.6.7):
/// `Sun, 06 Nov 1994 08:49:37 GMT`. The day's name must be the right one; no leap second; the year is 1970 to
/// 9999. `unix_seconds` is written on success only.
[[nodiscard]] constexpr bool parse_http_date(std::string_view text, std::int64_t& unix_seconds) noexcept {
    if (!detail::has_shape(text, "???, ## ??? #### ##:##:## GMT")) return false;
    detail::date_time t{.year = detail::digits_at(text, 12, 4),
                        .month = 0,
                        .day = detail::digits_at(text, 5, 2),
                        .hour = detail::digits_at(text, 17, 2),
                        .minute = detail::digits_at(text, 20, 2),
                        .second = detail::digits_at(text, 23, 2)};
    for (std::size_t i = 0; i < 12; ++i) {
        if (text.substr(8, 3) == detail::month_names.substr(3 * i, 3)) t.month = static_cast<int>(i + 1);
    }
    std::int64_t seconds = 0;
    if (!detail::unix_time_of(t, seconds)) return false;
    if (text.substr(0, 3) != detail::day_names.substr(3 * detail::day_of_week(seconds), 3)) return false;
    unix_seconds = seconds;
    return true;
}

/// Writes the 20 characters `2026-01-01T00:00:00Z` to `out`, without a terminating NUL, and answers how many;
/// 0, and nothing written, for a time before 1970 or after 9999.
constexpr std::size_t write_rfc3339(std::int64_t unix_seconds, char* out) noexcept {
    if (unix_seconds < 0 || unix_seconds > detail::last_writable_second) return 0;
    const detail::date_time t = detail::calendar_time(unix_seconds);
    const std::size_t size = detail::put_text("0000-00-00T00:00:00Z", out);
    detail::put_digits(t.year, 4, out);
    detail::put_digits(t.month, 2, out + 5);
    detail::put_digits(t.day, 2, out + 8);
    detail::put_digits(t.hour, 2, out + 11);
    detail::put_digits(t.minute, 2, out + 14);
    detail::put_digits(t.second, 2, out + 17);
    return size;
}

/// Writes the 29 characters `Sun, 06 Nov 1994 08:49:37 GMT` to `out`, without a terminating NUL, and answers how
/// many; 0, and nothing written, for a time before 1970 or after 9999.
constexpr std::size_t write_http_date(std::int64_t unix_seconds, char* out) noexcept {
    if (unix_seconds < 0 || unix_seconds > detail::last_writable_second) return 0;
    const detail::date_time t = detail::calendar_time(unix_seconds);
    const std::size_t size = detail::put_text("Sun, 00 Jan 0000 00:00:00 GMT", out);
    detail::put_text(detail::day_names.substr(3 * detail::day_of_week(unix_seconds), 3), out);
    detail::put_digits(t.day, 2, out + 5);
    detail::put_text(detail::month_names.substr(3 * static_cast<std::size_t>(t.month - 1), 3), out + 8);
    detail::put_digits(t.year, 4, out + 12);
    detail::put_digits(t.hour, 2, out + 17);
    detail::put_digits(t.minute, 2, out + 20);
    detail::put_digits(t.second, 2, out + 23);
    return size;
}

} // namespace hookseal::inline v0_1

#endif
