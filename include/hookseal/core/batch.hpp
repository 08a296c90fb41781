// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_BATCH_HPP
#define HOOKSEAL_CORE_BATCH_HPP

#include <hookseal/core/field.hpp>

namespace hookseal::inline v0_1 {

/// Where a delivery has several events, and where each of them has its id and its type:
///
///     .batch = {.at = json("events"), .id = json("webhookEventId"), .type = json("type")}
///
/// `at` is a JSON array in the body, `json("")` where it is the body itself; or such an array as a form's field. `id` and
/// `type` are paths within an element.
struct batch {
    field at = no_field;
    selector id = no_selector;
    selector type = no_selector;
};

inline constexpr batch no_batch{};

} // namespace hookseal::inline v0_1

#endif
