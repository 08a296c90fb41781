// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_DER_HPP
#define HOOKSEAL_ENCODING_DER_HPP

#include <cstddef>
#include <span>

namespace hookseal::inline v0_1 {

/// The tags of ASN.1 that keys and signatures are made of.
enum class der_tag : unsigned char {
    integer = 0x02,
    bit_string = 0x03,
    sequence = 0x30,
};

/// Writes DER (ITU-T X.690) into a fixed array, from its end to its front: what stands inside is written before the
/// header that tells its length.
///
///     out.unsigned_integer(s);  out.unsigned_integer(r);  out.header(der_tag::sequence, out.size());
class der_writer {
public:
    constexpr explicit der_writer(std::span<unsigned char> room) noexcept
        : room_(room), begin_(room.size()) {}

    /// Bytes in front of what is written so far.
    constexpr void bytes(std::span<const unsigned char> more) noexcept {
        if (full_ || more.size() > begin_) {
            full_ = true;
            return;
        }
        begin_ -= more.size();
        for (std::size_t i = 0; i < more.size(); ++i)
            room_[begin_ + i] = more[i];
    }

    /// The header of the `size` bytes that stand in front.
    constexpr void header(der_tag tag, std::size_t size) noexcept {
        if (size < 0x80) {
            byte(size);
        } else {
            std::size_t length_of_length = 0;
            for (std::size_t rest = size; rest != 0; rest >>= 8, ++length_of_length)
                byte(rest & 0xff);
            byte(0x80 | length_of_length);
        }
        byte(static_cast<unsigned char>(tag));
    }

    /// A number that is not negative, from its big-endian bytes: in as few as it takes, of which at least one.
    constexpr void unsigned_integer(std::span<const unsigned char> big_endian) noexcept {
        while (big_endian.size() > 1 && big_endian.front() == 0)
            big_endian = big_endian.subspan(1);
        bytes(big_endian);
        std::size_t size = big_endian.size();
        if (size == 0 || (big_endian.front() & 0x80) != 0) {
            byte(0);
            ++size;
        }
        header(der_tag::integer, size);
    }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return room_.size() - begin_; }

    /// What was written; empty where the room did not suffice.
    [[nodiscard]] constexpr std::span<const unsigned char> written() const noexcept {
        return full_ ? std::span<const unsigned char>{} : room_.subspan(begin_);
    }

private:
    constexpr void byte(std::size_t value) noexcept {
        const unsigned char one[] = {static_cast<unsigned char>(value)};
        bytes(one);
    }

    std::span<unsigned char> room_;
    std::size_t begin_;
    bool full_ = false;
};

} // namespace hookseal::inline v0_1

#endif
