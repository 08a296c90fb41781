// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SIGNED_SCHEME_HPP
#define HOOKSEAL_SCHEMES_SIGNED_SCHEME_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/encoding/list.hpp>
#include <hookseal/schemes/content_template.hpp>
#include <hookseal/schemes/outgoing_form.hpp>
#include <hookseal/schemes/timestamp_form.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace hookseal::inline v0_1 {

/// The shape of nearly every scheme, as data: a signature, perhaps a timestamp, and the content that was signed.
///
/// What is conventional is the default (HMAC-SHA-256, lower-case hex, Unix seconds within 300 s), so that a reader of
/// a description sees only what its provider does otherwise. The same description, filled at run time, is read by the
/// same code.
struct signed_scheme {
    std::string_view name{}; ///< lower case; part of the store's keys, so it must not change

    hookseal::proof proof = hookseal::proof::hmac;
    hookseal::digest digest = hookseal::digest::sha256;
    hookseal::encoding encoding = hookseal::encoding::hex; ///< of the signature
    key_form key{};

    field signature{};
    field timestamp{};
    hookseal::timestamp_form timestamp_form = hookseal::timestamp_form::unix_seconds;
    content_template signed_content{};

    selector event_id{};
    selector event_type{};

    duration tolerance = seconds(300); ///< past and future alike
    duration retry_window{};           ///< how long the provider goes on redelivering; zero: not known

    [[nodiscard]] constexpr scheme_info info() const noexcept {
        scheme_info all;
        all.name = name;
        all.problem = problem();
        all.keys[0] = {proof, digest, key};
        all.event_id = event_id;
        all.event_type = event_type;
        all.protects = protects();
        all.tolerance = tolerance;
        all.retry_window = retry_window;
        all.streams = streams();
        return all;
    }

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        out.how = proof;
        out.hash = digest;
        out.form = encoding;
        auto names = name_set::unsettled;

        text header_value = text::of({});
        if (const error e = find(signature, in.from, in.with, names, header_value); e != error::none)
            return e == error::missing_field     ? error::missing_signature
                   : e == error::malformed_field ? error::malformed_signature
                                                 : e;
        if (const error e = read_signatures(header_value, out); e != error::none) return e;

        text signed_time_text = text::of({});
        if (timestamp) {
            // Both in one header is common: it is looked for once.
            if (!(timestamp.where == field::place::header && timestamp.name == signature.name
                  && timestamp.other_name == signature.other_name)) {
                if (const error e = find(timestamp, in.from, in.with, names, header_value); e != error::none)
                    return e == error::missing_field     ? error::missing_timestamp
                           : e == error::malformed_field ? error::malformed_timestamp
                                                         : e;
            }
            if (const error e = read_timestamp(header_value, signed_time_text, out); e != error::none)
                return e;
        }
        return read_content(in, names, signed_time_text, out);
    }

    /// Where a sender writes what `read` reads.
    [[nodiscard]] constexpr outgoing_form outgoing(int) const noexcept {
        return {{proof, digest, key}, encoding, signature, timestamp, timestamp_form};
    }

    /// What the signature binds: derived from the signed content.
    [[nodiscard]] constexpr protection protects() const noexcept {
        using kind = content_op::kind;
        protection p;
        if (proof == hookseal::proof::token) return p;
        for (const content_op& op : signed_content) {
            if (op.what == kind::body)
                p.body = op.digested && op.hash == hookseal::digest::crc32 ? body_protection::checksum
                                                                           : body_protection::whole;
            else if ((op.what == kind::json || op.what == kind::form) && p.body == body_protection::none)
                p.body = body_protection::some_fields;
        }
        p.timestamp = timestamp && signed_content.has(kind::timestamp);
        p.url = signed_content.has(kind::url);
        p.method = signed_content.has(kind::method);
        p.plain_hash = proof == hookseal::proof::keyed_hash;
        p.event_id = static_cast<bool>(event_id);
        for (const field& part : event_id.parts)
            if (part && !binds(part, p)) p.event_id = false;
        return p;
    }

    /// What is wrong with the description, if anything.
    [[nodiscard]] constexpr description_problem problem() const noexcept {
        using kind = content_op::kind;
        if (name.empty()) return description_problem::no_name;
        if (!signature) return description_problem::no_signature;
        const bool is_token = proof == hookseal::proof::token;
        if (is_token && !signed_content.empty()) return description_problem::token_with_signed_content;
        if (!is_token && signed_content.empty()) return description_problem::nothing_is_signed;
        const bool signs_time = signed_content.has(kind::timestamp);
        if (timestamp && !signs_time) return description_problem::timestamp_is_not_signed;
        if (!timestamp && signs_time) return description_problem::no_timestamp;
        if (signed_content.has(kind::event_id) && (!event_id || event_id.parts[1]))
            return description_problem::no_single_event_id;
        const bool is_keyed_hash = proof == hookseal::proof::keyed_hash;
        if (!is_keyed_hash && signed_content.has(kind::key))
            return description_problem::key_does_not_belong_in_content;
        if (is_keyed_hash && !signed_content.has(kind::key))
            return description_problem::key_is_missing_from_content;
        if (!has_lower_case_headers()) return description_problem::header_name_is_not_lower_case;
        return description_problem::none;
    }

private:
    [[nodiscard]] constexpr bool has_lower_case_headers() const noexcept {
        const auto is_lower = [](std::string_view text) {
            for (const char c : text)
                if (c != to_lower(c)) return false;
            return true;
        };
        const auto is_fine = [&](const field& f) {
            return f.where != field::place::header || (is_lower(f.name) && is_lower(f.other_name));
        };
        for (const content_op& op : signed_content)
            if (op.what == content_op::kind::header && !is_lower(signed_content.text_of(op))) return false;
        for (const selector* s : {&event_id, &event_type})
            for (const field& part : s->parts)
                if (!is_fine(part)) return false;
        return is_fine(signature) && is_fine(timestamp);
    }

    [[nodiscard]] constexpr bool binds(const field& part, const protection& p) const noexcept {
        using kind = content_op::kind;
        const bool by_name = signed_content.has(kind::event_id);
        switch (part.where) {
        case field::place::header: return by_name || signed_content.has(kind::header, part.name);
        case field::place::json:
            return p.body == body_protection::whole || by_name || signed_content.has(kind::json, part.name);
        case field::place::form:
            return p.body == body_protection::whole || by_name || signed_content.has(kind::form, part.name);
        case field::place::query:
            return p.url || signed_content.has(kind::query_string) || by_name
                   || signed_content.has(kind::query, part.name);
        case field::place::option: return true;
        case field::place::none: break;
        }
        return false;
    }

    /// Whether the body may come in pieces: it must be wanted once, as it stands, and for nothing else.
    [[nodiscard]] constexpr bool streams() const noexcept {
        using kind = content_op::kind;
        const auto in_body = [](const field& f) {
            return f.where == field::place::json || f.where == field::place::form;
        };
        if (in_body(signature) || in_body(timestamp)) return false;
        bool after_body = false;
        for (const content_op& op : signed_content) {
            if (op.what == kind::json || op.what == kind::form) return false;
            if (op.what == kind::event_id)
                for (const field& part : event_id.parts)
                    if (in_body(part)) return false;
            if (op.what != kind::body) continue;
            if (after_body) return false;
            after_body = true;
        }
        return true;
    }

    [[nodiscard]] error read_signatures(const text& found, statement& out) const noexcept {
        if (signature.separator == '\0') {
            std::string_view value = found.raw();
            if (!value.starts_with(signature.prefix)) return error::unsupported_version;
            value.remove_prefix(signature.prefix.size());
            static_cast<void>(out.presented.push({text::of(value, found.read)}));
            return value.empty() ? error::malformed_signature : error::none;
        }
        list_reader list(found.raw(), signature.separator, signature.spaced);
        std::string_view element;
        for (std::size_t count = 0;; ++count) {
            const list_step step = list.next(element);
            if (step == list_step::malformed) return error::malformed_signature;
            if (step == list_step::end) break;
            if (count == max_presented) return error::too_large;
            if (!element.starts_with(signature.prefix)) continue;
            element.remove_prefix(signature.prefix.size());
            static_cast<void>(out.presented.push({text::of(element)}));
        }
        return out.presented.size() == 0 ? error::unsupported_version : error::none;
    }

    [[nodiscard]] error read_timestamp(const text& found, text& value, statement& out) const noexcept {
        std::string_view only = found.raw();
        if (timestamp.separator != '\0') {
            list_reader list(found.raw(), timestamp.separator, timestamp.spaced);
            std::string_view element;
            bool seen = false;
            while (true) {
                const list_step step = list.next(element);
                if (step == list_step::malformed) return error::malformed_timestamp;
                if (step == list_step::end) break;
                if (!element.starts_with(timestamp.prefix)) continue;
                if (seen) return error::malformed_timestamp;
                seen = true;
                only = element;
            }
            if (!seen) return error::missing_timestamp;
        } else if (!only.starts_with(timestamp.prefix)) {
            return error::malformed_timestamp;
        }
        only.remove_prefix(timestamp.prefix.size());
        // The text that is parsed is the text that was signed; a value with escapes would be two texts.
        if (!parse_timestamp(only, timestamp_form, out.signed_at.unix_seconds))
            return error::malformed_timestamp;
        out.signed_at.present = signed_content.has(content_op::kind::timestamp);
        value = text::of(only);
        return error::none;
    }

    [[nodiscard]] error read_content(const reading& in, name_set& names, const text& time,
                                     statement& out) const noexcept {
        const content_op* const end = signed_content.end();
        for (const content_op* op = signed_content.begin(); op != end; ++op) {
            if (op->group_size != 0) {
                bool absent = false;
                if (const error e = is_group_absent(in, names, op, absent); e != error::none) return e;
                if (absent) {
                    op += op->group_size - 1;
                    continue;
                }
            }
            piece next = piece::body();
            bool present = true;
            if (const error e = read_piece(in, names, time, *op, next, present); e != error::none) return e;
            if (!present) continue;
            const bool literal_follows = op + 1 != end && op[1].what == content_op::kind::literal;
            if (!keeps_its_place(*op, next.value.raw(),
                                 literal_follows ? signed_content.text_of(op[1]).front() : '\0'))
                return error::malformed_field;
            if (!out.content.push(next)) return error::too_large;
        }
        return error::none;
    }

    [[nodiscard]] error is_group_absent(const reading& in, name_set& names, const content_op* group,
                                        bool& absent) const noexcept {
        for (std::size_t i = 0; i < group->group_size; ++i) {
            if (group[i].what == content_op::kind::literal || group[i].what == content_op::kind::body)
                continue;
            piece unused = piece::body();
            bool present = true;
            const error e = read_piece(in, names, text::of({}), group[i], unused, present);
            if (e != error::none && e != error::missing_field && e != error::missing_option) return e;
            if (e != error::none || !present) absent = true;
        }
        return error::none;
    }

    /// Text must not move across the seam between a value and the literal behind it: with `{header:id}.{timestamp}`
    /// an id that holds a `.` would make two requests out of one signature. JSON values are exempt, whose own syntax
    /// bounds them, and so are timestamps, which are parsed strictly.
    [[nodiscard]] constexpr bool keeps_its_place(const content_op& op, std::string_view raw,
                                                 char literal) const noexcept {
        using kind = content_op::kind;
        const bool from_header =
            op.what == kind::header
            || (op.what == kind::event_id && event_id.parts[0].where == field::place::header);
        const bool from_url_or_form = op.what == kind::query || op.what == kind::form;
        if (from_header && !is_printable(raw)) return false;
        if ((from_header || from_url_or_form) && literal != '\0'
            && raw.find(literal) != std::string_view::npos)
            return false;
        return true;
    }

    [[nodiscard]] error read_piece(const reading& in, name_set& names, const text& time, const content_op& op,
                                   piece& to, bool& present) const noexcept {
        using kind = content_op::kind;
        const auto plain = [&](std::string_view value, error missing) {
            to = piece::of(text::of(value, op.lower ? &readers::lower_case<nullptr> : nullptr));
            return value.empty() ? missing : error::none;
        };
        switch (op.what) {
        case kind::literal: to = piece::of(text::of(signed_content.text_of(op))); return error::none;
        case kind::timestamp: to = piece::of(time); return error::none;
        case kind::body:
            to = op.digested ? piece::body_digest(op.hash, op.form) : piece::body();
            return error::none;
        case kind::key: to = piece::key(); return error::none;
        case kind::url: return plain(in.from.url(), error::missing_option);
        case kind::method: return plain(in.from.method(), error::missing_option);
        case kind::path: return plain(url_path(in.from.url()), error::missing_option);
        case kind::query_string:
            to = piece::of(text::of(url_query(in.from.url())));
            return in.from.url().empty() ? error::missing_option : error::none;
        case kind::event_id: return read_field(in, names, event_id.parts[0], op, to, present);
        case kind::header: return read_field(in, names, header(signed_content.text_of(op)), op, to, present);
        case kind::json:
            return read_field(in, names, hookseal::json(signed_content.text_of(op)), op, to, present);
        case kind::query: return read_field(in, names, query(signed_content.text_of(op)), op, to, present);
        case kind::form: return read_field(in, names, form(signed_content.text_of(op)), op, to, present);
        case kind::option: return read_field(in, names, option(signed_content.text_of(op)), op, to, present);
        }
        return error::invalid_description;
    }

    [[nodiscard]] static error read_field(const reading& in, name_set& names, const field& at,
                                          const content_op& op, piece& to, bool& present) noexcept {
        text value = text::of({});
        const error e = find(at, in.from, in.with, names, value);
        if (e == error::missing_field && op.may_be_absent) {
            present = false;
            return error::none;
        }
        if (e != error::none) return e;
        if (op.raw) value.read = nullptr;
        if (op.lower)
            value.read = value.read == &readers::json_unescaped
                             ? &readers::lower_case<&readers::json_unescaped>
                         : value.read == &readers::form_decoded ? &readers::lower_case<&readers::form_decoded>
                                                                : &readers::lower_case<nullptr>;
        to = piece::of(value);
        return error::none;
    }
};

} // namespace hookseal::inline v0_1

#endif
