// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SUPPORT_HEAP_COPY_HPP
#define HOOKSEAL_TESTS_SUPPORT_HEAP_COPY_HPP

#include <cstddef>
#include <memory>
#include <string_view>

namespace hookseal_tests {

/// A text in a heap block of exactly its size, so that AddressSanitizer sees the first byte read beyond it. A
/// std::string would not do: its terminating NUL and its short buffer hide an overread.
class heap_copy {
public:
    explicit heap_copy(std::string_view text) : size_{text.size()}, bytes_{new char[text.size()]} {
        text.copy(bytes_.get(), size_);
    }

    [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }

private:
    std::size_t size_;
    std::unique_ptr<char[]> bytes_;
};

} // namespace hookseal_tests

#endif
