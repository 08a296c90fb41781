// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_TICKET_HPP
#define HOOKSEAL_IDEMPOTENCY_TICKET_HPP

#include <hookseal/idempotency/claim_token.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace hookseal::inline v0_1 {

/// What an accepted event is known by on its way through a queue.
///
/// It owns nothing: a worker exchanges it for a claim of its own with `resume`, so that of two workers with the same text
/// one has the event. It is nobody's secret, but whoever may write into the queue may have events handled.
class ticket {
public:
    explicit ticket(const claim_token& of) noexcept : token_(of) {}

    /// As letters that any queue, URL or log can carry; all are equally long.
    [[nodiscard]] std::string text() const { return std::string(claim_token_text(token_).view()); }

    /// Nothing where that is not the text of a ticket.
    [[nodiscard]] static std::optional<ticket> parse(std::string_view text) noexcept {
        const auto token = parse_claim_token(text);
        return token ? std::optional(ticket(*token)) : std::nullopt;
    }

    /// The claim that accepted the event.
    [[nodiscard]] const claim_token& token() const noexcept { return token_; }

    friend bool operator==(const ticket&, const ticket&) = default;

private:
    claim_token token_;
};

} // namespace hookseal::inline v0_1

#endif
