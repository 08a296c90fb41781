// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_FUZZ_HPP
#define HOOKSEAL_TESTS_FUZZ_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

// What every target begins with. A target states what holds of every input; it is no Catch2 program, as libFuzzer has its
// own main, which finds LLVMFuzzerTestOneInput by its name.

namespace hookseal_fuzz {

/// What does not hold ends the program, and libFuzzer keeps the input.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// An input that is read from its front. Behind its end there are zeros.
class input {
public:
    input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

    [[nodiscard]] bool ended() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }

    std::uint8_t byte() {
        if (rest_.empty()) return 0;
        const auto first = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return first;
    }
    template <class Number>
    Number number() {
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < sizeof(Number); ++i)
            all = all << 8U | byte();
        return static_cast<Number>(all);
    }
    /// A number less than `limit`, from as many bytes as that takes.
    std::size_t below(std::size_t limit) {
        const std::size_t chosen = limit <= 256 ? byte() : number<std::uint16_t>();
        return limit == 0 ? 0 : chosen % limit;
    }
    /// What stands before the next `end`, or all.
    std::string_view until(char end) {
        const std::size_t size = rest_.find(end);
        const std::string_view part = rest_.substr(0, size);
        rest_.remove_prefix(size == std::string_view::npos ? rest_.size() : size + 1);
        return part;
    }

private:
    std::string_view rest_;
};

inline std::span<const unsigned char> bytes_of(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

} // namespace hookseal_fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

#endif
