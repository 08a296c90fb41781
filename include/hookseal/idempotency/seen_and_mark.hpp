// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SEEN_AND_MARK_HPP
#define HOOKSEAL_IDEMPOTENCY_SEEN_AND_MARK_HPP

#include <hookseal/core/duration.hpp>
#include <hookseal/idempotency/callback.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/user_call.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// The simplest shape of a `callback_store`: at least once.
///
///     seen(std::string_view key) → bool                    has this event been handled?
///     mark(std::string_view key[, std::chrono::seconds keep])   it has been now; remember that for so long
///
/// An event is marked after its handler has succeeded, so none is lost. Nobody arbitrates while a handler runs: two
/// deliveries of one event at the same moment are both handled, hence `accepting<risk::concurrent_twins>`.
template <class Seen, class Mark, class Calls = default_calls>
class seen_and_mark {
    static_assert(
        detail::answers<Seen, std::string_view>,
        "seen is called as seen(std::string_view key) and returns bool, or std::optional<bool> where it can "
        "fail without throwing");
    static_assert(std::is_invocable_v<Mark&, std::string_view,
                                      duration> || std::is_invocable_v<Mark&, std::string_view>,
                  "mark is called as mark(std::string_view key, std::chrono::seconds keep), or without keep");

public:
    static constexpr promises promised{.recovers = true, .repeatable = true};

    seen_and_mark(Seen seen, Mark mark) : seen_(std::move(seen)), mark_(std::move(mark)) {}

    [[nodiscard]] claim_answer claim(std::string_view key, const claim_terms& terms) noexcept {
        switch (detail::ask<Calls>(seen_, key)) {
        case detail::said::no: return detail::plain_grant(terms);
        case detail::said::yes: return detail::done({.result = {ending::handled}});
        case detail::said::failed: break;
        }
        return claim_answer::failure(store_fault::down);
    }

    [[nodiscard]] settle_answer complete(std::string_view key, const claim_token& token,
                                         const outcome&) noexcept {
        detail::said marked = detail::said::failed;
        if constexpr (std::is_invocable_v<Mark&, std::string_view, duration>)
            marked = detail::ask<Calls>(mark_, key, token.keep());
        else
            marked = detail::ask<Calls>(mark_, key);
        if (marked == detail::said::yes) return settle_answer::of(settle_status::ok);
        return settle_answer::failure(store_fault::down, marked == detail::said::failed);
    }

    [[nodiscard]] settle_answer release(std::string_view, const claim_token&, earlier) noexcept {
        return settle_answer::of(settle_status::ok);
    }

private:
    Seen seen_;
    Mark mark_;
};

} // namespace hookseal::inline v0_1

#endif
