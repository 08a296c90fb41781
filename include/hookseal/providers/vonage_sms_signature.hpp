// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_VONAGE_SMS_SIGNATURE_HPP
#define HOOKSEAL_PROVIDERS_VONAGE_SMS_SIGNATURE_HPP

#include <hookseal/schemes/amended_scheme.hpp>
#include <hookseal/schemes/sorted_form.hpp>

#include <string_view>

namespace hookseal::inline v0_1::providers {

namespace detail {

inline constexpr sorted_form_style vonage_parameters{
    .behind_name = "=", .between = "&", .in_front = "&", .left_out = "sig", .masked = "&="};

struct vonage_sms_parameters {
    /// Where there is no form.
    static constexpr signed_scheme in_query{
        .name = "vonage_sms_signature",
        .encoding = encoding::hex_any_case,
        .signature = query("sig"),
        .timestamp = query("timestamp"),
        .signed_content = "{sorted_query}{timestamp}",
        .event_id = {query("messageId"), query("message-timestamp")},
        .event_type = query("type"),
    };

    struct method {
        std::string_view name;
        proof how;
        digest hash;
    };
    static constexpr method methods[] = {{"sha256", proof::hmac, digest::sha256},
                                         {"sha512", proof::hmac, digest::sha512},
                                         {"sha1", proof::hmac, digest::sha1},
                                         {"md5", proof::hmac, digest::md5},
                                         {"md5hash", proof::keyed_hash, digest::md5}};

    static constexpr bool needs_more = true;
    static constexpr void amend(scheme_info& all) noexcept {
        all.key_formats = 0;
        for (const method& m : methods)
            all.keys[all.key_formats++] = {m.how, m.hash, {}};
        all.protects.event_id = true; // it is among the parameters, and all of them are signed
        all.protects.plain_hash = true;
        all.need("signature_method");
    }

    [[nodiscard]] static error read(const auto& in_form, const reading& in, statement& out) noexcept {
        const bool is_form = !in.from.body().empty();
        if (const error e = (is_form ? in_form : in_query).read(in, out); e != error::none) return e;
        const method* used = nullptr;
        for (const method& m : methods)
            if (m.name == in.with.find("signature_method")) used = &m;
        if (used == nullptr) return error::missing_option;
        out.how = used->how;
        out.hash = used->hash;
        const text parameters = text::of(is_form ? in.from.body() : url_query(in.from.url()),
                                         &readers::sorted_form<vonage_parameters>);
        if (!parameters.write(in.from, {nullptr, [](void*, std::string_view) noexcept { return true; }}))
            return error::malformed_field;
        out.content.clear();
        bool fits = out.content.push(piece::of(parameters));
        if (used->how == proof::keyed_hash) fits = fits && out.content.push(piece::key());
        return fits ? error::none : error::too_large;
    }
};

} // namespace detail

/// Vonage SMS API: `sig=<hex>` among the parameters, over `&<name>=<value>` of all others, sorted; in values
/// `&` and `=` are `_`.
///
/// The account chooses how, and so must the option `signature_method`: `md5`, `sha1`, `sha256` or `sha512`,
/// an HMAC, or `md5hash`, a plain MD5 over content and key, for which the weakness is to be accepted by name
/// in any case. The parameters are the form's or, where there is no body, the query's; JSON is not supported.
/// Retried for 24 hours.
/// Source: developer.vonage.com, "Signing messages"; Vonage/vonage-php-sdk-core `src/Client/Signature.php`
/// (read 2026-11-21).
struct vonage_sms_signature {
    static constexpr amended_scheme<detail::vonage_sms_parameters> scheme{{
        .name = "vonage_sms_signature",
        .encoding = encoding::hex_any_case,
        .signature = form("sig"),
        .timestamp = form("timestamp"),
        .signed_content = "{sorted_form}{timestamp}",
        .event_id = {form("messageId"), form("message-timestamp")},
        .event_type = form("type"),
        .retry_window = hours(24),
    }};
};

} // namespace hookseal::inline v0_1::providers

#endif
