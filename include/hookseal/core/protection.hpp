// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_PROTECTION_HPP
#define HOOKSEAL_CORE_PROTECTION_HPP

namespace hookseal::inline v0_1 {

/// Flaws of a provider's own scheme that no receiver can mend, and that whoever builds a verifier accepts by name.
enum class weakness : unsigned char {
    body_not_signed,   ///< whoever holds one valid request can send any body with it
    body_bound_by_crc, ///< a 32-bit checksum binds the body; another body with the same one is found in no time
    plain_hash,        ///< hash(content ‖ key) instead of a MAC
};

/// How much of the body a signature binds.
enum class body_protection : unsigned char { none, some_fields, checksum, whole };

/// What a signature binds, derived from a scheme's description and never declared.
struct protection {
    body_protection body = body_protection::none;
    bool timestamp = false;
    bool event_id = false; ///< the event id as `verified_event::id` reads it
    bool url = false;
    bool method = false;
    bool plain_hash = false;

    [[nodiscard]] constexpr bool has(weakness which) const noexcept {
        switch (which) {
        case weakness::body_not_signed: return body == body_protection::none;
        case weakness::body_bound_by_crc: return body == body_protection::checksum;
        case weakness::plain_hash: return plain_hash;
        }
        return true;
    }
    friend constexpr bool operator==(const protection&, const protection&) = default;
};

} // namespace hookseal::inline v0_1

#endif
