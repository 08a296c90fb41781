// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_CONTENT_DIGEST_HPP
#define HOOKSEAL_SCHEMES_CONTENT_DIGEST_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/encoding/structured_field.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Reads `Content-Digest: sha-256=:<base64>:, sha-512=:<base64>:` (RFC 9530, section 2) into bindings: whatever of the
/// two is there must be the body's, and one must be there.
///
/// Digests by other algorithms, which RFC 9530 calls insecure or nobody knows, are passed over; a name that comes twice
/// is refused, of whose values RFC 8941 would take the last. `unpadded` allows base64url without padding beside base64.
[[nodiscard]] inline error read_content_digest(const request& from, bool unpadded, statement& to) noexcept {
    error failed = error::missing_field;
    bool seen[2] = {};
    from.headers().for_each("content-digest", [&](std::string_view line) {
        if (failed == error::missing_field) failed = error::none;
        sf_dictionary members(line);
        std::string_view name;
        sf_value value;
        while (failed == error::none) {
            const sf_step step = members.next(name, value);
            if (step == sf_step::end) break;
            const bool is_512 = name == "sha-512";
            if (step == sf_step::malformed) failed = error::malformed_field;
            if (failed != error::none || (!is_512 && name != "sha-256")) continue;
            const bool plain = !unpadded || value.text.find_first_of("+/=") != std::string_view::npos;
            const auto claimed =
                binding::of_the_body(is_512 ? digest::sha512 : digest::sha256,
                                     plain ? encoding::base64 : encoding::base64url, text::of(value.text));
            if (value.kind != sf_kind::bytes || seen[is_512])
                failed = error::malformed_field;
            else if (!to.bindings.push(claimed))
                failed = error::too_large;
            seen[is_512] = true;
        }
        return failed == error::none;
    });
    return failed == error::none && !seen[0] && !seen[1] ? error::missing_field : failed;
}

} // namespace hookseal::inline v0_1

#endif
