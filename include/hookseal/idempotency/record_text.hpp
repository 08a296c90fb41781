// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_RECORD_TEXT_HPP
#define HOOKSEAL_IDEMPOTENCY_RECORD_TEXT_HPP

#include <hookseal/encoding/base64.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/sound_record.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

inline constexpr unsigned char record_text_version = 1;
inline constexpr std::size_t record_bytes = 1 + 1 + 1 + 1 + 2 + 4 + 7 * 8;

} // namespace detail

/// An event's record as text, for stores that hold text or bytes: version and fields in network byte order, in base64url
/// without padding. Every record has one text, so texts can be compared in place of records.
class record_text {
public:
    static constexpr std::size_t size = base64_size(detail::record_bytes, base64_form::url);

    constexpr explicit record_text(const claim_record& record) noexcept {
        unsigned char bytes[detail::record_bytes]{
            detail::record_text_version, static_cast<unsigned char>(record.state),
            static_cast<unsigned char>(record.before), static_cast<unsigned char>(record.result.how)};
        unsigned char* out = detail::put_big_endian(bytes + 4, record.result.code);
        out = detail::put_big_endian(out, record.attempt);
        for (const std::uint64_t word :
             {record.generation, record.nonce, record.ticket, record.fingerprint,
              static_cast<std::uint64_t>(record.lease), static_cast<std::uint64_t>(record.leased_until),
              static_cast<std::uint64_t>(record.expires)})
            out = detail::put_big_endian(out, word);
        encode_base64(bytes, text_, base64_form::url);
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text_, size}; }

private:
    char text_[size]{};
};

/// The record of a text made by `record_text`; nothing for any other text.
[[nodiscard]] constexpr std::optional<claim_record> parse_record(std::string_view text) noexcept {
    unsigned char bytes[detail::record_bytes]{};
    if (text.size() != record_text::size
        || decode_base64(text, bytes, base64_form::url) != detail::record_bytes
        || bytes[0] != detail::record_text_version)
        return std::nullopt;
    if (!detail::are_known(bytes[1], bytes[2], bytes[3])) return std::nullopt;
    claim_record record;
    record.state = static_cast<event_state>(bytes[1]);
    record.before = static_cast<earlier>(bytes[2]);
    record.result.how = static_cast<ending>(bytes[3]);
    const unsigned char* in = detail::get_big_endian(bytes + 4, record.result.code);
    in = detail::get_big_endian(in, record.attempt);
    std::uint64_t signed_words[3]{};
    for (std::uint64_t* word : {&record.generation, &record.nonce, &record.ticket, &record.fingerprint,
                                &signed_words[0], &signed_words[1], &signed_words[2]})
        in = detail::get_big_endian(in, *word);
    record.lease = static_cast<std::int64_t>(signed_words[0]);
    record.leased_until = static_cast<tick>(signed_words[1]);
    record.expires = static_cast<tick>(signed_words[2]);
    return detail::has_sound_times(record) ? std::optional(record) : std::nullopt;
}

} // namespace hookseal::inline v0_1

#endif
