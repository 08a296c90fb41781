// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_INSERT_AND_ERASE_HPP
#define HOOKSEAL_IDEMPOTENCY_INSERT_AND_ERASE_HPP

#include <hookseal/core/duration.hpp>
#include <hookseal/idempotency/callback.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/user_call.hpp>

#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// The shape of a `callback_store` over a unique key: at most once.
///
///     insert(std::string_view key, std::chrono::seconds keep) → bool    true where the key was not there
///     erase(std::string_view key)
///
/// The key goes in before the handler runs and out if the handler fails. If the process dies in between, the key stays:
/// every redelivery looks like a duplicate and the event is lost, hence `accepting<risk::loss_after_crash>`. Where a lost
/// event costs more than a doubled one, take `seen_and_mark`.
template <class Insert, class Erase, class Calls = default_calls>
class insert_and_erase {
    static_assert(
        detail::answers<Insert, std::string_view, duration>,
        "insert is called as insert(std::string_view key, std::chrono::seconds keep) and returns bool (true: "
        "it was not there), or std::optional<bool> where it can fail without throwing");
    static_assert(
        detail::acts<Erase, std::string_view>,
        "erase is called as erase(std::string_view key) and returns nothing, bool or std::optional<bool>");

public:
    static constexpr promises promised{.exclusive = true};

    insert_and_erase(Insert insert, Erase erase) : insert_(std::move(insert)), erase_(std::move(erase)) {}

    [[nodiscard]] claim_answer claim(std::string_view key, const claim_terms& terms) noexcept {
        const claim_answer granted = detail::plain_grant(terms);
        switch (detail::ask<Calls>(insert_, key, granted.token.keep())) {
        case detail::said::yes: return granted;
        case detail::said::no: return detail::done({.result = {ending::handled}});
        case detail::said::failed: break;
        }
        return claim_answer::failure(store_fault::down, true);
    }

    [[nodiscard]] settle_answer complete(std::string_view, const claim_token&, const outcome&) noexcept {
        return settle_answer::of(settle_status::ok);
    }

    [[nodiscard]] settle_answer release(std::string_view key, const claim_token&, earlier) noexcept {
        if (detail::ask<Calls>(erase_, key) != detail::said::failed)
            return settle_answer::of(settle_status::ok);
        return settle_answer::failure(store_fault::down, true);
    }

private:
    Insert insert_;
    Erase erase_;
};

} // namespace hookseal::inline v0_1

#endif
