// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SIGNED_SCHEME_HPP
#define HOOKSEAL_SCHEMES_SIGNED_SCHEME_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/batch.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/encoding/list.hpp>
#include <hookseal/schemes/canonical_json.hpp>
#include <hookseal/schemes/certificate_url.hpp>
#include <hookseal/schemes/content_template.hpp>
#include <hookseal/schemes/outgoing_form.hpp>
#include <hookseal/schemes/sorted_form.hpp>
#include <hookseal/schemes/sorted_query.hpp>
#include <hookseal/schemes/timestamp_form.hpp>
#include <hookseal/schemes/uri_text.hpp>
#include <hookseal/schemes/value_form.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// A digest of the body that stands in the signed part of a request: signing the digest signs the body.
struct body_claim {
    field at{};
    hookseal::digest digest = hookseal::digest::sha256;
    hookseal::encoding encoding = hookseal::encoding::hex;

    constexpr body_claim() noexcept = default;
    constexpr body_claim(field where) noexcept : at(where) {}
};

namespace detail {

inline constexpr key_form usual_key{};
inline constexpr content_template no_content{};
inline constexpr body_claim no_body_claim{};
inline constexpr value_form nothing_on_request{.at_most = 0};
inline constexpr certificate_url no_certificate{};

} // namespace detail

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
    key_form key = detail::usual_key;

    field signature = no_field;
    field timestamp = no_field;
    hookseal::timestamp_form timestamp_form = hookseal::timestamp_form::unix_seconds;
    content_template signed_content = detail::no_content;
    body_claim body_digest = detail::no_body_claim; ///< must be signed, and be the body's
    field key_id = no_field;         ///< names the key; of keys given with an id only that one may then match
    selector required = no_selector; ///< must be there, and be exactly their prefixes: names of a version
    field refused = no_field;        ///< must not be there: a second item of a batch of which one is signed
    /// A text that a challenge has signed for whoever asks, which therefore proves nothing: refused as a whole content.
    value_form signed_on_request = detail::nothing_on_request;
    certificate_url certificate = detail::no_certificate; ///< which a key source fetches, where it is named

    selector event_id = no_selector;
    selector event_type = no_selector;
    hookseal::batch batch = no_batch; ///< where a delivery has several events

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
        all.batch = batch;
        all.binds_part_id = binds_part_id(all.protects);
        all.tolerance = tolerance;
        all.retry_window = retry_window;
        all.streams = streams();
        for (const content_op* op = signed_content.begin(); op != signed_content.end(); ++op) {
            if (op->group_size != 0)
                op += op->group_size - 1;
            else if (op->what == content_op::kind::option && !op->may_be_absent)
                all.need(signed_content.text_of(*op));
        }
        return all;
    }

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        out.how = proof;
        out.hash = digest;
        out.form = encoding;
        out.event_id = &event_id;
        out.event_type = &event_type;
        auto names = name_set::unsettled;

        text header_value = text::of({});
        if (const error e = find(signature, in.from, in.with, names, header_value); e != error::none)
            return e == error::missing_field     ? error::missing_signature
                   : e == error::malformed_field ? error::malformed_signature
                                                 : e;
        if (const error e = read_conditions(in, names, out); e != error::none) return e;
        if (certificate.at)
            if (const error e = certificate.read(in, out.signer); e != error::none) return e;
        if (const error e = read_signatures(header_value, out); e != error::none) return e;
        if (body_digest.at) {
            text claimed = text::of({});
            if (const error e = find(body_digest.at, in.from, in.with, names, claimed); e != error::none)
                return e;
            static_cast<void>(
                out.bindings.push(binding::of_the_body(body_digest.digest, body_digest.encoding, claimed)));
        }

        text signed_time_text = text::of({});
        if (timestamp) {
            // Both in one header is common: it is looked for once.
            if (!shares_header()) {
                const error e = find(timestamp, in.from, in.with, names, header_value);
                // Out of a body that is signed nobody but its sender can leave the time.
                if (e != error::none && !signed_content.has(content_op::kind::timestamp))
                    return read_content(in, names, signed_time_text, out);
                if (e != error::none)
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
        outgoing_form form{{proof, digest, key}, encoding, signature,    timestamp,
                           timestamp_form,       {},       needs_more(), static_cast<bool>(certificate.at)};
        std::size_t count = 0;
        for (const content_op& op : signed_content) {
            const field at = field_of(op);
            if (at && !op.may_be_absent && at != event_id.parts[0] && at != event_type.parts[0]
                && count < max_supplied)
                form.supplied[count++] = at;
        }
        return form;
    }

private: // clang 14 takes a template for a constant only where it stands before its use
    /// The field that a placeholder names, if it names one.
    [[nodiscard]] constexpr field field_of(const content_op& op) const noexcept {
        const std::string_view named = signed_content.text_of(op);
        switch (op.what) {
        case content_op::kind::header: return header(named);
        case content_op::kind::json: return hookseal::json(named);
        case content_op::kind::query: return query(named);
        case content_op::kind::form: return form(named);
        case content_op::kind::option: return option(named);
        default: return {};
        }
    }

    /// Calls `each` with every placeholder that is signed whenever the request has its value. One that shares its group
    /// with others is not: who leaves out the others' value takes it out of the signed content.
    template <class Each>
    constexpr void for_each_bound(Each each) const noexcept {
        const content_op* op = signed_content.begin();
        while (op != signed_content.end()) {
            const content_op* const next = op + (op->group_size == 0 ? 1 : op->group_size);
            int placeholders = 0;
            for (const content_op* in = op; in != next; ++in)
                if (in->what != content_op::kind::literal) ++placeholders;
            for (; op != next; ++op)
                if (placeholders == 1 && op->what != content_op::kind::literal) each(*op);
        }
    }

public:
    /// What the signature binds: derived from the signed content.
    [[nodiscard]] constexpr protection protects() const noexcept {
        using kind = content_op::kind;
        protection p;
        if (proof == hookseal::proof::token) return p;
        for_each_bound([&](const content_op& op) {
            if (op.what == kind::body)
                p.body = op.digested && op.hash == hookseal::digest::crc32 ? body_protection::checksum
                                                                           : body_protection::whole;
            else if ((op.what == kind::json || op.what == kind::form || op.what == kind::sorted_form
                      || op.what == kind::canonical_json)
                     && p.body == body_protection::none)
                p.body = body_protection::some_fields;
        });
        p.timestamp = timestamp && is_time_signed();
        p.url = is_bound(kind::url);
        p.method = is_bound(kind::method);
        if (body_digest.at && binds(body_digest.at, p)) p.body = body_protection::whole;
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
        if (timestamp && !signs_time && !is_time_signed())
            return description_problem::timestamp_is_not_signed;
        if (!timestamp && signs_time) return description_problem::no_timestamp;
        if (signed_content.has(kind::event_id) && (!event_id || event_id.parts[1]))
            return description_problem::no_single_event_id;
        const bool is_keyed_hash = proof == hookseal::proof::keyed_hash;
        if (!is_keyed_hash && signed_content.has(kind::key))
            return description_problem::key_does_not_belong_in_content;
        if (is_keyed_hash && !signed_content.has(kind::key))
            return description_problem::key_is_missing_from_content;
        if (body_digest.at && protects().body != body_protection::whole)
            return description_problem::body_digest_is_not_signed;
        if (!has_lower_case_headers()) return description_problem::header_name_is_not_lower_case;
        return description_problem::none;
    }

private:
    /// Whether signature and time stand in one header.
    [[nodiscard]] constexpr bool shares_header() const noexcept {
        return timestamp.where == field::place::header && timestamp.name == signature.name
               && timestamp.other_name == signature.other_name;
    }

    /// Whether a sender must add something that is neither a header of any value nor a signature, an id, a type or a time.
    [[nodiscard]] constexpr bool needs_more() const noexcept {
        using kind = content_op::kind;
        bool more = required || body_digest.at || certificate.at;
        for (const content_op* op = signed_content.begin(); op != signed_content.end(); ++op) {
            if (op->group_size != 0)
                op += op->group_size - 1;
            else if (op->what == kind::json || op->what == kind::query || op->what == kind::form
                     || op->what == kind::option)
                more = more || !op->may_be_absent;
        }
        return more;
    }

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
        for (const selector* s : {&event_id, &event_type, &required})
            for (const field& part : s->parts)
                if (!is_fine(part)) return false;
        for (const field* f : {&signature, &timestamp, &body_digest.at, &key_id, &refused, &certificate.at,
                               &certificate.beside})
            if (!is_fine(*f)) return false;
        return true;
    }

    /// What is signed in lower case, cut or decoded is not bound as it is read: another spelling of it has the same
    /// signature.
    [[nodiscard]] constexpr bool is_bound(content_op::kind what, std::string_view named = {}) const noexcept {
        bool found = false;
        for_each_bound([&](const content_op& op) {
            const bool same = op.what == what && (named.empty() || signed_content.text_of(op) == named);
            found = found || (same && !op.lower && !op.base && !op.decoded);
        });
        return found;
    }

    /// A time that stands in a signed body is signed with it.
    [[nodiscard]] constexpr bool is_time_signed() const noexcept {
        bool whole_body = false;
        for_each_bound([&](const content_op& op) {
            whole_body = whole_body || (op.what == content_op::kind::body && !op.digested);
        });
        return is_bound(content_op::kind::timestamp) || (is_in_body(timestamp) && whole_body);
    }

    /// For what is only to be read once, to see that it can be.
    static constexpr sink nowhere{nullptr, [](void*, std::string_view) noexcept { return true; }};

    [[nodiscard]] static constexpr bool is_in_body(const field& f) noexcept {
        return f.where == field::place::json || f.where == field::place::form;
    }

    /// A part's id is bound where the whole body is, or where its fields are signed as those of the list's first element.
    [[nodiscard]] constexpr bool binds_part_id(const protection& p) const noexcept {
        const auto binds_it = [&](std::string_view path) {
            bool bound = p.body == body_protection::whole;
            for_each_bound([&](const content_op& op) {
                const std::string_view named = signed_content.text_of(op);
                const std::size_t list = batch.at.name.size();
                bound = bound
                        || (op.what == content_op::kind::json && named.size() == list + 3 + path.size()
                            && named.starts_with(batch.at.name) && named.substr(list).starts_with(".0.")
                            && named.ends_with(path) && !op.lower && !op.decoded);
            });
            return bound;
        };
        for (const field& part : batch.id.parts)
            if (part && !binds_it(part.name)) return false;
        return static_cast<bool>(batch.id);
    }

    [[nodiscard]] constexpr bool binds(const field& part, const protection& p) const noexcept {
        using kind = content_op::kind;
        const bool by_name = is_bound(kind::event_id);
        switch (part.where) {
        case field::place::header: return by_name || is_bound(kind::header, part.name);
        case field::place::json:
            return p.body == body_protection::whole || by_name || is_bound(kind::json, part.name);
        case field::place::form:
            return p.body == body_protection::whole || by_name || is_bound(kind::form, part.name);
        case field::place::query:
            return p.url || is_bound(kind::query_string) || is_bound(kind::sorted_query) || by_name
                   || is_bound(kind::query, part.name);
        case field::place::option: return true;
        case field::place::none: break;
        }
        return false;
    }

    /// Whether the body may come in pieces: it must be wanted once, as it stands, and for nothing else.
    [[nodiscard]] constexpr bool streams() const noexcept {
        using kind = content_op::kind;
        if (signed_on_request.at_most != 0) return false;
        for (const field* f : {&signature, &timestamp, &body_digest.at, &key_id, &refused, &certificate.at,
                               &certificate.beside})
            if (is_in_body(*f)) return false;
        for (const field& part : required.parts)
            if (is_in_body(part)) return false;
        bool after_body = false;
        for (const content_op& op : signed_content) {
            if (op.what == kind::json || op.what == kind::form || op.what == kind::sorted_form
                || op.what == kind::canonical_json)
                return false;
            if (op.what == kind::event_id)
                for (const field& part : event_id.parts)
                    if (is_in_body(part)) return false;
            if (op.what != kind::body) continue;
            if (after_body) return false;
            after_body = true;
        }
        return true;
    }

    [[nodiscard]] error read_conditions(const reading& in, name_set& names, statement& out) const noexcept {
        text value = text::of({});
        if (refused && find(refused, in.from, in.with, names, value) != error::missing_field)
            return error::malformed_field;
        for (const field& each : required.parts) {
            if (!each) break;
            if (const error e = find(each, in.from, in.with, names, value); e != error::none) return e;
            if (value.raw() != each.prefix) return error::unsupported_version;
        }
        if (!key_id) return error::none;
        const error e = find(key_id, in.from, in.with, names, value);
        if (e == error::none) out.signer = {.what = key_hint::kind::id, .value = value.raw()};
        return e == error::missing_field ? error::none : e;
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
            if (count == 0 && timestamp.first && shares_header()) continue;
            // `v1,ab, v1,cd` are two headers that somebody on the way has joined.
            if (signature.separator == ' ' && (element.front() == ',' || element.back() == ','))
                return error::malformed_signature;
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
                if (timestamp.first) break;
            }
            if (!seen) return error::missing_timestamp;
        } else if (!only.starts_with(timestamp.prefix)) {
            return error::malformed_timestamp;
        }
        only.remove_prefix(timestamp.prefix.size());
        // The text that is parsed is the text that was signed; a value with escapes would be two texts.
        if (!parse_timestamp(only, timestamp_form, out.signed_at.unix_seconds))
            return error::malformed_timestamp;
        if (is_in_body(timestamp)) out.signed_at.present = is_time_signed();
        value = text::of(only);
        return error::none;
    }

    [[nodiscard]] error read_content(const reading& in, name_set& names, const text& time,
                                     statement& out) const noexcept {
        const content_op* const end = signed_content.end();
        const text* movable = nullptr; // the value just written, where text could be moved out of it
        char seam = '\0';              // the first character of the literal before it
        for (const content_op* op = signed_content.begin(); op != end; ++op) {
            if (op->group_size != 0) {
                bool absent = false;
                if (const error e = is_group_absent(in, names, op, absent); e != error::none) return e;
                if (absent) {
                    op += op->group_size - 1;
                    continue;
                }
            }
            const text* const before = std::exchange(movable, nullptr);
            bool room = false;
            switch (op->what) {
            case content_op::kind::literal: {
                const std::string_view literal = signed_content.text_of(*op);
                seam = literal.front();
                if (before != nullptr && holds(*before, in.from, seam)) return error::malformed_field;
                room = out.content.push(piece::of(text::of(literal)));
                break;
            }
            case content_op::kind::timestamp:
                room = out.content.push(piece::of(time));
                out.signed_at.present = true;
                break;
            case content_op::kind::body:
                room =
                    out.content.push(op->digested ? piece::body_digest(op->hash, op->form) : piece::body());
                break;
            case content_op::kind::key: room = out.content.push(piece::key()); break;
            default: {
                text value = text::of({});
                bool present = true;
                if (const error e = look_up(in, names, *op, value, present); e != error::none) return e;
                if (!present) {
                    movable = before;
                    continue;
                }
                const field::place from = place_of(*op);
                if (from == field::place::header && !is_printable(value.raw())) return error::malformed_field;
                room = out.content.push(piece::of(value));
                if (from != field::place::none) movable = &out.content[out.content.size() - 1].value;
            }
            }
            if (!room) return error::too_large;
        }
        const bool moves = movable != nullptr && has_free_value() && holds(*movable, in.from, seam);
        return moves || is_signed_on_request(in, out) ? error::malformed_field : error::none;
    }

    [[nodiscard]] bool is_signed_on_request(const reading& in, const statement& out) const noexcept {
        if (signed_on_request.at_most == 0 || out.content.size() != 1) return false;
        const piece& only = out.content[0];
        return signed_on_request.holds(only.what == piece::kind::body ? in.from.body() : only.value.raw());
    }

    [[nodiscard]] error is_group_absent(const reading& in, name_set& names, const content_op* group,
                                        bool& absent) const noexcept {
        for (std::size_t i = 0; i < group->group_size; ++i) {
            if (!is_looked_up(group[i].what)) continue;
            text unused = text::of({});
            bool present = true;
            const error e = look_up(in, names, group[i], unused, present);
            if (e != error::none && e != error::missing_field && e != error::missing_option) return e;
            if (e != error::none || !present) absent = true;
        }
        return error::none;
    }

    /// Text must not move across the seam between a value and the literal behind it: with `{header:id}.{timestamp}`
    /// an id that holds a `.` would make two requests out of one signature. So a header's, a query's or a form's value
    /// must not hold, as it is signed, the first character of that literal, and a header's no bytes but printable ones.
    /// JSON values are exempt, unless one is declared free, and then it alone: where all others cannot hold the literal,
    /// neither in front of it nor behind it, there is one way to read the content. Timestamps are parsed strictly.
    [[nodiscard]] constexpr field::place place_of(const content_op& op) const noexcept {
        switch (op.what) {
        case content_op::kind::json:
            return has_free_value() && !op.free ? field::place::json : field::place::none;
        case content_op::kind::header: return field::place::header;
        case content_op::kind::query: return field::place::query;
        case content_op::kind::form: return field::place::form;
        case content_op::kind::event_id: {
            const field::place where = event_id.parts[0].where;
            const bool exempt = where == field::place::json || where == field::place::option;
            return exempt ? field::place::none : where;
        }
        default: return field::place::none;
        }
    }

    [[nodiscard]] constexpr bool has_free_value() const noexcept {
        for (const content_op& op : signed_content)
            if (op.free) return true;
        return false;
    }

    [[nodiscard]] static bool holds(const text& value, const request& from, char c) noexcept {
        if (value.read == nullptr) return value.raw().find(c) != std::string_view::npos;
        const auto without = [](void* unwanted, std::string_view bytes) noexcept {
            return bytes.find(*static_cast<const char*>(unwanted)) == std::string_view::npos;
        };
        return !value.write(from, {&c, without});
    }

    /// Whether a step of the content is a value that has to be found in the request or the options.
    [[nodiscard]] static constexpr bool is_looked_up(content_op::kind what) noexcept {
        using kind = content_op::kind;
        return what != kind::literal && what != kind::timestamp && what != kind::body && what != kind::key;
    }

    [[nodiscard]] error look_up(const reading& in, name_set& names, const content_op& op, text& to,
                                bool& present) const noexcept {
        using kind = content_op::kind;
        const auto plain = [&](std::string_view value, error missing) {
            to = text::of(value, op.lower ? &readers::lower_case<nullptr> : nullptr);
            return value.empty() ? missing : error::none;
        };
        const auto in_field = [&](const field& at) {
            const error e = find(at, in.from, in.with, names, to);
            if ((e == error::missing_field || e == error::missing_option) && op.may_be_absent) {
                present = false;
                return error::none;
            }
            if (op.raw) to.read = nullptr;
            if (op.lower)
                to.read = to.read == &readers::json_unescaped ? &readers::lower_case<&readers::json_unescaped>
                          : to.read == &readers::form_decoded ? &readers::lower_case<&readers::form_decoded>
                                                              : &readers::lower_case<nullptr>;
            return e;
        };
        switch (op.what) {
        case kind::url: return read_url(in.from.url(), op, to);
        case kind::sorted_form:
            to = text::of(in.from.body(), &readers::sorted_form<names_and_values>);
            return is_sortable_form(in.from.body()) ? error::none : error::malformed_field;
        case kind::canonical_json:
            to = text::of(in.from.body(), &readers::canonical_json);
            return to.write(in.from, nowhere) ? error::none : error::malformed_field;
        case kind::sorted_query:
            to = text::of(url_query(in.from.url()), &readers::sorted_query);
            return in.from.url().empty()        ? error::missing_option
                   : to.write(in.from, nowhere) ? error::none
                                                : error::malformed_field;
        case kind::method: return plain(in.from.method(), error::missing_option);
        case kind::path: return plain(url_path(in.from.url()), error::missing_option);
        case kind::query_string:
            static_cast<void>(plain(url_query(in.from.url()), error::none)); // an empty query is one
            return in.from.url().empty() ? error::missing_option : error::none;
        case kind::event_id: return in_field(event_id.parts[0]);
        case kind::header:
        case kind::json:
        case kind::query:
        case kind::form:
        case kind::option: return in_field(field_of(op));
        case kind::literal:
        case kind::timestamp:
        case kind::body:
        case kind::key: break;
        }
        return error::invalid_description;
    }

    [[nodiscard]] static error read_url(std::string_view url, const content_op& op, text& to) noexcept {
        const reader as = op.lower        ? &readers::lower_case<nullptr>
                          : op.decoded    ? &readers::reserved_decoded
                          : op.other_port ? &readers::other_port
                                          : nullptr;
        to = text::of(op.base ? url_base(url) : url, as);
        return url.empty() ? error::missing_option : error::none;
    }
};

} // namespace hookseal::inline v0_1

#endif
