// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_BRAINTREE_HPP
#define HOOKSEAL_PROVIDERS_BRAINTREE_HPP

#include <hookseal/schemes/amended_scheme.hpp>
#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/value_form.hpp>

namespace hookseal::inline v0_1::providers {

namespace detail {

inline constexpr value_form braintree_challenge{alphabet::hex, 20, 32};

struct braintree_payload {
    static constexpr int candidates = 2;
    static constexpr bool needs_more = true;

    /// The second candidate is for payloads whose line break at the end was lost on the way.
    [[nodiscard]] static error read(const auto& described, const reading& in, statement& out) noexcept {
        if (const error e = described.read(in, out); e != error::none) return e;
        const std::string_view key_id = in.with.find("key_id");
        if (key_id.empty()) return error::missing_option;
        const auto is_base64_text = [](void*, std::string_view bytes) noexcept {
            for (const char c : bytes)
                if (!is_digit(c) && (to_lower(c) < 'a' || to_lower(c) > 'z') && c != '+' && c != '/'
                    && c != '=' && c != '\n')
                    return false;
            return true;
        };
        if (!out.content[0].value.write(in.from, {nullptr, is_base64_text})) return error::malformed_field;
        if (in.candidate == 1 && !out.content.push(piece::of(text::of("\n")))) return error::too_large;

        // `<key id>|<signature>&…`, as it stands in the form: with %26 for & and %7C for |.
        std::string_view rest = out.presented[0].value.raw();
        out.presented.clear();
        while (!rest.empty()) {
            const std::string_view pair = rest.substr(0, rest.find("%26"));
            rest.remove_prefix(pair.size() < rest.size() ? pair.size() + 3 : pair.size());
            for (const std::string_view bar : {"|", "%7C", "%7c"}) {
                const std::size_t at = pair.find(bar);
                if (at == std::string_view::npos || !is_form_text(pair.substr(0, at), key_id)) continue;
                if (!out.presented.push({text::of(pair.substr(at + bar.size()))})) return error::too_large;
            }
        }
        return out.presented.size() == 0 ? error::unknown_key : error::none;
    }
};

} // namespace detail

/// Braintree: `bt_signature=<public key>|<hex>` and `bt_payload` in a form, HMAC-SHA-1 over the payload as the form has
/// it, which is base64 of XML.
///
/// The secret is the private key, whose SHA-1 is the key; the public key is the option `key_id`. A time and the kind of
/// event are in the XML, signed; there is no id, so deliveries are told apart by their body. Retried for 24 hours.
/// Source: braintree/braintree_node `lib/braintree/webhook_notification_gateway.js` (read 2026-11-21).
struct braintree {
    static constexpr amended_scheme<detail::braintree_payload> scheme{{
        .name = "braintree",
        .digest = digest::sha1,
        .key = {.hashed = true},
        .signature = form("bt_signature"),
        .signed_content = "{form:bt_payload}",
        .signed_on_request = detail::braintree_challenge,
        .retry_window = hours(24),
    }};
    /// Unsigned, and wants a signature under the very key that signs deliveries: a payload that could be one is refused.
    static constexpr challenge_scheme challenge{
        .method = "GET",
        .value = query("bt_challenge"),
        .form = detail::braintree_challenge,
        .text = "{option:key_id}|{mac}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
