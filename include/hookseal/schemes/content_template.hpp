// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_CONTENT_TEMPLATE_HPP
#define HOOKSEAL_SCHEMES_CONTENT_TEMPLATE_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/encoding/chars.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hookseal::inline v0_1 {

/// One step of a content template: a literal or a placeholder, as offsets into the template's text.
struct content_op {
    enum class kind : unsigned char {
        literal,
        timestamp,
        event_id,
        body,
        key,
        url,
        method,
        path,
        query_string,
        sorted_query,
        sorted_form,
        canonical_json,
        header,
        json,
        query,
        form,
        option,
    };

    // Without initialisers: a compiler takes one step for an array of zeros, and many for one of defaults.
    kind what;
    encoding form; ///< of a digest of the body
    digest hash;
    bool digested; ///< a digest of the body, not the body
    bool lower;
    bool raw;        ///< as it stands in the request, neither unescaped nor decoded
    bool free;       ///< may hold the literal behind it, as the only one
    bool base;       ///< a URL up to its query
    bool decoded;    ///< a URL with the escapes of reserved characters decoded
    bool other_port; ///< a URL without its port, or with its scheme's own one
    bool may_be_absent;
    unsigned char group_size; ///< where an optional group begins: how many steps it has, this one included
    std::uint16_t at;
    std::uint16_t size;
};

/// What is wrong with a content template.
enum class template_problem : unsigned char {
    none,
    unknown_placeholder,
    unknown_filter,
    unclosed_brace,
    stray_brace,
    missing_name,
    needless_name,
    filter_does_not_fit,
    unclosed_group,
    nested_group,
    stray_bracket,
    group_without_placeholder,
    too_many_parts,
    too_long,
};

namespace detail {

// Not constexpr: in a constant expression a call of one of these stops the compiler, and both compilers print its name.
inline void signed_content_has_an_unknown_placeholder() {}
inline void signed_content_has_an_unknown_filter() {}
inline void signed_content_has_an_unclosed_brace() {}
inline void signed_content_has_a_stray_brace() {}
inline void signed_content_has_a_placeholder_without_its_name() {}
inline void signed_content_has_a_placeholder_with_a_needless_name() {}
inline void signed_content_has_a_filter_that_does_not_fit_its_placeholder() {}
inline void signed_content_has_an_unclosed_bracket() {}
inline void signed_content_has_a_bracket_inside_brackets() {}
inline void signed_content_has_a_stray_bracket() {}
inline void signed_content_has_brackets_without_a_placeholder() {}
inline void signed_content_has_too_many_parts() {}
inline void signed_content_is_too_long() {}

constexpr void report(template_problem problem) {
    switch (problem) {
    case template_problem::none: break;
    case template_problem::unknown_placeholder: signed_content_has_an_unknown_placeholder(); break;
    case template_problem::unknown_filter: signed_content_has_an_unknown_filter(); break;
    case template_problem::unclosed_brace: signed_content_has_an_unclosed_brace(); break;
    case template_problem::stray_brace: signed_content_has_a_stray_brace(); break;
    case template_problem::missing_name: signed_content_has_a_placeholder_without_its_name(); break;
    case template_problem::needless_name: signed_content_has_a_placeholder_with_a_needless_name(); break;
    case template_problem::filter_does_not_fit:
        signed_content_has_a_filter_that_does_not_fit_its_placeholder();
        break;
    case template_problem::unclosed_group: signed_content_has_an_unclosed_bracket(); break;
    case template_problem::nested_group: signed_content_has_a_bracket_inside_brackets(); break;
    case template_problem::stray_bracket: signed_content_has_a_stray_bracket(); break;
    case template_problem::group_without_placeholder:
        signed_content_has_brackets_without_a_placeholder();
        break;
    case template_problem::too_many_parts: signed_content_has_too_many_parts(); break;
    case template_problem::too_long: signed_content_is_too_long(); break;
    }
}

} // namespace detail

/// What a provider signs, written as its documentation writes it: `"v0:{timestamp}:{body}"`.
///
/// Placeholders: `{timestamp}` (as it stands in the request), `{event_id}`, `{body}`, `{key}`, `{url}`, `{method}`,
/// `{path}`, `{query_string}`, `{header:name}`, `{json:a.b}`, `{query:name}`, `{form:name}`, `{option:name}`;
/// `{sorted_form}`: all names and values of the body's form, sorted; `{sorted_query}`: the query sorted and encoded anew;
/// `{canonical_json}`: the body as RFC 8785 writes it. Values from JSON, forms and queries are unescaped or
/// decoded. Behind a name or `event_id`, `?` allows it to be absent, and then to stand for nothing. Filters: `|lower`,
/// `|raw` (not unescaped); `|free`, the one JSON value that may hold what stands behind it; for the URL `|base` (up to its query), `|decoded` (the escapes of reserved characters)
/// and `|other_port` (left out, or the usual one added); for the body `|sha1`, `|sha256`, `|sha384`, `|sha512`, `|md5` (in lower-case hex, or `|base64`, or `|raw` bytes) and
/// `|crc32` (decimal).
///
/// `[…]` is left out when a placeholder in it has no value: `"[id:{query:data.id};]ts:{timestamp};"`. A brace or
/// bracket as such is written twice: `{{`, `]]`.
///
/// A literal is parsed when it is compiled, and a mistake does not compile: the name of the function that the compiler
/// complains about is the message. Text from a configuration goes through `parse`.
class content_template {
public:
    static constexpr std::size_t max_ops = 32;
    static constexpr std::size_t max_size = 1024;

    constexpr content_template() noexcept = default;

    // NOLINTNEXTLINE(google-explicit-constructor): a literal is what a description shows.
    consteval content_template(const char* literal) : text_(literal) { detail::report(parse_text()); }

    /// Parses a template at run time; `from` must outlive the template.
    [[nodiscard]] static constexpr template_problem parse(std::string_view from,
                                                          content_template& to) noexcept {
        to = {};
        to.text_ = from;
        const template_problem problem = to.parse_text();
        if (problem != template_problem::none) to = {};
        return problem;
    }

    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr const content_op* begin() const noexcept { return ops_; }
    [[nodiscard]] constexpr const content_op* end() const noexcept { return ops_ + size_; }

    /// The text of a literal, or the name in a placeholder.
    [[nodiscard]] constexpr std::string_view text_of(const content_op& op) const noexcept {
        return chars(text_.data() + op.at, op.size);
    }

    [[nodiscard]] constexpr bool has(content_op::kind what) const noexcept {
        for (const content_op& op : *this)
            if (op.what == what) return true;
        return false;
    }
    [[nodiscard]] constexpr bool has(content_op::kind what, std::string_view name) const noexcept {
        for (const content_op& op : *this)
            if (op.what == what && text_of(op) == name) return true;
        return false;
    }

private:
    constexpr template_problem parse_text() noexcept {
        if (text_.size() > max_size) return template_problem::too_long;
        // Pointers, here and below, as compilers work out a constant slowly where each character is a call.
        const char* const text = text_.data();
        const std::size_t end = text_.size();
        // Not max_ops: a group may begin behind the last step that there is room for.
        constexpr std::size_t no_group = max_ops + 1;
        std::size_t group = no_group;
        std::size_t at = 0;
        while (at < end) {
            const char c = text[at];
            const bool special = c == '{' || c == '}' || c == '[' || c == ']';
            const bool doubled = special && at + 1 < end && text[at + 1] == c;
            auto problem = template_problem::none;
            if (doubled) {
                // A doubled brace or bracket is its first half alone, as a literal of its own.
                problem = push_literal(at, 1);
                at += 2;
            } else if (c == '{') {
                problem = parse_placeholder(at);
            } else if (c == '[') {
                if (group != no_group) return template_problem::nested_group;
                group = size_;
                ++at;
            } else if (c == ']') {
                if (group == no_group) return template_problem::stray_bracket;
                problem = close_group(group);
                group = no_group;
                ++at;
            } else if (c == '}') {
                return template_problem::stray_brace;
            } else {
                const std::size_t begin = at;
                for (; at < end; ++at) {
                    const char next = text[at];
                    if (next == '{' || next == '}' || next == '[' || next == ']') break;
                }
                problem = push_literal(begin, at - begin);
            }
            if (problem != template_problem::none) return problem;
        }
        return group == no_group ? template_problem::none : template_problem::unclosed_group;
    }

    constexpr template_problem push(const content_op& op) noexcept {
        if (size_ == max_ops) return template_problem::too_many_parts;
        ops_[size_++] = op;
        return template_problem::none;
    }

    constexpr template_problem push_literal(std::size_t at, std::size_t size) noexcept {
        content_op op{};
        op.at = static_cast<std::uint16_t>(at);
        op.size = static_cast<std::uint16_t>(size);
        return push(op);
    }

    constexpr template_problem close_group(std::size_t group) noexcept {
        for (std::size_t i = group; i < size_; ++i) {
            if (ops_[i].what == content_op::kind::literal) continue;
            ops_[group].group_size = static_cast<unsigned char>(size_ - group);
            return template_problem::none;
        }
        return template_problem::group_without_placeholder;
    }

    constexpr template_problem parse_placeholder(std::size_t& at) noexcept {
        const char* const text = text_.data();
        const std::size_t open = at + 1;
        constexpr std::size_t none = max_size;
        std::size_t colon = none;
        std::size_t bar = none;
        const std::size_t size = text_.size();
        for (at = open;; ++at) {
            const char c = at == size ? '{' : text[at];
            if (c == '{') return template_problem::unclosed_brace;
            if (c == '}') break;
            if (c == '|' && bar == none) bar = at;
            if (c == ':' && bar == none && colon == none) colon = at;
        }
        const std::size_t close = at++;

        content_op op{};
        std::size_t end = bar == none ? close : bar;
        if (end != open && text[end - 1] == '?') {
            op.may_be_absent = true;
            --end;
        }
        const bool has_name = colon < end;
        const placeholder* const known = find_placeholder({text + open, (has_name ? colon : end) - open});
        if (known == nullptr) return template_problem::unknown_placeholder;
        op.what = known->what;
        if (known->named && (!has_name || colon + 1 == end)) return template_problem::missing_name;
        if (!known->named && has_name) return template_problem::needless_name;
        if (op.may_be_absent && !known->named && op.what != content_op::kind::event_id)
            return template_problem::filter_does_not_fit;
        if (known->named) {
            op.at = static_cast<std::uint16_t>(colon + 1);
            op.size = static_cast<std::uint16_t>(end - colon - 1);
        }
        if (bar != none) {
            std::string_view filters(text + bar, close - bar);
            while (!filters.empty()) {
                filters.remove_prefix(1);
                const std::size_t next = filters.find('|');
                const auto problem = apply(filters.substr(0, next), op);
                if (problem != template_problem::none) return problem;
                filters = next == std::string_view::npos ? std::string_view{} : filters.substr(next);
            }
        }
        return push(op);
    }

    struct placeholder {
        std::string_view word;
        content_op::kind what;
        bool named;
    };

    static constexpr placeholder placeholders[] = {
        {"timestamp", content_op::kind::timestamp, false},
        {"body", content_op::kind::body, false},
        {"header", content_op::kind::header, true},
        {"json", content_op::kind::json, true},
        {"query", content_op::kind::query, true},
        {"form", content_op::kind::form, true},
        {"option", content_op::kind::option, true},
        {"event_id", content_op::kind::event_id, false},
        {"key", content_op::kind::key, false},
        {"url", content_op::kind::url, false},
        {"method", content_op::kind::method, false},
        {"path", content_op::kind::path, false},
        {"query_string", content_op::kind::query_string, false},
        {"sorted_query", content_op::kind::sorted_query, false},
        {"sorted_form", content_op::kind::sorted_form, false},
        {"canonical_json", content_op::kind::canonical_json, false},
    };

    static constexpr const placeholder* find_placeholder(std::string_view word) noexcept {
        for (const placeholder& each : placeholders)
            if (each.word == word) return &each;
        return nullptr;
    }

    static constexpr template_problem apply(std::string_view filter, content_op& op) noexcept {
        using kind = content_op::kind;
        constexpr struct {
            std::string_view word;
            digest hash;
        } digests[] = {{"sha1", digest::sha1},     {"sha256", digest::sha256}, {"sha384", digest::sha384},
                       {"sha512", digest::sha512}, {"md5", digest::md5},       {"crc32", digest::crc32}};
        for (const auto& d : digests) {
            if (d.word != filter) continue;
            if (op.what != kind::body || op.digested) return template_problem::filter_does_not_fit;
            op.digested = true;
            op.hash = d.hash;
            op.form = d.hash == digest::crc32 ? encoding::decimal : encoding::hex;
            return template_problem::none;
        }
        if (filter == "base64") {
            if (!op.digested || op.hash == digest::crc32) return template_problem::filter_does_not_fit;
            op.form = encoding::base64;
            return template_problem::none;
        }
        const bool plain = op.what == kind::body || op.what == kind::key || op.what == kind::timestamp
                           || op.what == kind::sorted_query || op.what == kind::sorted_form
                           || op.what == kind::canonical_json;
        if (filter == "lower") {
            op.lower = true;
            return plain ? template_problem::filter_does_not_fit : template_problem::none;
        }
        if (filter == "free") {
            op.free = true;
            return op.what == content_op::kind::json ? template_problem::none
                                                     : template_problem::filter_does_not_fit;
        }
        if (filter == "base" || filter == "decoded" || filter == "other_port") {
            (filter == "base" ? op.base : filter == "decoded" ? op.decoded : op.other_port) = true;
            return op.what == kind::url ? template_problem::none : template_problem::filter_does_not_fit;
        }
        if (filter == "raw" && op.digested) {
            op.form = encoding::text;
            return op.hash == digest::crc32 ? template_problem::filter_does_not_fit : template_problem::none;
        }
        if (filter == "raw") {
            op.raw = true;
            const bool decoded = op.what == kind::json || op.what == kind::query || op.what == kind::form;
            return decoded ? template_problem::none : template_problem::filter_does_not_fit;
        }
        return template_problem::unknown_filter;
    }

    std::string_view text_{};
    std::size_t size_ = 0;
    content_op ops_[max_ops]{};
};

} // namespace hookseal::inline v0_1

#endif
