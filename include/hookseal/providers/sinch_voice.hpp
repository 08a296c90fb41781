// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_SINCH_VOICE_HPP
#define HOOKSEAL_PROVIDERS_SINCH_VOICE_HPP

#include <hookseal/encoding/ascii.hpp>
#include <hookseal/schemes/amended_scheme.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1::providers {

namespace detail {

struct sinch_voice_authorization {
    static constexpr void amend(scheme_info& all) noexcept { all.need("app_key"); }
    static constexpr bool needs_more = true;

    [[nodiscard]] static error read(const auto& described, const reading& in, statement& out) noexcept {
        if (const error e = described.read(in, out); e != error::none) return e;
        constexpr std::string_view word = "application ";
        const std::string_view app_key = in.with.find("app_key");
        std::string_view value = out.presented[0].value.raw();
        if (app_key.empty()) return error::missing_option;
        if (!equal_ignoring_case(value.substr(0, word.size()), word)) return error::unsupported_version;
        value.remove_prefix(word.size());
        const std::size_t colon = value.find(':');
        if (colon == std::string_view::npos) return error::malformed_signature;
        if (value.substr(0, colon) != app_key) return error::unknown_key;
        out.presented.clear();
        static_cast<void>(out.presented.push({text::of(value.substr(colon + 1))}));
        return error::none;
    }
};

} // namespace detail

/// Sinch Voice and Verification: `Authorization: application <application key>:<base64>`, HMAC-SHA-256 over
/// method, base64 of the body's MD5, content type, `x-timestamp:<time>` and path, a line each.
///
/// The key is the application secret, base64; the application key is the option `app_key`. Of the URL the
/// path alone is signed, of the body its MD5. There is no id. A callback without a body is signed otherwise,
/// and refused. Calls wait for the answer, so nothing is retried.
/// Source: developers.sinch.com/docs/voice, "Callback signed request" (read 2026-11-21).
struct sinch_voice {
    static constexpr amended_scheme<detail::sinch_voice_authorization> scheme{{
        .name = "sinch_voice",
        .encoding = encoding::base64,
        .key = {.encoding = encoding::base64},
        .signature = header("authorization"),
        .timestamp = header("x-timestamp"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content =
            "{method}\n{body|md5|base64}\n{header:content-type}\nx-timestamp:{timestamp}\n{path}",
        .event_type = json("event"),
    }};
};

} // namespace hookseal::inline v0_1::providers

#endif
