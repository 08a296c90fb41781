// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_COINBASE_CDP_HPP
#define HOOKSEAL_PROVIDERS_COINBASE_CDP_HPP

#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/list.hpp>
#include <hookseal/schemes/amended_scheme.hpp>
#include <hookseal/schemes/signed_headers.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1::providers {

namespace detail {

/// The values of headers, with dots between them. False where one is missing, comes twice, is not printable, or could hold
/// the beginning of a JSON body.
inline bool header_values(const request& from, std::string_view names, sink out) noexcept {
    list_reader list(names, ' ');
    std::string_view name;
    for (std::size_t count = 0; list.next(name) == list_step::element; ++count) {
        std::string_view value;
        if (count == max_signed_headers || from.headers().find_one(name, value) != error::none) return false;
        if (!is_printable(value) || value.find_first_of("{[") != std::string_view::npos) return false;
        if ((count > 0 && !out(".")) || !out(value)) return false;
    }
    return true;
}

struct coinbase_cdp_headers {
    static constexpr void amend(scheme_info& all) noexcept { all.streams = false; }

    /// Described is a signature without headers.
    [[nodiscard]] static error read(const auto& described, const reading& in, statement& out) noexcept {
        auto with_headers = described;
        with_headers.signature.prefix = "v1=";
        const error e = with_headers.read(in, out);
        std::string_view value;
        if (e != error::none && e != error::unsupported_version) return e;
        if (const error f = in.from.headers().find_one(described.signature.name, value); f != error::none)
            return f;
        const bool is_bare = e == error::unsupported_version;
        std::string_view names;
        list_reader list(value, ',');
        for (std::string_view element; list.next(element) == list_step::element;)
            if (element.starts_with("h=")) {
                if (is_bare || !names.empty()) return error::malformed_signature;
                names = element.substr(2);
            }
        if (is_bare) return described.read(in, out);
        return read_values(in, names, out);
    }

private:
    [[nodiscard]] static error read_values(const reading& in, std::string_view names,
                                           statement& out) noexcept {
        for (const char c : names)
            if (c != to_lower(c) || c == '.') return error::malformed_signature;
        const text values = text::of(names, &header_values);
        if (names.empty()) return error::malformed_signature;
        if (!values.write(in.from, {nullptr, [](void*, std::string_view) noexcept { return true; }}))
            return error::malformed_field;
        if (!in.from.body().starts_with('{') && !in.from.body().starts_with('['))
            return error::malformed_field;
        const piece time = out.content[0];
        const piece dot = out.content[1];
        out.content.clear();
        for (const piece& next :
             {time, dot, piece::of(text::of(names)), dot, piece::of(values), dot, piece::body()})
            if (!out.content.push(next)) return error::too_large;
        return error::none;
    }
};

} // namespace detail

/// Coinbase Developer Platform, by Hook0: `X-Hook0-Signature: t=<unix seconds>[,v0=<hex>][,h=<names of
/// headers>,v1=<hex>]`. v1 is HMAC-SHA-256 over `{t}.{h}.{the headers' values}.{body}`, v0 over `{t}.{body}`.
///
/// v0 counts only where nothing is said of v1. The values are joined with dots and may hold some, so where
/// one ends is not certain, and id and type are read from the body. That the body cannot borrow from the
/// values, it must be a JSON object or array where v1 is used.
/// Source: docs.cdp.coinbase.com/webhooks/verify-signatures; hook0/hook0 `clients/rust` (read 2026-11-21).
struct coinbase_cdp {
    static constexpr amended_scheme<detail::coinbase_cdp_headers> scheme{{
        .name = "coinbase_cdp",
        .signature = header("x-hook0-signature").item("v0=", ','),
        .timestamp = header("x-hook0-signature").item("t=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_id = json("eventId"),
        .event_type = json("eventType"),
    }};
};

} // namespace hookseal::inline v0_1::providers

#endif
