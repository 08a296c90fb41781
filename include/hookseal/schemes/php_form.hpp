// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_PHP_FORM_HPP
#define HOOKSEAL_SCHEMES_PHP_FORM_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/find_field.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/decimal.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/schemes/outgoing_form.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// The fields of a form in the order of their names, each as it stands in the form.
class sorted_fields {
public:
    struct entry {
        std::string_view name;
        std::string_view value;
    };

    /// False for a name that comes twice or that PHP would read as something else than this very text (see `is_plain`),
    /// for a broken escape, and for more fields than there is room for.
    [[nodiscard]] constexpr bool read(std::string_view form, std::string_view left_out) noexcept {
        while (!form.empty()) {
            const std::string_view pair = form.substr(0, form.find('&'));
            form.remove_prefix(pair.size() < form.size() ? pair.size() + 1 : pair.size());
            if (pair.empty()) continue;
            const std::string_view name = pair.substr(0, pair.find('='));
            if (!is_plain(name)) return false;
            if (name == left_out) continue;
            if (!put({name, name.size() < pair.size() ? pair.substr(name.size() + 1) : std::string_view{}}))
                return false;
        }
        return true;
    }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr const entry* begin() const noexcept { return entries_; }
    [[nodiscard]] constexpr const entry* end() const noexcept { return entries_ + size_; }

private:
    /// A letter or `_`, then these and digits. PHP makes arrays of `a[b]`, numbers of `12`, and `_` of dots and spaces.
    [[nodiscard]] static constexpr bool is_plain(std::string_view name) noexcept {
        if (name.empty() || is_digit(name.front())) return false;
        for (const char c : name) {
            const char lower = to_lower(c);
            if (!is_digit(c) && c != '_' && (lower < 'a' || lower > 'z')) return false;
        }
        return true;
    }

    [[nodiscard]] constexpr bool put(const entry& field) noexcept {
        if (size_ == max_fields) return false;
        std::size_t at = size_;
        for (; at > 0 && field.name < entries_[at - 1].name; --at)
            entries_[at] = entries_[at - 1];
        if (at > 0 && entries_[at - 1].name == field.name) return false;
        entries_[at] = field;
        ++size_;
        return true;
    }

    static constexpr std::size_t max_fields = 256;
    std::size_t size_ = 0;
    entry entries_[max_fields]{};
};

} // namespace detail

namespace readers {

/// The form in the body, but for the field that `left_out` names, as PHP's `serialize` writes an array of strings:
/// `a:2:{s:1:"b";s:3:"x y";s:1:"c";s:0:"";}`, sorted by name. The lengths are of bytes.
inline bool php_serialized_form(const request& from, std::string_view left_out, sink out) noexcept {
    detail::sorted_fields fields;
    if (!fields.read(from.body(), left_out)) return false;
    const auto number = [&](std::size_t n) {
        char digits[20];
        return out(chars(digits, write_decimal(n, digits)));
    };
    if (!out("a:") || !number(fields.size()) || !out(":{")) return false;
    for (const auto& [name, value] : fields) {
        std::size_t size = 0;
        const bool counted = decode_form(value, [&](std::string_view bytes) noexcept {
            size += bytes.size();
            return true;
        });
        if (!counted || !out("s:") || !number(name.size()) || !out(":\"") || !out(name) || !out("\";s:")
            || !number(size) || !out(":\"") || !decode_form(value, out) || !out("\";"))
            return false;
    }
    return out("}");
}

} // namespace readers

/// A form that is signed as a whole, its own signature excepted, as an array of PHP's.
///
/// The fields are what is signed, not their order or how they are encoded. Names that PHP would not take as they stand,
/// arrays among them, are refused.
struct php_form {
    std::string_view name{}; ///< lower case; part of the store's keys, so it must not change

    hookseal::proof proof = hookseal::proof::rsa;
    hookseal::digest digest = hookseal::digest::sha1;
    hookseal::encoding encoding = hookseal::encoding::base64;
    key_form key{};

    field signature{}; ///< of the form

    selector event_id{};
    selector event_type{};
    duration retry_window{};

    [[nodiscard]] constexpr scheme_info info() const noexcept {
        scheme_info all;
        all.name = name;
        all.problem = name.empty()                            ? description_problem::no_name
                      : signature.where != field::place::form ? description_problem::no_signature
                                                              : description_problem::none;
        all.keys[0] = {proof, digest, key};
        all.event_id = event_id;
        all.event_type = event_type;
        all.protects.body = body_protection::some_fields;
        all.protects.event_id = static_cast<bool>(event_id);
        for (const field& part : event_id.parts)
            if (part && part.where != field::place::form) all.protects.event_id = false;
        all.retry_window = retry_window;
        all.streams = false;
        return all;
    }

    [[nodiscard]] error read(const reading& in, statement& out) const noexcept {
        out.how = proof;
        out.hash = digest;
        out.form = encoding;
        text presented = text::of({});
        auto names = name_set::unsettled;
        if (const error e = find(signature, in.from, in.with, names, presented); e != error::none)
            return e == error::missing_field     ? error::missing_signature
                   : e == error::malformed_field ? error::malformed_signature
                                                 : e;
        static_cast<void>(out.presented.push({presented}));

        const text fields = text::of(signature.name, &readers::php_serialized_form);
        const sink nowhere{nullptr, [](void*, std::string_view) noexcept { return true; }};
        if (!fields.write(in.from, nowhere)) return error::malformed_field;
        static_cast<void>(out.content.push(piece::of(fields)));
        return error::none;
    }

    [[nodiscard]] constexpr outgoing_form outgoing(int) const noexcept {
        outgoing_form form;
        form.key = {proof, digest, key};
        form.encoding = encoding;
        form.signature = signature;
        return form;
    }
};

} // namespace hookseal::inline v0_1

#endif
