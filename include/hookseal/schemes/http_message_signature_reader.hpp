// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_HTTP_MESSAGE_SIGNATURE_READER_HPP
#define HOOKSEAL_SCHEMES_HTTP_MESSAGE_SIGNATURE_READER_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/find_field.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/decimal.hpp>
#include <hookseal/encoding/structured_field.hpp>
#include <hookseal/schemes/content_digest.hpp>
#include <hookseal/schemes/http_message_signature.hpp>
#include <hookseal/schemes/http_message_signature_facts.hpp>
#include <hookseal/schemes/signature_base.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// As `alg` has it.
[[nodiscard]] constexpr std::string_view name_of(signature_algorithm which) noexcept {
    switch (which) {
    case signature_algorithm::none: break;
    case signature_algorithm::hmac_sha256: return "hmac-sha256";
    case signature_algorithm::ed25519: return "ed25519";
    case signature_algorithm::ecdsa_p256_sha256: return "ecdsa-p256-sha256";
    case signature_algorithm::ecdsa_p384_sha384: return "ecdsa-p384-sha384";
    case signature_algorithm::rsa_v1_5_sha256: return "rsa-v1_5-sha256";
    case signature_algorithm::rsa_pss_sha512: return "rsa-pss-sha512";
    }
    return {};
}

namespace detail {

/// Reads messages as a description says.
class http_message_signature_reader {
public:
    constexpr explicit http_message_signature_reader(const http_message_signature& of) noexcept : of_(of) {}

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        const signature_algorithm algorithm = of_.algorithms[in.candidate];
        const key_format format = key_format_of(algorithm);
        out.how = format.how;
        out.hash = format.hash;
        out.form = of_.base64url ? encoding::base64url : encoding::base64;

        std::string_view chosen;
        sf_value input;
        if (const error e = find_input(in.from, chosen, input); e != error::none) return e;
        if (const error e = read_signature(in.from, chosen, out); e != error::none) return e;
        if (const error e = read_parameters(input.parameters, algorithm, out); e != error::none) return e;
        bool digest_covered = false;
        if (const error e = check_coverage(in.from, input.text, digest_covered); e != error::none) return e;
        if (digest_covered)
            if (const error e = read_content_digest(in.from, of_.base64url, out); e != error::none) return e;

        const text base = text::of(input.whole, of_.canonical_url ? &readers::signature_base<true>
                                                                  : &readers::signature_base<false>);
        static_cast<void>(out.content.push(piece::of(base)));
        // That every component is there is found out now: later it would look like a failure of ours.
        const sink nowhere{nullptr, [](void*, std::string_view) noexcept { return true; }};
        return base.write(in.from, nowhere) ? error::none : error::malformed_field;
    }

private:
    static constexpr std::size_t max_labels = 16;
    static constexpr std::size_t max_components = 32;

    /// Goes through the members of all lines of a header; `each(name, value)` says whether to go on.
    template <class Each>
    [[nodiscard]] static error for_each_member(const request& from, std::string_view header,
                                               Each each) noexcept {
        error failed = error::missing_signature;
        std::size_t size = 0;
        std::size_t count = 0;
        from.headers().for_each(header, [&](std::string_view line) {
            if (failed == error::missing_signature) failed = error::none;
            size += line.size();
            if (size > max_header_size) failed = error::too_large;
            sf_dictionary members(line);
            std::string_view member;
            sf_value value;
            while (failed == error::none) {
                const sf_step step = members.next(member, value);
                if (step == sf_step::end) break;
                if (step == sf_step::malformed)
                    failed = error::malformed_signature;
                else if (++count > max_labels)
                    failed = error::too_large;
                else if (!each(member, value))
                    failed = error::malformed_signature;
            }
            return failed == error::none;
        });
        return failed;
    }

    /// The label that counts: that with the tag; or the only one; or, of several, that of the name.
    [[nodiscard]] error find_input(const request& from, std::string_view& chosen,
                                   sf_value& input) const noexcept {
        std::string_view only;
        sf_value of_only;
        std::size_t labels = 0;
        const error e =
            for_each_member(from, "signature-input", [&](std::string_view member, sf_value value) {
                if (value.kind != sf_kind::inner_list) return false;
                ++labels;
                only = member;
                of_only = value;
                std::string_view its_tag;
                const bool fits =
                    of_.tag.empty() ? !of_.label.empty() && member == of_.label
                                    : text_parameter(value.parameters, "tag", its_tag) && its_tag == of_.tag;
                if (!fits) return true;
                if (!chosen.empty()) return false; // two that fit are one too many
                chosen = member;
                input = value;
                return true;
            });
        if (e != error::none) return e;
        if (chosen.empty() && of_.tag.empty() && labels == 1) {
            chosen = only;
            input = of_only;
        }
        return chosen.empty() ? error::unsupported_version : error::none;
    }

    [[nodiscard]] static error read_signature(const request& from, std::string_view chosen,
                                              statement& out) noexcept {
        const error e = for_each_member(from, "signature", [&](std::string_view member, sf_value value) {
            if (member != chosen) return true;
            return value.kind == sf_kind::bytes && out.presented.size() == 0
                   && out.presented.push({text::of(value.text)});
        });
        return e == error::none && out.presented.size() == 0 ? error::missing_signature : e;
    }

    /// RFC 9421, section 2.3. Parameters that nobody asked for are signed, and otherwise of no account.
    [[nodiscard]] error read_parameters(std::string_view all, signature_algorithm algorithm,
                                        statement& out) const noexcept {
        sf_parameters parameters(all);
        std::string_view parameter;
        sf_value value;
        std::string_view nonce;
        std::string_view named_algorithm;
        std::string_view key_id;
        bool has_tag = false;
        while (parameters.next(parameter, value) == sf_step::element) {
            bool good = true;
            const auto text_into = [&](std::string_view& to) {
                good = to.empty() && value.is_plain_string() && !value.text.empty();
                to = value.text;
            };
            const auto time_into = [&](signed_time& to) {
                good = !to.present && value.kind == sf_kind::integer
                       && parse_decimal(value.text, to.unix_seconds, 12);
                to.present = true;
            };
            if (parameter == "created") time_into(out.signed_at);
            if (parameter == "expires") time_into(out.expires);
            if (parameter == "nonce") text_into(nonce);
            if (parameter == "alg") text_into(named_algorithm);
            if (parameter == "keyid") text_into(key_id);
            if (parameter == "tag") good = !std::exchange(has_tag, true) && value.kind == sf_kind::string;
            if (!good) return error::malformed_signature;
        }
        if ((of_.created_required && !out.signed_at.present)
            || (of_.expires_required && !out.expires.present))
            return error::missing_timestamp;
        if (out.signed_at.present && out.expires.present) {
            const std::int64_t validity = out.expires.unix_seconds - out.signed_at.unix_seconds;
            if (validity <= 0) return error::malformed_timestamp;
            if (of_.longest_validity.in_seconds != 0 && validity > of_.longest_validity.in_seconds)
                return error::malformed_timestamp;
        }
        if ((of_.nonce_required && nonce.empty()) || (of_.algorithm_required && named_algorithm.empty()))
            return error::claim_mismatch;
        if (!named_algorithm.empty() && named_algorithm != name_of(algorithm))
            return error::unsupported_version;
        if (!key_id.empty()) out.signer = {key_hint::kind::id, key_id};
        return key_id.empty() && of_.key_id_required ? error::claim_mismatch : error::none;
    }

    [[nodiscard]] static bool text_parameter(std::string_view all, std::string_view wanted,
                                             std::string_view& text) noexcept {
        sf_parameters parameters(all);
        std::string_view parameter;
        sf_value value;
        while (parameters.next(parameter, value) == sf_step::element)
            if (parameter == wanted && value.is_plain_string()) text = value.text;
        return !text.empty();
    }

    /// RFC 9421, sections 7.2.1 and 2: what must be covered is, and nothing is covered twice.
    [[nodiscard]] error check_coverage(const request& from, std::string_view list,
                                       bool& digest_covered) const noexcept {
        std::string_view covered[max_components];
        std::size_t count = 0;
        sf_inner_list components(list);
        sf_value component;
        while (components.next(component) == sf_step::element) {
            if (count == max_components) return error::too_large;
            for (std::size_t i = 0; i < count; ++i)
                if (covered[i] == component.whole) return error::malformed_signature;
            covered[count++] = component.whole;
        }
        const auto covers = [&](std::string_view component_name) {
            for (std::size_t i = 0; i < count; ++i)
                if (covered[i].size() == component_name.size() + 2
                    && covered[i].substr(1, component_name.size()) == component_name)
                    return true;
            return false;
        };
        // A header of which one member is covered is not covered: its other members are anybody's.
        const auto is_there = [&](std::string_view component_name) {
            bool found = false;
            from.headers().for_each(component_name, [&](std::string_view) { return !(found = true); });
            return found;
        };
        for (const std::string_view each : of_.required)
            if (!covers(each)) return error::claim_mismatch;
        for (const std::string_view each : of_.required_if_present)
            if (is_there(each) && !covers(each)) return error::claim_mismatch;
        if (of_.query_required_if_present && url_parts(from.url()).has_query() && !covers("@query"))
            return error::claim_mismatch;
        digest_covered = covers("content-digest");
        return error::none;
    }

    const http_message_signature& of_;
};

} // namespace detail

inline error http_message_signature::read(const reading& in, statement& out) const noexcept {
    return detail::http_message_signature_reader(*this).read(in, out);
}

} // namespace hookseal::inline v0_1

#endif
