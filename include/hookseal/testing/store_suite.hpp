// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTING_STORE_SUITE_HPP
#define HOOKSEAL_TESTING_STORE_SUITE_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/store.hpp>
#include <hookseal/testing/store_cases.hpp>
#include <hookseal/testing/store_model.hpp>
#include <hookseal/testing/store_races.hpp>
#include <hookseal/testing/store_report.hpp>

#include <type_traits>

namespace hookseal::inline v0_1::testing {

/// Puts an idempotency store, of ours or of your own, through the tests that all of ours pass: what the state machine
/// promises case by case, random sequences of calls against the state machine itself, races, and faults.
///
///     const store_report told = run_store_suite([] { return my_harness(); });
///     for (const std::string& fault : told.faults) …
///
/// `make()` gives a harness over a new and empty store, each time it is called:
///
///     my_store& store();
///     void pass(std::chrono::milliseconds);     time passes for the store: a clock that the test holds is moved, or all
///                                               deadlines in the database are put forward
///     static constexpr bool exact_time = true;  whether no time passes otherwise; without it nothing is asked to the
///                                               millisecond, and time that the machine takes must not exceed a minute a case
///     my_store& another();                      optional: a second store over the same data, as another process has it
///     void lose_next_reply();                   optional: the next change is made, but its reply is lost
///     void set_down(bool);                      optional: nothing can be reached
///
/// What the store does not promise (`Store::promised`) is not asked, and stands under `skipped`.
template <class Make>
[[nodiscard]] store_report run_store_suite(Make make, const suite_settings& settings = {}) {
    using harness = std::invoke_result_t<Make&>;
    using store = std::remove_cvref_t<decltype(std::declval<harness&>().store())>;
    static_assert(check_store<store>());

    store_report told;
    detail::run_store_cases(make, told);
    detail::run_store_model(make, settings, told);
    detail::run_store_races(make, settings, told);
    return told;
}

} // namespace hookseal::inline v0_1::testing

#endif
