// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_STRUCTURED_FIELD_HPP
#define HOOKSEAL_ENCODING_STRUCTURED_FIELD_HPP

#include <hookseal/encoding/ascii.hpp>

#include <cstddef>
#include <string_view>

// Structured field values (RFC 8941, RFC 9651) as far as signatures and digests need them: dictionaries of items and
// inner lists, with parameters. Everything is a view of the header; nothing is unescaped, decoded or joined.

namespace hookseal::inline v0_1 {

enum class sf_kind : unsigned char { none, boolean, integer, decimal, string, token, bytes, inner_list };

/// One item or inner list as it stands in the header.
struct sf_value {
    sf_kind kind = sf_kind::none;
    std::string_view
        text{}; ///< a string without its quotes, bytes without their colons, all else as it stands
    std::string_view parameters{}; ///< `;a=1;b`, behind it
    std::string_view whole{};      ///< value and parameters together

    /// A string whose value is its text: one without escapes.
    [[nodiscard]] constexpr bool is_plain_string() const noexcept {
        return kind == sf_kind::string && text.find('\\') == std::string_view::npos;
    }
};

enum class sf_step : unsigned char { element, end, malformed };

namespace detail {

class sf_cursor {
public:
    constexpr explicit sf_cursor(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] constexpr bool done() const noexcept { return rest_.empty(); }
    [[nodiscard]] constexpr bool skip(char c) noexcept {
        if (done() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    constexpr void skip_all(std::string_view any) noexcept {
        while (!done() && any.find(rest_.front()) != std::string_view::npos)
            rest_.remove_prefix(1);
    }

    /// RFC 8941, section 4.2.3.3.
    [[nodiscard]] constexpr bool key(std::string_view& name) noexcept {
        const std::string_view start = rest_;
        if (done() || !(is_lower(rest_.front()) || rest_.front() == '*')) return false;
        while (!done()
               && (is_lower(rest_.front()) || is_digit(rest_.front())
                   || std::string_view("_-.*").find(rest_.front()) != std::string_view::npos))
            rest_.remove_prefix(1);
        name = since(start);
        return true;
    }

    /// Section 4.2.3.1, without its parameters.
    [[nodiscard]] constexpr bool bare_item(sf_value& value) noexcept {
        if (done()) return false;
        const char first = rest_.front();
        const std::string_view start = rest_;
        if (first == '"') return string(value);
        if (first == ':') return bytes(value);
        if (first == '?') {
            rest_.remove_prefix(1);
            value.kind = sf_kind::boolean;
            if (!skip('0') && !skip('1')) return false;
        } else if (first == '-' || is_digit(first)) {
            if (!number(value)) return false;
        } else if (first == '*' || is_letter(first)) {
            value.kind = sf_kind::token;
            while (!done() && is_token_character(rest_.front()))
                rest_.remove_prefix(1);
        } else {
            return false;
        }
        value.text = since(start);
        return true;
    }

    /// Section 4.2.3.2. Each parameter is checked, none is looked at.
    [[nodiscard]] constexpr bool parameters(std::string_view& all) noexcept {
        const std::string_view start = rest_;
        std::string_view name;
        sf_value value;
        while (skip(';'))
            if (!parameter(name, value)) return false;
        all = since(start);
        return true;
    }

    /// One parameter behind its `;`.
    [[nodiscard]] constexpr bool parameter(std::string_view& name, sf_value& value) noexcept {
        skip_all(" ");
        if (!key(name)) return false;
        value = {sf_kind::boolean, "?1", {}, {}};
        return !skip('=') || bare_item(value);
    }

    /// Section 4.2.3.
    [[nodiscard]] constexpr bool item(sf_value& value) noexcept {
        const std::string_view start = rest_;
        if (!bare_item(value) || !parameters(value.parameters)) return false;
        value.whole = since(start);
        return true;
    }

    /// Section 4.2.1.1: an item or an inner list.
    [[nodiscard]] constexpr bool item_or_inner_list(sf_value& value) noexcept {
        if (done() || rest_.front() != '(') return item(value);
        const std::string_view start = rest_;
        rest_.remove_prefix(1);
        while (true) {
            skip_all(" ");
            if (skip(')')) break;
            sf_value inner;
            if (!item(inner)) return false;
            if (done() || (rest_.front() != ' ' && rest_.front() != ')')) return false;
        }
        value.kind = sf_kind::inner_list;
        value.text = since(start);
        if (!parameters(value.parameters)) return false;
        value.whole = since(start);
        return true;
    }

private:
    [[nodiscard]] static constexpr bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
    [[nodiscard]] static constexpr bool is_letter(char c) noexcept { return is_lower(to_lower(c)); }
    [[nodiscard]] static constexpr bool is_token_character(char c) noexcept {
        return is_letter(c) || is_digit(c)
               || std::string_view("!#$%&'*+-.^_`|~:/").find(c) != std::string_view::npos;
    }
    [[nodiscard]] constexpr std::string_view since(std::string_view start) const noexcept {
        return start.substr(0, start.size() - rest_.size());
    }

    [[nodiscard]] constexpr bool string(sf_value& value) noexcept {
        rest_.remove_prefix(1);
        const std::string_view start = rest_;
        for (; !done(); rest_.remove_prefix(1)) {
            const char c = rest_.front();
            if (c == '"') {
                value.kind = sf_kind::string;
                value.text = since(start);
                rest_.remove_prefix(1);
                return true;
            }
            if (c < ' ' || c > '~') return false;
            if (c != '\\') continue;
            rest_.remove_prefix(1);
            if (done() || (rest_.front() != '"' && rest_.front() != '\\')) return false;
        }
        return false;
    }

    /// What stands between colons must be of an alphabet of base64; whether it is of the right one, and canonical, is
    /// seen when it is decoded.
    [[nodiscard]] constexpr bool bytes(sf_value& value) noexcept {
        rest_.remove_prefix(1);
        const std::string_view start = rest_;
        while (!done()
               && (is_letter(rest_.front()) || is_digit(rest_.front())
                   || std::string_view("+/-_=").find(rest_.front()) != std::string_view::npos))
            rest_.remove_prefix(1);
        value.kind = sf_kind::bytes;
        value.text = since(start);
        return skip(':');
    }

    /// Section 4.2.4: at most 15 digits, or 12 and 3.
    [[nodiscard]] constexpr bool number(sf_value& value) noexcept {
        static_cast<void>(skip('-'));
        const std::size_t whole = digits();
        value.kind = sf_kind::integer;
        if (whole == 0 || whole > 15) return false;
        if (!skip('.')) return true;
        value.kind = sf_kind::decimal;
        const std::size_t fraction = digits();
        return whole <= 12 && fraction >= 1 && fraction <= 3;
    }
    [[nodiscard]] constexpr std::size_t digits() noexcept {
        std::size_t count = 0;
        for (; !done() && is_digit(rest_.front()); ++count)
            rest_.remove_prefix(1);
        return count;
    }

    std::string_view rest_;
};

} // namespace detail

/// The members of a dictionary (RFC 8941, section 3.2), one line of a header at a time:
/// `sig1=("@method");created=1, sig2=…`. A name may come twice; whoever reads decides what that means.
class sf_dictionary {
public:
    constexpr explicit sf_dictionary(std::string_view line) noexcept : in_(line) { in_.skip_all(" "); }

    /// The next member; a dictionary is malformed as a whole, so read it to its end before believing any part.
    [[nodiscard]] constexpr sf_step next(std::string_view& name, sf_value& value) noexcept {
        if (in_.done()) return after_comma_ ? sf_step::malformed : sf_step::end;
        value = {sf_kind::boolean, "?1", {}, {}};
        if (!in_.key(name)) return sf_step::malformed;
        if (in_.skip('=') ? !in_.item_or_inner_list(value) : !in_.parameters(value.parameters))
            return sf_step::malformed;
        in_.skip_all(" \t");
        after_comma_ = in_.skip(',');
        if (!after_comma_) return in_.done() ? sf_step::element : sf_step::malformed;
        in_.skip_all(" \t");
        return sf_step::element;
    }

private:
    detail::sf_cursor in_;
    bool after_comma_ = false;
};

/// The items of an inner list, `("@method" "content-digest";req)`, as a dictionary's `text` has it.
class sf_inner_list {
public:
    constexpr explicit sf_inner_list(std::string_view text) noexcept : in_(text) {
        if (!in_.skip('(')) malformed_ = true;
    }

    [[nodiscard]] constexpr sf_step next(sf_value& item) noexcept {
        in_.skip_all(" ");
        if (malformed_) return sf_step::malformed;
        if (in_.skip(')')) return in_.done() ? sf_step::end : sf_step::malformed;
        item = {};
        return in_.item(item) ? sf_step::element : sf_step::malformed;
    }

private:
    detail::sf_cursor in_;
    bool malformed_ = false;
};

/// Parameters, `;created=1;keyid="k"`, as a value's `parameters` has them. A name may come twice.
class sf_parameters {
public:
    constexpr explicit sf_parameters(std::string_view text) noexcept : in_(text) {}

    [[nodiscard]] constexpr sf_step next(std::string_view& name, sf_value& value) noexcept {
        if (in_.done()) return sf_step::end;
        return in_.skip(';') && in_.parameter(name, value) ? sf_step::element : sf_step::malformed;
    }

private:
    detail::sf_cursor in_;
};

} // namespace hookseal::inline v0_1

#endif
