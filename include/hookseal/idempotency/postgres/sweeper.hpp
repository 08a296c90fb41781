// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_POSTGRES_SWEEPER_HPP
#define HOOKSEAL_IDEMPOTENCY_POSTGRES_SWEEPER_HPP

#include <hookseal/idempotency/postgres/connection.hpp>
#include <hookseal/idempotency/postgres/parameters.hpp>
#include <hookseal/idempotency/postgres/statements.hpp>
#include <hookseal/idempotency/store_error.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1::postgres {

/// Where a row lies in its table: a `ctid`, which is written `(page,number)`.
class row_place {
public:
    row_place() noexcept = default;
    /// Before all rows of a page.
    explicit row_place(std::int64_t page) noexcept : page_(page) {}
    /// As the server writes it; false for anything else.
    [[nodiscard]] bool read(std::string_view written) noexcept {
        const char* const end = written.data() + written.size();
        if (written.size() < 2) return false;
        const auto page = std::from_chars(written.data() + 1, end, page_);
        if (page.ptr == end || *page.ptr != ',') return false;
        const auto number = std::from_chars(page.ptr + 1, end, number_);
        return page.ec == std::errc{} && number.ec == std::errc{} && page_ >= 0 && number_ >= 0;
    }

    [[nodiscard]] std::int64_t page() const noexcept { return page_; }

    /// A null-terminated text that the server reads.
    class text {
    public:
        explicit text(const row_place& of) noexcept {
            char* const end = written_.data() + written_.size();
            char* at = written_.data();
            *at++ = '(';
            at = std::to_chars(at, end, of.page_).ptr;
            *at++ = ',';
            at = std::to_chars(at, end, of.number_).ptr;
            *at++ = ')';
            *at = '\0';
        }
        [[nodiscard]] const char* c_str() const noexcept { return written_.data(); }

    private:
        std::array<char, 48> written_;
    };

private:
    std::int64_t page_ = 0;
    std::int64_t number_ = 0;
};

/// Removes rows whose time is over, a stretch of the table at a time. One thread at a time.
///
/// A round ends where the table did when it began: one that went on to where it does now would follow, for ever, what other
/// processes append.
class sweeper {
public:
    /// Looks at up to so many rows, going on where the last call ended.
    [[nodiscard]] sweep_answer sweep(connection& on, std::size_t rows) noexcept {
        if (rows == 0) return {.available = true};
        rows = std::min(rows, most_swept);
        const row_place end(next_.page() + 1 + static_cast<std::int64_t>(rows)); // pages may be empty
        const row_place::text from(next_), before(end);
        const answer told = on.ask(sql::sweep, parameters()
                                                   .add_text(from.c_str())
                                                   .add_text(before.c_str())
                                                   .add(static_cast<std::int64_t>(rows)));
        if (!on.well()) return {};
        const auto visited = static_cast<std::size_t>(told.number(0));
        if (end_of_round_ == 0) end_of_round_ = told.number(3);
        if (visited < rows || !next_.read(told.text(2))) next_ = end;
        const bool is_round = next_.page() >= end_of_round_;
        if (is_round) *this = {};
        return {.available = true,
                .visited = visited,
                .removed = static_cast<std::size_t>(told.number(1)),
                .is_round = is_round};
    }

private:
    row_place next_;
    std::int64_t end_of_round_ = 0; ///< a page; 0: not known yet
};

} // namespace hookseal::inline v0_1::postgres

#endif
