// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_REDIS_RECORDS_HPP
#define HOOKSEAL_IDEMPOTENCY_REDIS_RECORDS_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/record_text.hpp>
#include <hookseal/idempotency/redis/connection.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// How an event's record is kept in Redis and changed as one step however many do it at once. The state machine runs here as
// it stands; the server's part is to replace a value only if it still is what was read.
//
// The server's clock alone counts. A value's times are counted from when it was written, and its age is what has passed of
// the time that it was given to live.

namespace hookseal::inline v0_1::redis {

/// A number as text.
class digits {
public:
    explicit digits(std::int64_t number) noexcept {
        end_ = std::to_chars(text_.data(), text_.data() + text_.size(), number).ptr;
    }
    digits(const digits&) = delete;
    digits& operator=(const digits&) = delete;
    [[nodiscard]] std::string_view view() const noexcept {
        return {text_.data(), static_cast<std::size_t>(end_ - text_.data())};
    }

private:
    std::array<char, 24> text_{};
    char* end_ = nullptr;
};

/// How long the server keeps a record: what is never to be forgotten, for a century. A tombstone stays as long as a
/// completed event would.
[[nodiscard]] constexpr std::int64_t time_to_live(const claim_record& record) noexcept {
    constexpr std::int64_t century = std::chrono::milliseconds(std::chrono::hours(24 * 36500)).count();
    if (record.state == event_state::absent) return default_keep.count();
    return std::clamp<std::int64_t>(record.expires, 1, century);
}

/// The record as it is stored, and a number that grows with every change: without it, a lease that was extended would
/// look like one that was not.
class stored_text {
public:
    stored_text(const claim_record& record, std::uint64_t revision) noexcept {
        char* end = std::copy_n(record_text(record).view().begin(), record_text::size, text_.begin());
        *end++ = '.';
        end_ = std::to_chars(end, text_.data() + text_.size(), revision).ptr;
    }
    stored_text(const stored_text&) = delete;
    stored_text& operator=(const stored_text&) = delete;
    [[nodiscard]] std::string_view view() const noexcept {
        return {text_.data(), static_cast<std::size_t>(end_ - text_.data())};
    }

private:
    std::array<char, record_text::size + 24> text_{};
    char* end_;
};

/// What was read, with what it takes to replace it.
struct found_record {
    claim_record record{};
    std::uint64_t revision = 0;
    std::int64_t age = 0;
    bool is_sound = true; ///< false: nobody of ours wrote that
    bool is_there = false;
    bool is_torn = false; ///< it went while it was being read: look again
};

/// `left` is what PTTL said of the key.
[[nodiscard]] inline found_record read_record(const answer& value, const answer& left) noexcept {
    if (value.is_nil()) return {};
    if (left.number() == -2) return {.is_torn = true};
    found_record found{.is_there = true};
    const std::string_view text = value.text();
    const auto record = parse_record(text.substr(0, record_text::size));
    if (text.size() > record_text::size)
        std::from_chars(text.data() + record_text::size + 1, text.data() + text.size(), found.revision);
    found.is_sound = record && stored_text(*record, found.revision).view() == text && left.number() >= 0;
    if (!found.is_sound) return found;
    found.record = *record;
    found.age = std::max<std::int64_t>(time_to_live(*record) - left.number(), 0);
    return found;
}

inline constexpr std::string_view replace_script =
    "if redis.call('GET', KEYS[1]) == ARGV[1] then "
    "redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 1 end return 0";
/// Of the script, by which a server knows it that has seen it.
inline constexpr std::string_view replace_script_sha1 = "bad822b918ab5a9d729df8b9370ac68bdaca0336";

/// Writes what was decided of a record, unless somebody else was faster.
[[nodiscard]] inline bool replace(connection& on, std::string_view key, std::string_view old,
                                  const found_record& from, claim_record to) noexcept {
    to.leased_until -= from.age;
    if (to.expires != never) to.expires -= from.age;
    const stored_text text(to, from.revision + 1);
    const digits lives(time_to_live(to));
    answer told =
        on.ask({"EVALSHA", replace_script_sha1, "1", key, old, text.view(), lives.view()}, "NOSCRIPT");
    if (told.is_error() && on.well())
        told = on.ask({"EVAL", replace_script, "1", key, old, text.view(), lives.view()});
    return told.number() == 1;
}

} // namespace hookseal::inline v0_1::redis

#endif
