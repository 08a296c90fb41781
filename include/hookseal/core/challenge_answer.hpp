// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_CHALLENGE_ANSWER_HPP
#define HOOKSEAL_CORE_CHALLENGE_ANSWER_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/decimal.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Longest text in an answer, in bytes.
inline constexpr std::size_t max_answer_text = 512;

/// A text in an answer: a small value that holds its own bytes, so that answering allocates nothing.
class answer_text {
public:
    answer_text() noexcept {} // user-provided: `{}` must not zero the bytes
    answer_text(const answer_text& other) noexcept { static_cast<void>(append(other)); }
    answer_text& operator=(const answer_text& other) noexcept {
        if (this == &other) return *this;
        size_ = 0;
        static_cast<void>(append(other));
        return *this;
    }

    [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }
    operator std::string_view() const noexcept { return view(); }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// False, and nothing is appended, where there is no room.
    [[nodiscard]] bool append(std::string_view more) noexcept {
        if (more.size() > max_answer_text - size_) return false;
        if (!more.empty()) std::memcpy(bytes_ + size_, more.data(), more.size());
        size_ += more.size();
        return true;
    }

private:
    std::size_t size_ = 0;
    char bytes_[max_answer_text];
};

/// A header to send with an answer; `name` is of static storage.
struct answer_header {
    std::string_view name{};
    answer_text value{};
};

inline constexpr std::size_t max_answer_headers = 3;

/// What to answer to a request that is a challenge and no event. Default-constructed it refuses.
struct challenge_answer {
    int status = 401;
    hookseal::error error = hookseal::error::unverified; ///< `none`: the challenge is met
    std::string_view content_type{};                     ///< of the body; of static storage
    answer_text body{};
    std::array<answer_header, max_answer_headers> headers{}; ///< those without a name are none
    answer_text value{}; ///< what the sender handed over: at some, the secret to keep
};

/// Calls `put(std::string_view name, std::string_view value)` with every header that belongs to an answer (a
/// `challenge_answer` or a `reply`). A body echoes what a stranger sent: no browser may take it for anything but its type.
template <class Answer, class Put>
void for_each_header(const Answer& answer, Put&& put) {
    if (!answer.body.empty()) {
        put(std::string_view("Content-Type"), answer.content_type);
        put(std::string_view("X-Content-Type-Options"), std::string_view("nosniff"));
    }
    for (const answer_header& each : answer.headers)
        if (!each.name.empty()) put(each.name, each.value.view());
    if constexpr (requires { answer.retry_after; }) {
        if (!answer.retry_after) return;
        char digits[20];
        const auto seconds = answer.retry_after->count();
        const std::size_t size = write_decimal(seconds < 0 ? 0 : static_cast<std::uint64_t>(seconds), digits);
        put(std::string_view("Retry-After"), chars(digits, size));
    }
}

} // namespace hookseal::inline v0_1

#endif
