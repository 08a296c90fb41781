// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SIGNER_HPP
#define HOOKSEAL_SIGNER_HPP

#include <hookseal/configuration_error.hpp>
#include <hookseal/core/clock.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/core/unix_time.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/crypto/signing_key.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/date.hpp>
#include <hookseal/encoding/decimal.hpp>
#include <hookseal/encoding/hex.hpp>
#include <hookseal/schemes/outgoing_form.hpp>
#include <hookseal/schemes/scheme_ref.hpp>
#include <hookseal/verification.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookseal::inline v0_1 {

/// What a sender is about to deliver.
struct outgoing_delivery {
    std::string_view body{};
    std::string_view event_id{};   ///< written where the scheme has a header for it
    std::string_view event_type{}; ///< likewise
    unix_time at = system_clock().now().value_or(unix_time());
    std::string_view method = "POST";
    std::string_view url{}; ///< where the scheme signs it
    /// Other headers: those that the scheme signs must be among them.
    std::span<const std::pair<std::string_view, std::string_view>> headers{};
};

/// Header names in lower case, and their values, in the order to send them.
using signed_headers = std::vector<std::pair<std::string, std::string>>;

/// A delivery to send as it is. Its body is the one that was given, with the signature in it where the scheme has it there.
struct signed_delivery {
    signed_headers headers;
    std::string body;
};

/// Signs deliveries the way a provider does: the inverse of a verifier, for senders and for tests.
///
/// It writes headers or form with a blank signature, reads them with the very scheme that receivers read them with,
/// seals what that says was signed, and fills the blank. Thread-safe. Not for the hot path: it allocates, and throws
/// `std::bad_alloc` where that fails.
class basic_signer {
public:
    [[nodiscard]] static result<basic_signer> make(scheme_ref scheme, const secret& key) {
        error first = error::cannot_sign;
        for (int candidate = 0; candidate < scheme.info().candidates; ++candidate) {
            basic_signer made(scheme, candidate);
            const outgoing_form form = scheme.outgoing(candidate);
            const error e = made.key_.prepare(form.key, key);
            if (e == error::none)
                return can_write(form.signature) ? result<basic_signer>(std::move(made)) : error::cannot_sign;
            if (candidate == 0) first = e;
        }
        return first;
    }

    /// The headers to send with the body as it was given; `cannot_sign` where the signature belongs into the body.
    [[nodiscard]] result<signed_headers> sign(const outgoing_delivery& what) const {
        if (scheme_.outgoing(candidate_).signature.where != field::place::header) return error::cannot_sign;
        auto all = sign_delivery(what);
        if (!all) return all.error();
        return std::move(all->headers);
    }

    /// Headers and body to send. A signature that belongs into a form is added to the form given, as its last field.
    [[nodiscard]] result<signed_delivery> sign_delivery(const outgoing_delivery& what) const {
        const outgoing_form form = scheme_.outgoing(candidate_);
        const bool in_header = form.signature.where == field::place::header;
        std::string signature(key_.signature_size(), '\0');
        const auto spelled = [&] {
            const std::string encoded = encode(bytes_of(signature), form.encoding);
            return in_header ? encoded : form_encoded(encoded);
        };
        const std::string blank = spelled();

        signed_delivery made{unsigned_headers(what, form), std::string(what.body)};
        if (in_header)
            put(made.headers, form.signature.name, signature_header(what, form, blank));
        else
            made.body.append(made.body.empty() ? "" : "&")
                .append(form.signature.name)
                .append("=")
                .append(blank);

        const request draft = request{made.headers, made.body}.at(what.url).with_method(what.method);
        statement read;
        if (const error e = scheme_.read({draft, {}, candidate_}, read); e != error::none) return e;
        if (read.presented.size() != 1 || read.presented[0].value.size != blank.size())
            return error::cannot_sign;

        content into{key_.bytes()};
        if (!into.collect(read, draft)) return error::internal_failure;
        const std::size_t size = key_.sign(into.all.view(), bytes_of(signature));
        if (size == 0) return error::internal_failure;
        signature.resize(size);
        std::string& holder = in_header ? made.headers.back().second : made.body;
        holder.replace(static_cast<std::size_t>(read.presented[0].value.data - holder.data()), blank.size(),
                       spelled());
        return made;
    }

private:
    struct content {
        std::string_view key;
        detail::message_buffer all{};

        [[nodiscard]] bool update(std::string_view bytes) noexcept { return all.append(bytes); }
        [[nodiscard]] bool update_with_key() noexcept { return update(key); }
        [[nodiscard]] bool collect(const statement& read, const request& draft) {
            body_digests digests;
            if (detail::want_digests(read, digests) != error::none) return false;
            const std::string_view body = draft.body();
            detail::content_feed<content> feed;
            return digests.update(body) && digests.finish() && feed.begin(read, draft, *this)
                   && feed.body(body, *this) && feed.end(read, draft, &digests, &body, *this);
        }
    };

    basic_signer(scheme_ref scheme, int candidate) noexcept : scheme_(scheme), candidate_(candidate) {}

    [[nodiscard]] static bool can_write(const field& signature) noexcept {
        return signature.where == field::place::header || signature.where == field::place::form;
    }

    /// `application/x-www-form-urlencoded`, of the characters that encodings of signatures consist of.
    [[nodiscard]] static std::string form_encoded(std::string_view text) {
        std::string all;
        for (const char c : text)
            all.append(c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : chars(&c, 1));
        return all;
    }

    [[nodiscard]] static std::span<unsigned char> bytes_of(std::string& text) noexcept {
        return {reinterpret_cast<unsigned char*>(text.data()), text.size()};
    }
    [[nodiscard]] static std::string encode(std::span<const unsigned char> bytes, encoding form) {
        std::string text(2 * bytes.size() + 4, '\0');
        switch (form) {
        case encoding::hex:
        case encoding::hex_any_case:
            encode_hex(bytes, text.data());
            text.resize(2 * bytes.size());
            break;
        case encoding::base64: text.resize(encode_base64(bytes, text.data(), base64_form::padded)); break;
        case encoding::base64url: text.resize(encode_base64(bytes, text.data(), base64_form::url)); break;
        case encoding::text:
        case encoding::decimal: text.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size()); break;
        }
        return text;
    }

    [[nodiscard]] static std::string timestamp_text(unix_time at, timestamp_form form) {
        const std::int64_t seconds = at.time_since_epoch().in_seconds;
        char text[32];
        switch (form) {
        case timestamp_form::rfc3339: return {text, write_rfc3339(seconds, text)};
        case timestamp_form::http_date: return {text, write_http_date(seconds, text)};
        case timestamp_form::unix_milliseconds: return std::to_string(seconds * 1000);
        case timestamp_form::unix_seconds:
        case timestamp_form::unix_seconds_or_milliseconds: break;
        }
        return std::to_string(seconds);
    }

    static void put(signed_headers& into, std::string_view name, std::string value) {
        into.emplace_back(name, std::move(value));
    }

    [[nodiscard]] static bool in_same_header(const outgoing_form& form) noexcept {
        return form.timestamp && form.timestamp.where == field::place::header
               && form.timestamp.name == form.signature.name;
    }

    [[nodiscard]] signed_headers unsigned_headers(const outgoing_delivery& what,
                                                  const outgoing_form& form) const {
        signed_headers headers;
        const auto add = [&](const field& at, std::string_view value) {
            if (at.where == field::place::header && !value.empty())
                put(headers, at.name, std::string(at.prefix).append(value));
        };
        add(scheme_.info().event_id.parts[0], what.event_id);
        add(scheme_.info().event_type.parts[0], what.event_type);
        if (!in_same_header(form)) add(form.timestamp, timestamp_text(what.at, form.timestamp_form));
        for (const auto& [name, value] : what.headers)
            put(headers, name, std::string(value));
        return headers;
    }

    [[nodiscard]] static std::string
    signature_header(const outgoing_delivery& what, const outgoing_form& form, const std::string& signature) {
        std::string value;
        if (in_same_header(form)) {
            value.append(form.timestamp.prefix).append(timestamp_text(what.at, form.timestamp_form));
            value.push_back(form.signature.separator);
        }
        return value.append(form.signature.prefix).append(signature);
    }

    scheme_ref scheme_;
    int candidate_;
    signing_key key_;
};

/// The signer of one provider.
///
///     const signer<providers::stripe> stripe{secret::from_env("STRIPE_WEBHOOK_SECRET")};
///     auto headers = stripe.sign({.body = body});
template <provider Provider>
class signer : public basic_signer {
public:
#ifdef __cpp_exceptions
    /// Throws `configuration_error` where the key cannot be used or the scheme writes no header.
    explicit signer(const secret& key) : basic_signer(made(key)) {}
#endif
    [[nodiscard]] static result<signer> make(const secret& key) {
        auto basic = basic_signer::make(scheme_ref::of<Provider>(), key);
        if (!basic) return basic.error();
        return signer(*std::move(basic));
    }

private:
    explicit signer(basic_signer&& from) noexcept : basic_signer(std::move(from)) {}

#ifdef __cpp_exceptions
    [[nodiscard]] static basic_signer made(const secret& key) {
        auto basic = basic_signer::make(scheme_ref::of<Provider>(), key);
        if (!basic) throw configuration_error(basic.error());
        return *std::move(basic);
    }
#endif
};

} // namespace hookseal::inline v0_1

#endif
