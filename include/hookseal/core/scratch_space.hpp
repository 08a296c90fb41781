// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_SCRATCH_SPACE_HPP
#define HOOKSEAL_CORE_SCRATCH_SPACE_HPP

#include <cstddef>

namespace hookseal::inline v0_1 {

/// Room for what a scheme must decode before it can read it. What is written there lives as long as the statement.
struct scratch_space {
    char* data = nullptr;
    std::size_t size = 0;
};

/// Most room a scheme may ask for: all that a header can hold, decoded from base64.
inline constexpr std::size_t max_scratch = 6144;

} // namespace hookseal::inline v0_1

#endif
