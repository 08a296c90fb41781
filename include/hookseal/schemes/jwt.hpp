// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_JWT_HPP
#define HOOKSEAL_SCHEMES_JWT_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/find_field.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/decimal.hpp>
#include <hookseal/encoding/json_field.hpp>
#include <hookseal/encoding/json_string.hpp>
#include <hookseal/schemes/jose_algorithm.hpp>
#include <hookseal/schemes/outgoing_form.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A claim that must be there and say what it must: `claim("iss").is("Upstash")`, `claim("aud").is(option("audience"))`.
struct jwt_claim {
    std::string_view name{};
    std::string_view values[2]{}; ///< either
    field from{};                 ///< the value of this field of the request or option of the receiver
    bool url = false;             ///< the URL that the receiver is known under
    bool yes = false;             ///< true

    [[nodiscard]] constexpr jwt_claim is(std::string_view exactly,
                                         std::string_view or_this = {}) const noexcept {
        jwt_claim c = *this;
        c.values[0] = exactly;
        c.values[1] = or_this;
        return c;
    }
    [[nodiscard]] constexpr jwt_claim is(field value) const noexcept {
        jwt_claim c = *this;
        c.from = value;
        return c;
    }
    [[nodiscard]] constexpr jwt_claim is_the_url() const noexcept {
        jwt_claim c = *this;
        c.url = true;
        return c;
    }
    [[nodiscard]] constexpr jwt_claim is_true() const noexcept {
        jwt_claim c = *this;
        c.yes = true;
        return c;
    }
};

[[nodiscard]] constexpr jwt_claim claim(std::string_view name) noexcept { return {.name = name}; }

namespace readers {

/// The URL that the receiver is known under.
inline bool whole_url(const request& from, std::string_view, sink out) noexcept {
    return !from.url().empty() && out(from.url());
}

} // namespace readers

/// A claim that holds a SHA-256 of something, and by which the token signs it.
struct jwt_digest {
    std::string_view claim{};
    hookseal::encoding encoding = hookseal::encoding::hex; ///< base64url may be padded
    bool absent_if_empty = false;                          ///< a token without it is one for an empty body
    reader of = nullptr; ///< of what the request is read as; none: of the body
    field with{};        ///< an option that the reader gets, and that need not be there
};

enum class jwt_time : unsigned char { optional, required };

/// Which key a token says it was signed with.
enum class jwt_signer : unsigned char {
    kid_if_any, ///< the header's `kid`, where there is one
    kid,        ///< the header's `kid`, which must be there
    issuer,     ///< the claim `iss`
};

/// The shape of the schemes that send a JSON Web Token (RFC 7519) in a compact JWS (RFC 7515), as data.
///
/// The algorithm is the key's, never the token's: a token that names another finds no key. A header with `crit`, with a
/// key or a place to fetch one from (`jwk`, `jku`, `x5u`, `x5c`), or with a changed payload (`b64`, `zip`) is refused, as
/// are names that come twice, escapes in `alg` and `kid`, numbers that are not whole seconds and base64url that is not
/// canonical. A token alone says nothing about the body: without a `body_digest` whoever sees one can send any body with it.
struct jwt_scheme {
    std::string_view name{};

    jose_algorithm algorithms[4]{jose_algorithm::hs256}; ///< those that keys may be for
    key_form key{};
    jwt_signer signer = jwt_signer::kid_if_any;

    field token{};
    jwt_time issued = jwt_time::required;  ///< `iat`: not older than the tolerance, and not newer
    jwt_time expires = jwt_time::optional; ///< `exp`
    jwt_time starts = jwt_time::optional;  ///< `nbf`
    duration leeway = seconds(30);         ///< for `nbf`, as clocks differ
    jwt_claim claims[4]{};
    jwt_digest body_digest{};
    jwt_digest request_digest{};

    selector event_id{};
    selector event_type{};

    duration tolerance = seconds(300);
    duration retry_window{};

    [[nodiscard]] constexpr scheme_info info() const noexcept {
        scheme_info all;
        all.name = name;
        all.problem = name.empty() ? description_problem::no_name
                      : !token     ? description_problem::no_signature
                                   : description_problem::none;
        all.key_formats = 0;
        for (const jose_algorithm a : algorithms)
            if (a != jose_algorithm::none) all.keys[all.key_formats++] = key_format_of(a, key);
        all.event_id = event_id;
        all.event_type = event_type;
        all.protects = protects();
        all.tolerance = tolerance;
        all.retry_window = retry_window;
        all.streams = token.where == field::place::header || token.where == field::place::query;
        all.scratch = max_scratch;
        for (const jwt_claim& c : claims)
            if (c.from.where == field::place::option) all.need(c.from.name);
        return all;
    }

    [[nodiscard]] constexpr protection protects() const noexcept {
        protection p;
        if (!body_digest.claim.empty()) p.body = body_protection::whole;
        p.timestamp = issued == jwt_time::required || expires == jwt_time::required;
        p.url = !request_digest.claim.empty();
        for (const jwt_claim& c : claims)
            p.url = p.url || c.url;
        p.event_id = static_cast<bool>(event_id);
        for (const field& part : event_id.parts) {
            const bool in_body = part.where == field::place::json || part.where == field::place::form;
            const bool bound =
                (in_body && p.body == body_protection::whole) || (part.where == field::place::query && p.url);
            if (part && !bound) p.event_id = false;
        }
        return p;
    }

    /// Tokens are not written here.
    [[nodiscard]] constexpr outgoing_form outgoing(int) const noexcept {
        outgoing_form none{};
        none.key = info().keys[0];
        none.needs_more = true;
        return none;
    }

    static constexpr std::size_t scratch = max_scratch;

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        const key_format usual = key_format_of(algorithms[0], key);
        out.how = usual.how;
        out.hash = usual.hash;
        out.form = encoding::base64url;
        auto names = name_set::unsettled;
        text found = text::of({});
        if (const error e = find(token, in.from, in.with, names, found); e != error::none)
            return e == error::missing_field ? error::missing_signature : e;
        std::string_view all = found.raw();
        if (found.read != nullptr || !all.starts_with(token.prefix)) return error::malformed_signature;
        all.remove_prefix(token.prefix.size());

        const std::size_t first = all.find('.');
        const std::size_t second = first == all.npos ? all.npos : all.find('.', first + 1);
        if (second == all.npos || all.find('.', second + 1) != all.npos) return error::malformed_signature;
        const std::string_view signature = all.substr(second + 1);
        if (signature.empty()) return error::malformed_signature;
        static_cast<void>(out.content.push(piece::of(text::of(all.substr(0, second)))));
        static_cast<void>(out.presented.push({text::of(signature)}));

        scratch_space room = in.scratch;
        std::string_view header;
        std::string_view payload;
        if (!decode(all.substr(0, first), room, header)
            || !decode(all.substr(first + 1, second - first - 1), room, payload))
            return error::malformed_signature;
        if (const error e = read_header(header, out); e != error::none) return e;
        if (const error e = read_times(payload, out); e != error::none) return e;
        if (signer == jwt_signer::issuer)
            if (const error e = read_signer(payload, "iss", out); e != error::none) return e;
        for (const jwt_claim& c : claims)
            if (const error e = check(c, payload, in); e != error::none) return e;
        for (const jwt_digest* d : {&body_digest, &request_digest})
            if (const error e = read_digest(*d, payload, in, out); e != error::none) return e;
        return error::none;
    }

private:
    /// Decodes one segment into the room, of which it takes its part.
    [[nodiscard]] static bool decode(std::string_view segment, scratch_space& room,
                                     std::string_view& decoded) noexcept {
        const std::size_t size = decode_base64(
            segment, {reinterpret_cast<unsigned char*>(room.data), room.size}, base64_form::url);
        if (size == not_base64 || size == 0) return false;
        decoded = {room.data, size};
        room.data += size;
        room.size -= size;
        return decoded.front() == '{';
    }

    [[nodiscard]] error read_header(std::string_view header, statement& out) const noexcept {
        for (const char* refused : {"crit", "b64", "zip", "jwk", "jku", "x5u", "x5c"})
            if (find_json_field(header, refused).kind != json_kind::missing)
                return error::malformed_signature;
        const json_value named = find_json_field(header, "alg");
        if (named.kind != json_kind::string || named.escaped) return error::malformed_signature;
        const jose_algorithm algorithm = find_jose_algorithm(named.raw);
        bool known = false;
        for (const jose_algorithm a : algorithms)
            known = known || (a == algorithm && a != jose_algorithm::none);
        if (!known) return error::unsupported_version;
        const key_format format = key_format_of(algorithm, key);
        out.how = format.how;
        out.hash = format.hash;
        if (signer == jwt_signer::issuer) return error::none;
        const bool has_kid = find_json_field(header, "kid").kind != json_kind::missing;
        return has_kid || signer == jwt_signer::kid ? read_signer(header, "kid", out) : error::none;
    }

    [[nodiscard]] static error read_signer(std::string_view from, std::string_view member,
                                           statement& out) noexcept {
        constexpr std::size_t longest = 256;
        const json_value id = find_json_field(from, member);
        if (id.kind != json_kind::string || id.escaped || id.raw.empty() || id.raw.size() > longest)
            return error::malformed_signature;
        out.signer = {key_hint::kind::id, id.raw};
        return error::none;
    }

    [[nodiscard]] error read_times(std::string_view payload, statement& out) const noexcept {
        const auto read = [payload](std::string_view claimed, jwt_time needed, signed_time& time) {
            const json_value found = find_json_field(payload, claimed);
            if (found.kind == json_kind::missing)
                return needed == jwt_time::required ? error::missing_timestamp : error::none;
            time.present = found.kind == json_kind::number && parse_decimal(found.raw, time.unix_seconds, 12);
            return time.present ? error::none : error::malformed_timestamp;
        };
        if (const error e = read("iat", issued, out.signed_at); e != error::none) return e;
        if (const error e = read("exp", expires, out.expires); e != error::none) return e;
        if (const error e = read("nbf", starts, out.not_before); e != error::none) return e;
        out.not_before.unix_seconds -= leeway.in_seconds;
        return error::none;
    }

    [[nodiscard]] static bool says(const json_value& found, std::string_view text) noexcept {
        if (found.kind != json_kind::string || text.empty()) return false;
        if (!found.escaped) return found.raw == text;
        const bool begins = unescape_json(found.raw, [&text](std::string_view piece) noexcept {
            const bool same = text.starts_with(piece);
            if (same) text.remove_prefix(piece.size());
            return same;
        });
        return begins && text.empty();
    }

    [[nodiscard]] static error check(const jwt_claim& c, std::string_view payload,
                                     const reading& in) noexcept {
        if (c.name.empty()) return error::none;
        const json_value found = find_json_field(payload, c.name);
        if (found.kind == json_kind::malformed) return error::malformed_signature;
        if (c.yes)
            return found.raw == "true" && found.kind == json_kind::boolean ? error::none
                                                                           : error::claim_mismatch;
        std::string_view wanted = c.values[0];
        if (c.from) {
            auto names = name_set::unsettled;
            text value = text::of({});
            if (const error e = find(c.from, in.from, in.with, names, value); e != error::none) return e;
            wanted = value.raw();
        }
        if (c.url) wanted = in.from.url();
        if (wanted.empty()) return error::missing_option;
        if (says(found, wanted) || says(found, c.values[1])) return error::none;
        // RFC 7519, section 4.1.3: an audience may be a list of several.
        if (found.kind == json_kind::array && c.name == "aud") {
            constexpr std::uint64_t most = 16;
            for (std::uint64_t i = 0; i < most; ++i) {
                char path[32];
                if (says(find_json_field(found.raw, {path, write_decimal(i, path)}), wanted))
                    return error::none;
            }
        }
        return error::claim_mismatch;
    }

    [[nodiscard]] static error read_digest(const jwt_digest& d, std::string_view payload, const reading& in,
                                           statement& out) noexcept {
        if (d.claim.empty()) return error::none;
        json_value found = find_json_field(payload, d.claim);
        hookseal::encoding form = d.encoding;
        if (found.kind == json_kind::missing) {
            if (!d.absent_if_empty) return error::claim_mismatch;
            found = {json_kind::string, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"};
            form = encoding::hex;
        }
        if (found.kind != json_kind::string || found.escaped) return error::malformed_signature;
        if (form == encoding::base64url)
            for (int i = 0; i < 2 && found.raw.ends_with('='); ++i)
                found.raw.remove_suffix(1);
        const text expected = text::of(found.raw);
        const text subject = text::of(in.with.find(d.with.name), d.of);
        const bool room =
            out.bindings.push(d.of == nullptr ? binding::of_the_body(digest::sha256, form, expected)
                                              : binding::of_text(digest::sha256, form, expected, subject));
        return room ? error::none : error::too_large;
    }
};

} // namespace hookseal::inline v0_1

#endif
