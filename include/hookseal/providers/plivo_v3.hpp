// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_PLIVO_V3_HPP
#define HOOKSEAL_PROVIDERS_PLIVO_V3_HPP

#include <hookseal/schemes/amended_scheme.hpp>
#include <hookseal/schemes/sorted_form.hpp>

namespace hookseal::inline v0_1::providers {

namespace detail {

inline constexpr sorted_form_style plivo_query{.behind_name = "=", .between = "&"};
inline constexpr sorted_form_style plivo_form{};

struct plivo_v3_parameters {
    static constexpr void amend(scheme_info& all) noexcept {
        all.protects = {.body = body_protection::some_fields, .event_id = true};
        all.streams = false;
    }

    [[nodiscard]] static error read(const auto& described, const reading& in, statement& out) noexcept {
        if (const error e = described.read(in, out); e != error::none) return e;
        const piece url = out.content[0];
        const piece dot = out.content[1];
        const piece nonce = out.content[2];
        const std::string_view query = url_query(in.from.url());
        const std::string_view form = in.from.body();
        // A nonce with a dot could take text from the value before it.
        if (nonce.value.raw().find('.') != std::string_view::npos || !is_sortable_form(query)
            || !is_sortable_form(form))
            return error::malformed_field;

        out.content.clear();
        bool fits = out.content.push(url);
        if (!query.empty() || !form.empty()) fits = fits && out.content.push(piece::of(text::of("?")));
        fits = fits && out.content.push(piece::of(text::of(query, &readers::sorted_form<plivo_query>)));
        if (!query.empty() && !form.empty()) fits = fits && out.content.push(dot);
        fits = fits && out.content.push(piece::of(text::of(form, &readers::sorted_form<plivo_form>)))
               && out.content.push(dot) && out.content.push(nonce);
        return fits ? error::none : error::too_large;
    }
};

} // namespace detail

/// Plivo's signature V3: `X-Plivo-Signature-V3: <base64>[,<base64>…]`, HMAC-SHA-256 over
/// `{url}?{query}.{form}.{nonce}`, query and form decoded and sorted; what is empty is left out, with its separator.
///
/// Names and values of the form touch without a separator. The key is the auth token. Not protected: time; the nonce is
/// signed, and another for each delivery. Retries end within minutes.
/// Source: plivo/plivo-python `plivo/utils/signature_v3.py` (read 2026-11-21).
struct plivo_v3 {
    static constexpr amended_scheme<detail::plivo_v3_parameters> scheme{{
        .name = "plivo_v3",
        .encoding = encoding::base64,
        .signature = header("x-plivo-signature-v3").item("", ','),
        .signed_content = "{url|base}.{event_id}",
        .event_id = header("x-plivo-signature-v3-nonce"),
        .event_type = form("Event"),
    }};
};

} // namespace hookseal::inline v0_1::providers

#endif
