// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_SIPHASH_HPP
#define HOOKSEAL_IDEMPOTENCY_SIPHASH_HPP

#include <hookseal/encoding/eight_bytes.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// SipHash with 128 bits of output: a keyed hash for tables whose keys come from strangers. Without the key nobody can
/// choose ids that collide. `Rounds` for each word and `LastRounds` at the end: 2 and 4 are the authors' choice for
/// signatures of short messages, 1 and 3 what hash tables are content with (Rust's and Python's, for two).
///
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", section 2; the longer output is that of the
/// authors' reference implementation.
template <int Rounds, int LastRounds>
class basic_siphash {
public:
    using key = std::array<std::uint64_t, 2>;
    using value = std::array<std::uint64_t, 2>;

    constexpr explicit basic_siphash(const key& k) noexcept
        : v_{k[0] ^ 0x736f6d6570736575U, k[1] ^ 0x646f72616e646f6dU ^ 0xeeU, k[0] ^ 0x6c7967656e657261U,
             k[1] ^ 0x7465646279746573U} {}

    constexpr void update(std::string_view bytes) noexcept {
        size_ += bytes.size();
        while (held_ != 0 && !bytes.empty()) {
            hold(bytes.front());
            bytes.remove_prefix(1);
        }
        for (; bytes.size() >= 8; bytes.remove_prefix(8))
            absorb(eight_bytes(bytes.data()));
        for (const char c : bytes)
            hold(c);
    }

    /// Eight bytes, the least significant one first. Only where the bytes so far are a multiple of eight.
    constexpr void update(std::uint64_t word) noexcept {
        size_ += 8;
        absorb(word);
    }

    /// The hash of all bytes so far; the object is of no use afterwards.
    [[nodiscard]] constexpr value finish() noexcept {
        absorb(word_ | std::uint64_t{size_ & 0xffU} << 56U);
        v_[2] ^= 0xeeU;
        const std::uint64_t low = squeeze();
        v_[1] ^= 0xddU;
        return {low, squeeze()};
    }

private:
    constexpr void hold(char c) noexcept {
        word_ |= std::uint64_t{static_cast<unsigned char>(c)} << (8 * held_);
        if (++held_ < 8) return;
        absorb(word_);
        word_ = 0;
        held_ = 0;
    }
    constexpr void absorb(std::uint64_t word) noexcept {
        v_[3] ^= word;
        for (int i = 0; i < Rounds; ++i)
            round();
        v_[0] ^= word;
    }
    constexpr std::uint64_t squeeze() noexcept {
        for (int i = 0; i < LastRounds; ++i)
            round();
        return v_[0] ^ v_[1] ^ v_[2] ^ v_[3];
    }
    constexpr void round() noexcept {
        v_[0] += v_[1];
        v_[1] = std::rotl(v_[1], 13) ^ v_[0];
        v_[0] = std::rotl(v_[0], 32);
        v_[2] += v_[3];
        v_[3] = std::rotl(v_[3], 16) ^ v_[2];
        v_[0] += v_[3];
        v_[3] = std::rotl(v_[3], 21) ^ v_[0];
        v_[2] += v_[1];
        v_[1] = std::rotl(v_[1], 17) ^ v_[2];
        v_[2] = std::rotl(v_[2], 32);
    }

    std::array<std::uint64_t, 4> v_;
    std::uint64_t word_ = 0;
    std::size_t size_ = 0;
    unsigned held_ = 0;
};

using siphash = basic_siphash<2, 4>;

} // namespace hookseal::inline v0_1

#endif
