// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_PROMISES_HPP
#define HOOKSEAL_IDEMPOTENCY_PROMISES_HPP

namespace hookseal::inline v0_1 {

/// What a store guarantees, as a constant of its type. Receivers and test suites read it; silence promises nothing.
struct promises {
    bool exclusive = false; ///< of several claims of one event at the same moment, at most one is granted
    bool tells_in_flight = false;  ///< 'being handled' and 'done' are different answers
    bool recovers = false;         ///< an event whose owner died can be claimed again
    bool fenced = false;           ///< an owner who was overtaken changes nothing, and is told so
    bool repeatable = false;       ///< a call whose reply was lost can be made again with the same effect
    bool counts_attempts = false;  ///< `attempt` grows with every grant of an unfinished event
    bool compares_payload = false; ///< other content under the same id is told
    bool hands_over = false;       ///< the outcome `accepted` and claims by ticket
    bool durable = false;          ///< survives the end of the process
    bool shared = false;           ///< several processes may use it at once
    bool may_evict = true;         ///< may forget an event before its time
    bool effect_inside = false;    ///< completes in the transaction in which the handler works

    friend constexpr bool operator==(const promises&, const promises&) = default;
};

/// Gaps in a store's promises that double or lose events. A receiver over such a store does not compile until its user
/// accepts them by name: `receiver rx{stripe, store, accepting<risk::concurrent_twins>}`.
enum class risk : unsigned char {
    concurrent_twins, ///< not `exclusive`: two deliveries of one event at the same moment are both handled
    loss_after_crash, ///< not `recovers`: after a crash in the handler, redeliveries of the event are taken for duplicates
    late_overwrite, ///< not `fenced`: an owner slower than its lease undoes what its successor stored
};

} // namespace hookseal::inline v0_1

#endif
