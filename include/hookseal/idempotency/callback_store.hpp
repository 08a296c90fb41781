// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_CALLBACK_STORE_HPP
#define HOOKSEAL_IDEMPOTENCY_CALLBACK_STORE_HPP

#include <hookseal/core/milliseconds.hpp>
#include <hookseal/crypto/random.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/compare_and_set.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/expiring_key.hpp>
#include <hookseal/idempotency/insert_and_erase.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/seen_and_mark.hpp>
#include <hookseal/idempotency/state_machine.hpp>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// An idempotency store made of the user's own functions, over whatever keeps their data:
///
///     callback_store store{seen, mark};                              see seen_and_mark.hpp
///     callback_store store{insert_and_erase{insert, erase}};         and so on
///     callback_store store{expiring_key{insert, find, put, erase}};
///     callback_store store{compare_and_set{insert, replace}};        nothing is lacking here
///
/// The functions get the event's key as 32 hexadecimal digits (see `durable_locator`), may throw, and are called from
/// every thread that uses the store, several at once. Whatever they throw is an answer of `unavailable`.
template <class Shape>
class callback_store {
public:
    static constexpr promises promised = Shape::promised;

    explicit callback_store(Shape shape) : shape_(std::move(shape)) {}
    template <class Seen, class Mark>
    callback_store(Seen seen, Mark mark) : shape_(std::move(seen), std::move(mark)) {}

    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        claim_terms terms = claim_terms::of(request);
        const bool cannot =
            terms.lease <= 0 || terms.keep <= 0 || (terms.handed_over != nullptr && !promised.hands_over);
        if (cannot) return claim_answer::failure(store_fault::misconfigured);
        const std::optional<locator> where = durable_locator(request.key);
        if (!where || !mark_as_own(terms)) return claim_answer::failure(store_fault::down);
        claim_answer answer = shape_.claim(locator_text(*where).view(), terms);
        if (answer.status == claim_status::granted) answer.token.where = *where;
        return answer;
    }

    [[nodiscard]] settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        if (result.how == ending::accepted && !promised.hands_over)
            return settle_answer::failure(store_fault::misconfigured);
        if (token.generation == 0) return settle_answer::of(settle_status::gone);
        return shape_.complete(locator_text(token.where).view(), token, result);
    }
    [[nodiscard]] settle_answer release(const claim_token& token, earlier reason) noexcept {
        if (token.generation == 0) return settle_answer::of(settle_status::gone);
        return shape_.release(locator_text(token.where).view(), token, reason);
    }
    [[nodiscard]] settle_answer extend(const claim_token& token, milliseconds lease) noexcept requires
        requires(Shape& shape, std::string_view text) {
        shape.extend(text, token, lease);
    }
    { return shape_.extend(locator_text(token.where).view(), token, lease); }

    [[nodiscard]] settle_answer forget(const unverified_key& key) noexcept requires
        requires(Shape& shape, std::string_view text) {
        shape.forget(text);
    }
    {
        const std::optional<locator> where = durable_locator(key);
        return where ? shape_.forget(locator_text(*where).view()) : settle_answer::failure(store_fault::down);
    }
    [[nodiscard]] peek_answer peek(const unverified_key& key) noexcept requires
        requires(Shape& shape, std::string_view text) {
        shape.peek(text);
    }
    {
        const std::optional<locator> where = durable_locator(key);
        return where ? shape_.peek(locator_text(*where).view()) : peek_answer::failure(store_fault::down);
    }

private:
    /// The user's store has no counter that tells owners apart for ever; a random number does.
    [[nodiscard]] static bool mark_as_own(claim_terms& terms) noexcept {
        while (terms.nonce == 0) {
            unsigned char bytes[sizeof terms.nonce];
            if (!random_bytes(bytes)) return false;
            std::memcpy(&terms.nonce, bytes, sizeof bytes);
        }
        return true;
    }

    Shape shape_;
};

template <class Shape>
callback_store(Shape) -> callback_store<Shape>;
template <class Seen, class Mark>
callback_store(Seen, Mark) -> callback_store<seen_and_mark<Seen, Mark>>;

} // namespace hookseal::inline v0_1

#endif
