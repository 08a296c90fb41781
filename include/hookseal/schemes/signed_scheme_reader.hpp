// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SIGNED_SCHEME_READER_HPP
#define HOOKSEAL_SCHEMES_SIGNED_SCHEME_READER_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/find_field.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/encoding/list.hpp>
#include <hookseal/schemes/canonical_json.hpp>
#include <hookseal/schemes/content_template.hpp>
#include <hookseal/schemes/parse_timestamp.hpp>
#include <hookseal/schemes/read_certificate_url.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/schemes/signed_scheme_facts.hpp>
#include <hookseal/schemes/sorted_form.hpp>
#include <hookseal/schemes/sorted_query.hpp>
#include <hookseal/schemes/uri_text.hpp>
#include <hookseal/schemes/url_parts.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

namespace detail {

/// Reads requests as a description says.
class signed_scheme_reader {
public:
    constexpr explicit signed_scheme_reader(const signed_scheme& of) noexcept : of_(of) {}

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        out.how = of_.proof;
        out.hash = of_.digest;
        out.form = of_.encoding;
        out.event_id = &of_.event_id;
        out.event_type = &of_.event_type;
        auto names = name_set::unsettled;

        text header_value = text::of({});
        if (const error e = find(of_.signature, in.from, in.with, names, header_value); e != error::none)
            return e == error::missing_field     ? error::missing_signature
                   : e == error::malformed_field ? error::malformed_signature
                                                 : e;
        if (const error e = read_conditions(in, names, out); e != error::none) return e;
        if (of_.certificate.at)
            if (const error e = read_certificate_url(of_.certificate, in, out.signer); e != error::none)
                return e;
        if (const error e = read_signatures(header_value, out); e != error::none) return e;
        if (of_.body_digest.at) {
            text claimed = text::of({});
            if (const error e = find(of_.body_digest.at, in.from, in.with, names, claimed); e != error::none)
                return e;
            static_cast<void>(out.bindings.push(
                binding::of_the_body(of_.body_digest.digest, of_.body_digest.encoding, claimed)));
        }

        text signed_time_text = text::of({});
        if (of_.timestamp) {
            // Both in one header is common: it is looked for once.
            if (!facts().shares_header()) {
                const error e = find(of_.timestamp, in.from, in.with, names, header_value);
                // Out of a body that is signed nobody but its sender can leave the time.
                if (e != error::none && !of_.signed_content.has(content_op::kind::timestamp))
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

private:
    [[nodiscard]] constexpr signed_scheme_facts facts() const noexcept { return signed_scheme_facts(of_); }

    /// For what is only to be read once, to see that it can be.
    static constexpr sink nowhere{nullptr, [](void*, std::string_view) noexcept { return true; }};

    [[nodiscard]] error read_conditions(const reading& in, name_set& names, statement& out) const noexcept {
        text value = text::of({});
        if (of_.refused && find(of_.refused, in.from, in.with, names, value) != error::missing_field)
            return error::malformed_field;
        for (const field& each : of_.required.parts) {
            if (!each) break;
            if (const error e = find(each, in.from, in.with, names, value); e != error::none) return e;
            if (value.raw() != each.prefix) return error::unsupported_version;
        }
        if (!of_.key_id) return error::none;
        const error e = find(of_.key_id, in.from, in.with, names, value);
        if (e == error::none) out.signer = {.what = key_hint::kind::id, .value = value.raw()};
        return e == error::missing_field ? error::none : e;
    }

    [[nodiscard]] error read_signatures(const text& found, statement& out) const noexcept {
        if (of_.signature.separator == '\0') {
            std::string_view value = found.raw();
            if (!value.starts_with(of_.signature.prefix)) return error::unsupported_version;
            value.remove_prefix(of_.signature.prefix.size());
            static_cast<void>(out.presented.push({text::of(value, found.read)}));
            return value.empty() ? error::malformed_signature : error::none;
        }
        list_reader list(found.raw(), of_.signature.separator, of_.signature.spaced);
        std::string_view element;
        for (std::size_t count = 0;; ++count) {
            const list_step step = list.next(element);
            if (step == list_step::malformed) return error::malformed_signature;
            if (step == list_step::end) break;
            if (count == max_presented) return error::too_large;
            if (count == 0 && of_.timestamp.first && facts().shares_header()) continue;
            // `v1,ab, v1,cd` are two headers that somebody on the way has joined.
            if (of_.signature.separator == ' ' && (element.front() == ',' || element.back() == ','))
                return error::malformed_signature;
            if (!element.starts_with(of_.signature.prefix)) continue;
            element.remove_prefix(of_.signature.prefix.size());
            static_cast<void>(out.presented.push({text::of(element)}));
        }
        return out.presented.size() == 0 ? error::unsupported_version : error::none;
    }

    [[nodiscard]] error read_timestamp(const text& found, text& value, statement& out) const noexcept {
        std::string_view only = found.raw();
        if (of_.timestamp.separator != '\0') {
            list_reader list(found.raw(), of_.timestamp.separator, of_.timestamp.spaced);
            std::string_view element;
            bool seen = false;
            while (true) {
                const list_step step = list.next(element);
                if (step == list_step::malformed) return error::malformed_timestamp;
                if (step == list_step::end) break;
                if (!element.starts_with(of_.timestamp.prefix)) continue;
                if (seen) return error::malformed_timestamp;
                seen = true;
                only = element;
                if (of_.timestamp.first) break;
            }
            if (!seen) return error::missing_timestamp;
        } else if (!only.starts_with(of_.timestamp.prefix)) {
            return error::malformed_timestamp;
        }
        only.remove_prefix(of_.timestamp.prefix.size());
        // The text that is parsed is the text that was signed; a value with escapes would be two texts.
        if (!parse_timestamp(only, of_.timestamp_form, out.signed_at.unix_seconds))
            return error::malformed_timestamp;
        if (signed_scheme_facts::is_in_body(of_.timestamp)) out.signed_at.present = facts().is_time_signed();
        value = text::of(only);
        return error::none;
    }

    [[nodiscard]] error read_content(const reading& in, name_set& names, const text& time,
                                     statement& out) const noexcept {
        const content_op* const end = of_.signed_content.end();
        const text* movable = nullptr; // the value just written, where text could be moved out of it
        char seam = '\0';              // the first character of the literal before it
        for (const content_op* op = of_.signed_content.begin(); op != end; ++op) {
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
                const std::string_view literal = of_.signed_content.text_of(*op);
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
        if (of_.signed_on_request.at_most == 0 || out.content.size() != 1) return false;
        const piece& only = out.content[0];
        return of_.signed_on_request.holds(only.what == piece::kind::body ? in.from.body()
                                                                          : only.value.raw());
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
            const field::place where = of_.event_id.parts[0].where;
            const bool exempt = where == field::place::json || where == field::place::option;
            return exempt ? field::place::none : where;
        }
        default: return field::place::none;
        }
    }

    [[nodiscard]] constexpr bool has_free_value() const noexcept {
        for (const content_op& op : of_.signed_content)
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
        case kind::event_id: return in_field(of_.event_id.parts[0]);
        case kind::header:
        case kind::json:
        case kind::query:
        case kind::form:
        case kind::option: return in_field(facts().field_of(op));
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

    const signed_scheme& of_;
};

} // namespace detail

inline error signed_scheme::read(const reading& in, statement& out) const noexcept {
    return detail::signed_scheme_reader(*this).read(in, out);
}

} // namespace hookseal::inline v0_1

#endif
