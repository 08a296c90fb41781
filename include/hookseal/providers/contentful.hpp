// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_CONTENTFUL_HPP
#define HOOKSEAL_PROVIDERS_CONTENTFUL_HPP

#include <hookseal/schemes/amended_scheme.hpp>
#include <hookseal/schemes/signed_headers.hpp>
#include <hookseal/schemes/uri_text.hpp>

namespace hookseal::inline v0_1::providers {

namespace detail {

struct contentful_request {
    static constexpr bool needs_more = true;

    [[nodiscard]] static error read(const auto& described, const reading& in, statement& out) noexcept {
        if (const error e = described.read(in, out); e != error::none) return e;
        const piece method = out.content[0];
        const piece line_break = out.content[1];
        const std::string_view path = out.content[2].value.raw();
        const std::string_view query = out.content[3].value.raw();
        const std::string_view list = out.content[5].value.raw();
        signed_header_names names;
        if (const error e = names.read(list); e != error::none) return e;
        // What the list leaves out, the sender could choose.
        if (!names.has("x-contentful-timestamp") || !names.has("x-contentful-signed-headers"))
            return error::missing_field;
        const text headers = text::of(list, &readers::signed_headers);
        if (!headers.write(in.from, {nullptr, [](void*, std::string_view) noexcept { return true; }}))
            return error::malformed_field;

        out.content.clear();
        bool fits = out.content.push(method) && out.content.push(line_break)
                    && out.content.push(piece::of(text::of(path, &readers::uri_encoded)));
        if (!query.empty())
            fits = fits && out.content.push(piece::of(text::of("?")))
                   && out.content.push(piece::of(text::of(query, &readers::uri_component_encoded_twice)));
        fits = fits && out.content.push(line_break) && out.content.push(piece::of(headers))
               && out.content.push(line_break) && out.content.push(piece::body());
        return fits ? error::none : error::too_large;
    }
};

} // namespace detail

/// Contentful request verification: `x-contentful-signature: <hex>`, HMAC-SHA-256 over method, path and query, the
/// headers that `x-contentful-signed-headers` names, and the body, a line each.
///
/// Path and query are signed percent-encoded once more than they come, the query twice, as Contentful's own library does.
/// Timestamp and list must be among the signed headers; id and topic may be. Fresh for 30 seconds, each attempt is signed
/// anew. The key is text of 64 characters.
/// Source: contentful/node-apps-toolkit `src/requests` (read 2026-11-21).
struct contentful {
    static constexpr amended_scheme<detail::contentful_request> scheme{{
        .name = "contentful",
        .signature = header("x-contentful-signature"),
        .timestamp = header("x-contentful-timestamp"),
        .timestamp_form = timestamp_form::unix_milliseconds,
        .signed_content =
            "{method}\n{path}{query_string}\n{header:x-contentful-signed-headers}{timestamp}\n{body}",
        .event_id = header("x-contentful-idempotency-key"),
        .event_type = header("x-contentful-topic"),
        .tolerance = seconds(30),
    }};
};

} // namespace hookseal::inline v0_1::providers

#endif
