// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SIGNATURE_BASE_HPP
#define HOOKSEAL_SCHEMES_SIGNATURE_BASE_HPP

#include <hookseal/core/field.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/encoding/structured_field.hpp>
#include <hookseal/schemes/url_parts.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// Writes the components of RFC 9421, section 2, of one message. False for what is not in it, or is there in a form that
/// two readers might read differently.
class component_writer {
public:
    /// `canonical_url`: `@target-uri` is normalised.
    component_writer(const request& from, bool canonical_url, sink out) noexcept
        : from_(from), url_(from.url()), canonical_url_(canonical_url), out_(out) {}

    [[nodiscard]] bool write(const sf_value& component) const noexcept {
        if (!component.is_plain_string() || component.text.empty()) return false;
        return component.text.front() == '@' ? derived(component) : field_value(component);
    }

private:
    /// Section 2.2.
    [[nodiscard]] bool derived(const sf_value& component) const noexcept {
        const std::string_view name = component.text;
        if (name == "@query-param") return query_param(component.parameters);
        if (!component.parameters.empty()) return false;
        if (name == "@method") return is_token(from_.method()) && out_(from_.method());
        if (name == "@status") return status();
        // What stands in several Host headers is not one authority, wherever the URL is from.
        if (!url_.valid() || hosts() > 1) return false;
        if (name == "@target-uri") return canonical_url_ ? url_.write_canonical(out_) : out_(url_.whole());
        if (name == "@authority") return url_.write_authority(out_);
        if (name == "@scheme") return url_.write_scheme(out_);
        if (name == "@path") return out_(url_.path());
        if (name == "@query") return out_("?") && out_(url_.query());
        if (name == "@request-target")
            return out_(url_.path()) && (!url_.has_query() || (out_("?") && out_(url_.query())));
        return false;
    }

    /// Section 2.1, and 2.1.2 for one member of a dictionary.
    [[nodiscard]] bool field_value(const sf_value& component) const noexcept {
        for (const char c : component.text)
            if (c != to_lower(c)) return false;
        if (!component.parameters.empty()) return member(component);
        bool good = true;
        std::size_t lines = 0;
        from_.headers().for_each(component.text, [&](std::string_view line) {
            line = trimmed(line);
            good = is_visible(line) && (lines == 0 || out_(", ")) && (line.empty() || out_(line));
            ++lines;
            return good;
        });
        return good && lines != 0;
    }

    [[nodiscard]] bool member(const sf_value& component) const noexcept {
        std::string_view wanted;
        if (!only_parameter(component.parameters, "key", wanted)) return false;
        bool good = true;
        sf_value found;
        from_.headers().for_each(component.text, [&](std::string_view line) {
            sf_dictionary members(line);
            std::string_view name;
            sf_value value;
            sf_step step = sf_step::element;
            while (good && (step = members.next(name, value)) == sf_step::element) {
                if (name != wanted) continue;
                good = found.kind == sf_kind::none;
                found = value;
            }
            return good = good && step == sf_step::end;
        });
        return good && !found.whole.empty() && out_(found.whole);
    }

    /// Section 2.2.8: decoded, and written again in one way.
    [[nodiscard]] bool query_param(std::string_view parameters) const noexcept {
        std::string_view name;
        if (!only_parameter(parameters, "name", name)) return false;
        const form_value found = find_form_field(url_.query(), name);
        const auto encode = [](void* to, std::string_view bytes) noexcept {
            return write_form_component(bytes, *static_cast<const sink*>(to));
        };
        sink out = out_;
        return url_.valid() && found.match == form_match::one
               && decode_form(found.raw,
                              [&](std::string_view bytes) noexcept { return encode(&out, bytes); });
    }

    /// A response's status is the header `:status`, as in HTTP/2.
    [[nodiscard]] bool status() const noexcept {
        std::string_view code;
        return from_.headers().find_one(":status", code) == error::none && code.size() == 3
               && is_digit(code[0]) && is_digit(code[1]) && is_digit(code[2]) && out_(code);
    }

    [[nodiscard]] std::size_t hosts() const noexcept {
        std::size_t count = 0;
        from_.headers().for_each("host", [&](std::string_view) { return ++count < 2; });
        return count;
    }

    /// The value of the one parameter that there is.
    [[nodiscard]] static bool only_parameter(std::string_view all, std::string_view wanted,
                                             std::string_view& text) noexcept {
        sf_parameters parameters(all);
        std::string_view name;
        sf_value value;
        if (parameters.next(name, value) != sf_step::element || name != wanted || !value.is_plain_string())
            return false;
        text = value.text;
        return parameters.next(name, value) == sf_step::end;
    }

    [[nodiscard]] static bool is_token(std::string_view method) noexcept {
        for (const char c : method)
            if (!(to_lower(c) >= 'a' && to_lower(c) <= 'z') && c != '-') return false;
        return !method.empty();
    }
    [[nodiscard]] static bool is_visible(std::string_view line) noexcept {
        for (const char c : line)
            if ((c < ' ' || c > '~') && c != '\t') return false;
        return true;
    }
    [[nodiscard]] static std::string_view trimmed(std::string_view line) noexcept {
        while (!line.empty() && is_space(line.front()))
            line.remove_prefix(1);
        while (!line.empty() && is_space(line.back()))
            line.remove_suffix(1);
        return line;
    }

    const request& from_;
    url_parts url_;
    bool canonical_url_;
    sink out_;
};

} // namespace detail

namespace readers {

/// The signature base of RFC 9421, section 2.5: `input` is the label's value in `Signature-Input`.
template <bool CanonicalUrl>
bool signature_base(const request& from, std::string_view input, sink out) noexcept {
    detail::sf_cursor in(input);
    sf_value signature_params;
    if (!in.item_or_inner_list(signature_params) || !in.done()
        || signature_params.kind != sf_kind::inner_list)
        return false;
    const detail::component_writer components(from, CanonicalUrl, out);
    sf_inner_list covered(signature_params.text);
    sf_value component;
    sf_step step = sf_step::end;
    while ((step = covered.next(component)) == sf_step::element)
        if (!out(component.whole) || !out(": ") || !components.write(component) || !out("\n")) return false;
    return step == sf_step::end && out("\"@signature-params\": ") && out(input);
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
