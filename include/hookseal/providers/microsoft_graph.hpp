// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_MICROSOFT_GRAPH_HPP
#define HOOKSEAL_PROVIDERS_MICROSOFT_GRAPH_HPP

#include <hookseal/encoding/json_cursor.hpp>
#include <hookseal/encoding/json_field.hpp>
#include <hookseal/schemes/amended_scheme.hpp>
#include <hookseal/schemes/challenge_scheme.hpp>

namespace hookseal::inline v0_1::providers {

namespace detail {

struct microsoft_graph_items {
    /// The first item's state is compared with the secret, so all others need only be spelled like the first.
    [[nodiscard]] static error read(const auto& described, const reading& in, statement& out) noexcept {
        if (const error e = described.read(in, out); e != error::none) return e;
        const json_value items = find_json_field(in.from.body(), "value");
        if (items.kind != json_kind::array) return error::malformed_field;
        json_cursor rest(items.raw);
        static_cast<void>(rest.skip('['));
        do {
            rest.skip_space();
            const char* const start = rest.at;
            if (!rest.skip_value()) return error::malformed_field;
            const json_value state = find_json_field(rest.since(start), "clientState");
            if (state.kind != json_kind::string || state.raw != out.presented[0].value.raw())
                return error::signature_mismatch;
            rest.skip_space();
        } while (rest.skip(','));
        return error::none;
    }
};

} // namespace detail

/// Microsoft Graph change notifications: `clientState` in each item of `value`, the text given when the
/// subscription was made.
///
/// Nothing is signed: whoever sees one request can send any other. As the secret stands in every body, log
/// none. A delivery is a batch without an id: *all* its items must have the secret, for they may be of
/// several subscriptions. What `validationTokens` and `encryptedContent` of rich notifications prove is not
/// checked. The token of the handshake is a sentence; one with characters that HTML would give a meaning to
/// is refused. Retried for 4 hours.
/// Source: learn.microsoft.com/graph/change-notifications-delivery-webhooks (read 2026-11-21).
struct microsoft_graph {
    static constexpr amended_scheme<detail::microsoft_graph_items> scheme{{
        .name = "microsoft_graph",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = json("value.0.clientState"),
        .retry_window = hours(4),
    }};
    static constexpr challenge_scheme challenge{
        .value = query("validationToken"),
        .form = {alphabet::text, 1, 384},
        .text = "{value}",
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
