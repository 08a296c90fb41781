// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_JWT_READER_HPP
#define HOOKSEAL_SCHEMES_JWT_READER_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/find_field.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/scratch_space.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/decimal.hpp>
#include <hookseal/encoding/json_field.hpp>
#include <hookseal/encoding/json_string.hpp>
#include <hookseal/schemes/jose_algorithm.hpp>
#include <hookseal/schemes/jwt.hpp>
#include <hookseal/schemes/jwt_facts.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// Reads tokens as a description says.
class jwt_reader {
public:
    constexpr explicit jwt_reader(const jwt_scheme& of) noexcept : of_(of) {}

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        const key_format usual = key_format_of(of_.algorithms[0], of_.key);
        out.how = usual.how;
        out.hash = usual.hash;
        out.form = encoding::base64url;
        auto names = name_set::unsettled;
        text found = text::of({});
        if (const error e = find(of_.token, in.from, in.with, names, found); e != error::none)
            return e == error::missing_field ? error::missing_signature : e;
        std::string_view all = found.raw();
        if (found.read != nullptr || !all.starts_with(of_.token.prefix)) return error::malformed_signature;
        all.remove_prefix(of_.token.prefix.size());

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
        if (of_.signer == jwt_signer::issuer)
            if (const error e = read_signer(payload, "iss", out); e != error::none) return e;
        for (const jwt_claim& c : of_.claims)
            if (const error e = check(c, payload, in); e != error::none) return e;
        for (const jwt_digest* d : {&of_.body_digest, &of_.request_digest})
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
        for (const jose_algorithm a : of_.algorithms)
            known = known || (a == algorithm && a != jose_algorithm::none);
        if (!known) return error::unsupported_version;
        const key_format format = key_format_of(algorithm, of_.key);
        out.how = format.how;
        out.hash = format.hash;
        if (of_.signer == jwt_signer::issuer) return error::none;
        const bool has_kid = find_json_field(header, "kid").kind != json_kind::missing;
        return has_kid || of_.signer == jwt_signer::kid ? read_signer(header, "kid", out) : error::none;
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
        if (const error e = read("iat", of_.issued, out.signed_at); e != error::none) return e;
        if (const error e = read("exp", of_.expires, out.expires); e != error::none) return e;
        if (const error e = read("nbf", of_.starts, out.not_before); e != error::none) return e;
        out.not_before.unix_seconds -= of_.leeway.in_seconds;
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

    const jwt_scheme& of_;
};

} // namespace detail

inline error jwt_scheme::read(const reading& in, statement& out) const noexcept {
    return detail::jwt_reader(*this).read(in, out);
}

} // namespace hookseal::inline v0_1

#endif
