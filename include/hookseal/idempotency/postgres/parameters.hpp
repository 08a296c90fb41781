// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_POSTGRES_PARAMETERS_HPP
#define HOOKSEAL_IDEMPOTENCY_POSTGRES_PARAMETERS_HPP

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1::postgres {

/// A statement's parameters, as libpq takes them: numbers as text, all else as bytes (`bytea`), which must live until the
/// statement was executed. What does not fit is left out, and the statement fails.
class parameters {
public:
    static constexpr std::size_t most = 21;

    parameters() noexcept = default;
    parameters(const parameters&) = delete;
    parameters& operator=(const parameters&) = delete;

    parameters& add(std::int64_t number) noexcept {
        if (count_ == most) return *this;
        std::array<char, 24>& digits = digits_[count_];
        *std::to_chars(digits.data(), digits.data() + digits.size() - 1, number).ptr = '\0';
        return add(digits.data(), 0, text);
    }
    parameters& add_text(const char* null_terminated) noexcept { return add(null_terminated, 0, text); }
    parameters& add(std::string_view bytes) noexcept {
        return add(bytes.data() != nullptr ? bytes.data() : "", static_cast<int>(bytes.size()), binary);
    }
    parameters& add(std::span<const unsigned char> bytes) noexcept {
        return add(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    }

    parameters& add_null() noexcept { return add(nullptr, 0, text); }

    [[nodiscard]] int count() const noexcept { return static_cast<int>(count_); }
    [[nodiscard]] const char* const* values() const noexcept { return values_.data(); }
    [[nodiscard]] const int* sizes() const noexcept { return sizes_.data(); }
    [[nodiscard]] const int* formats() const noexcept { return formats_.data(); }

private:
    static constexpr int text = 0;
    static constexpr int binary = 1;

    parameters& add(const char* value, int size, int format) noexcept {
        if (count_ == most) return *this;
        values_[count_] = value;
        sizes_[count_] = size;
        formats_[count_] = format;
        ++count_;
        return *this;
    }

    std::array<const char*, most> values_{};
    std::array<int, most> sizes_{};
    std::array<int, most> formats_{};
    std::array<std::array<char, 24>, most> digits_; // written as far as they are used
    std::size_t count_ = 0;
};

} // namespace hookseal::inline v0_1::postgres

#endif
