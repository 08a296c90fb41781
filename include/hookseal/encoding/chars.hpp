// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_CHARS_HPP
#define HOOKSEAL_ENCODING_CHARS_HPP

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// The text of so many characters. `std::string_view{first, size}` is the same, but tries its constructor of two iterators
/// first: for each new pair of types a compiler goes through some forty concepts, and takes longer than for a header.
[[nodiscard]] constexpr std::string_view chars(const char* first, std::size_t size) noexcept {
    return {first, size};
}

} // namespace hookseal::inline v0_1

#endif
