// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SIGNED_SCHEME_FACTS_HPP
#define HOOKSEAL_SCHEMES_SIGNED_SCHEME_FACTS_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/schemes/content_template.hpp>
#include <hookseal/schemes/outgoing_form.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// What follows from a description without any request.
class signed_scheme_facts {
public:
    constexpr explicit signed_scheme_facts(const signed_scheme& of) noexcept : of_(of) {}

    [[nodiscard]] constexpr scheme_info info() const noexcept {
        scheme_info all;
        all.name = of_.name;
        all.problem = problem();
        all.keys[0] = {of_.proof, of_.digest, of_.key};
        all.event_id = of_.event_id;
        all.event_type = of_.event_type;
        all.protects = protects();
        all.batch = of_.batch;
        all.binds_part_id = binds_part_id(all.protects);
        all.tolerance = of_.tolerance;
        all.retry_window = of_.retry_window;
        all.streams = streams();
        for (const content_op* op = of_.signed_content.begin(); op != of_.signed_content.end(); ++op) {
            if (op->group_size != 0)
                op += op->group_size - 1;
            else if (op->what == content_op::kind::option && !op->may_be_absent)
                all.need(of_.signed_content.text_of(*op));
        }
        return all;
    }

    /// Where a sender writes what `read` reads.
    [[nodiscard]] constexpr outgoing_form outgoing() const noexcept {
        outgoing_form form{{of_.proof, of_.digest, of_.key},
                           of_.encoding,
                           of_.signature,
                           of_.timestamp,
                           of_.timestamp_form,
                           {},
                           needs_more(),
                           static_cast<bool>(of_.certificate.at)};
        std::size_t count = 0;
        for (const content_op& op : of_.signed_content) {
            const field at = field_of(op);
            if (at && !op.may_be_absent && at != of_.event_id.parts[0] && at != of_.event_type.parts[0]
                && count < max_supplied)
                form.supplied[count++] = at;
        }
        return form;
    }

    /// The field that a placeholder names, if it names one.
    [[nodiscard]] constexpr field field_of(const content_op& op) const noexcept {
        const std::string_view named = of_.signed_content.text_of(op);
        switch (op.what) {
        case content_op::kind::header: return header(named);
        case content_op::kind::json: return hookseal::json(named);
        case content_op::kind::query: return query(named);
        case content_op::kind::form: return form(named);
        case content_op::kind::option: return option(named);
        default: return {};
        }
    }

private: // clang 14 takes a template for a constant only where it stands before its use
    /// Calls `each` with every placeholder that is signed whenever the request has its value. One that shares its group
    /// with others is not: who leaves out the others' value takes it out of the signed content.
    template <class Each>
    constexpr void for_each_bound(Each each) const noexcept {
        const content_op* op = of_.signed_content.begin();
        while (op != of_.signed_content.end()) {
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
        if (of_.proof == hookseal::proof::token) return p;
        for_each_bound([&](const content_op& op) {
            if (op.what == kind::body)
                p.body = op.digested && op.hash == hookseal::digest::crc32 ? body_protection::checksum
                                                                           : body_protection::whole;
            else if ((op.what == kind::json || op.what == kind::form || op.what == kind::sorted_form
                      || op.what == kind::canonical_json)
                     && p.body == body_protection::none)
                p.body = body_protection::some_fields;
        });
        p.timestamp = of_.timestamp && is_time_signed();
        p.url = is_bound(kind::url);
        p.method = is_bound(kind::method);
        if (of_.body_digest.at && binds(of_.body_digest.at, p)) p.body = body_protection::whole;
        p.plain_hash = of_.proof == hookseal::proof::keyed_hash;
        p.event_id = static_cast<bool>(of_.event_id);
        for (const field& part : of_.event_id.parts)
            if (part && !binds(part, p)) p.event_id = false;
        return p;
    }

    /// What is wrong with the description, if anything.
    [[nodiscard]] constexpr description_problem problem() const noexcept {
        using kind = content_op::kind;
        if (of_.name.empty()) return description_problem::no_name;
        if (!of_.signature) return description_problem::no_signature;
        const bool is_token = of_.proof == hookseal::proof::token;
        if (is_token && !of_.signed_content.empty()) return description_problem::token_with_signed_content;
        if (!is_token && of_.signed_content.empty()) return description_problem::nothing_is_signed;
        const bool signs_time = of_.signed_content.has(kind::timestamp);
        if (of_.timestamp && !signs_time && !is_time_signed())
            return description_problem::timestamp_is_not_signed;
        if (!of_.timestamp && signs_time) return description_problem::no_timestamp;
        if (of_.signed_content.has(kind::event_id) && (!of_.event_id || of_.event_id.parts[1]))
            return description_problem::no_single_event_id;
        const bool is_keyed_hash = of_.proof == hookseal::proof::keyed_hash;
        if (!is_keyed_hash && of_.signed_content.has(kind::key))
            return description_problem::key_does_not_belong_in_content;
        if (is_keyed_hash && !of_.signed_content.has(kind::key))
            return description_problem::key_is_missing_from_content;
        if (of_.body_digest.at && protects().body != body_protection::whole)
            return description_problem::body_digest_is_not_signed;
        if (!has_lower_case_headers()) return description_problem::header_name_is_not_lower_case;
        return description_problem::none;
    }

    /// Whether signature and time stand in one header.
    [[nodiscard]] constexpr bool shares_header() const noexcept {
        return of_.timestamp.where == field::place::header && of_.timestamp.name == of_.signature.name
               && of_.timestamp.other_name == of_.signature.other_name;
    }

    /// A time that stands in a signed body is signed with it.
    [[nodiscard]] constexpr bool is_time_signed() const noexcept {
        bool whole_body = false;
        for_each_bound([&](const content_op& op) {
            whole_body = whole_body || (op.what == content_op::kind::body && !op.digested);
        });
        return is_bound(content_op::kind::timestamp) || (is_in_body(of_.timestamp) && whole_body);
    }

    [[nodiscard]] static constexpr bool is_in_body(const field& f) noexcept {
        return f.where == field::place::json || f.where == field::place::form;
    }

private:
    /// Whether a sender must add something that is neither a header of any value nor a signature, an id, a type or a time.
    [[nodiscard]] constexpr bool needs_more() const noexcept {
        using kind = content_op::kind;
        bool more = of_.required || of_.body_digest.at || of_.certificate.at;
        for (const content_op* op = of_.signed_content.begin(); op != of_.signed_content.end(); ++op) {
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
        for (const content_op& op : of_.signed_content)
            if (op.what == content_op::kind::header && !is_lower(of_.signed_content.text_of(op)))
                return false;
        for (const selector* s : {&of_.event_id, &of_.event_type, &of_.required})
            for (const field& part : s->parts)
                if (!is_fine(part)) return false;
        for (const field* f : {&of_.signature, &of_.timestamp, &of_.body_digest.at, &of_.key_id, &of_.refused,
                               &of_.certificate.at, &of_.certificate.beside})
            if (!is_fine(*f)) return false;
        return true;
    }

    /// What is signed in lower case, cut or decoded is not bound as it is read: another spelling of it has the same
    /// signature.
    [[nodiscard]] constexpr bool is_bound(content_op::kind what, std::string_view named = {}) const noexcept {
        bool found = false;
        for_each_bound([&](const content_op& op) {
            const bool same = op.what == what && (named.empty() || of_.signed_content.text_of(op) == named);
            found = found || (same && !op.lower && !op.base && !op.decoded);
        });
        return found;
    }

    /// A part's id is bound where the whole body is, or where its fields are signed as those of the list's first element.
    [[nodiscard]] constexpr bool binds_part_id(const protection& p) const noexcept {
        const auto binds_it = [&](std::string_view path) {
            bool bound = p.body == body_protection::whole;
            for_each_bound([&](const content_op& op) {
                const std::string_view named = of_.signed_content.text_of(op);
                const std::size_t list = of_.batch.at.name.size();
                bound = bound
                        || (op.what == content_op::kind::json && named.size() == list + 3 + path.size()
                            && named.starts_with(of_.batch.at.name) && named.substr(list).starts_with(".0.")
                            && named.ends_with(path) && !op.lower && !op.decoded);
            });
            return bound;
        };
        for (const field& part : of_.batch.id.parts)
            if (part && !binds_it(part.name)) return false;
        return static_cast<bool>(of_.batch.id);
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
        if (of_.signed_on_request.at_most != 0) return false;
        for (const field* f : {&of_.signature, &of_.timestamp, &of_.body_digest.at, &of_.key_id, &of_.refused,
                               &of_.certificate.at, &of_.certificate.beside})
            if (is_in_body(*f)) return false;
        for (const field& part : of_.required.parts)
            if (is_in_body(part)) return false;
        bool after_body = false;
        for (const content_op& op : of_.signed_content) {
            if (op.what == kind::json || op.what == kind::form || op.what == kind::sorted_form
                || op.what == kind::canonical_json)
                return false;
            if (op.what == kind::event_id)
                for (const field& part : of_.event_id.parts)
                    if (is_in_body(part)) return false;
            if (op.what != kind::body) continue;
            if (after_body) return false;
            after_body = true;
        }
        return true;
    }

    const signed_scheme& of_;
};

} // namespace detail

constexpr scheme_info signed_scheme::info() const noexcept {
    return detail::signed_scheme_facts(*this).info();
}
constexpr protection signed_scheme::protects() const noexcept {
    return detail::signed_scheme_facts(*this).protects();
}
constexpr description_problem signed_scheme::problem() const noexcept {
    return detail::signed_scheme_facts(*this).problem();
}
constexpr outgoing_form signed_scheme::outgoing(int) const noexcept {
    return detail::signed_scheme_facts(*this).outgoing();
}

} // namespace hookseal::inline v0_1

#endif
