// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SORTED_FORM_HPP
#define HOOKSEAL_SCHEMES_SORTED_FORM_HPP

#include <hookseal/core/request.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/schemes/heap_sort.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// How a scheme writes a form's fields, sorted by name and then by value, both decoded.
struct sorted_form_style {
    std::string_view behind_name{};
    std::string_view between{};
    std::string_view in_front{};
    std::string_view left_out{}; ///< the field of this name
    std::string_view masked{};   ///< characters that are written `_` in values; no name may hold one
    bool unique = false;         ///< a name and value that come twice are written once
};

/// Most fields of a form that is signed sorted.
inline constexpr std::size_t max_sorted_fields = 256;

namespace detail {

/// The bytes that a form's name or value decodes to, one by one. The escapes are whole: `is_sortable_form` saw to it.
class form_bytes {
public:
    explicit constexpr form_bytes(std::string_view raw) noexcept : rest_(raw) {}

    /// The next byte; -1 behind the last.
    [[nodiscard]] constexpr int next() noexcept {
        if (rest_.empty()) return -1;
        const bool escaped = rest_.front() == '%' && rest_.size() >= 3;
        const char c = rest_.front();
        const int byte = escaped    ? hex_digit(rest_[1]) * 16 + hex_digit(rest_[2])
                         : c == '+' ? ' '
                                    : static_cast<unsigned char>(c);
        rest_.remove_prefix(escaped ? 3 : 1);
        return byte;
    }

private:
    std::string_view rest_;
};

[[nodiscard]] constexpr int compare_decoded(std::string_view a, std::string_view b) noexcept {
    form_bytes left(a);
    form_bytes right(b);
    while (true) {
        const int l = left.next();
        const int r = right.next();
        if (l != r) return l < r ? -1 : 1;
        if (l < 0) return 0;
    }
}

/// A field as it stands in the form. Trivial: an array of these is not zeroed.
struct raw_form_field {
    const char* data;
    std::size_t name_size;
    std::size_t size;

    [[nodiscard]] constexpr std::string_view name() const noexcept { return {data, name_size}; }
    [[nodiscard]] constexpr std::string_view value() const noexcept {
        return name_size == size ? std::string_view{}
                                 : std::string_view{data + name_size + 1, size - name_size - 1};
    }
    [[nodiscard]] constexpr int compare(const raw_form_field& other) const noexcept {
        const int by_name = compare_decoded(name(), other.name());
        return by_name != 0 ? by_name : compare_decoded(value(), other.value());
    }
};

/// Calls `each` with every field; false where it answers false.
template <class Each>
[[nodiscard]] constexpr bool each_form_field(std::string_view form, Each each) noexcept {
    while (!form.empty()) {
        const std::string_view pair = form.substr(0, form.find('&'));
        form.remove_prefix(pair.size() < form.size() ? pair.size() + 1 : pair.size());
        if (pair.empty()) continue;
        if (!each(raw_form_field{pair.data(), pair.substr(0, pair.find('=')).size(), pair.size()}))
            return false;
    }
    return true;
}

/// Writes a name; false where it holds one of these characters.
[[nodiscard]] inline bool write_unmasked(std::string_view raw, std::string_view masked, sink out) noexcept {
    return decode_form(raw, [&](std::string_view bytes) noexcept {
        return bytes.find_first_of(masked) == std::string_view::npos && out(bytes);
    });
}

/// Writes a value, with `_` for each of these characters.
[[nodiscard]] inline bool write_masked(std::string_view raw, std::string_view masked, sink out) noexcept {
    return decode_form(raw, [&](std::string_view bytes) noexcept {
        for (std::size_t at = bytes.find_first_of(masked); at != std::string_view::npos;
             at = bytes.find_first_of(masked)) {
            if ((at > 0 && !out(bytes.substr(0, at))) || !out("_")) return false;
            bytes.remove_prefix(at + 1);
        }
        return bytes.empty() || out(bytes);
    });
}

} // namespace detail

/// Whether `readers::sorted_form` can read a form: its escapes are whole, and it has at most `max_sorted_fields`.
[[nodiscard]] constexpr bool is_sortable_form(std::string_view form) noexcept {
    std::size_t count = 0;
    const auto ignored = [](std::string_view) noexcept { return true; };
    return detail::each_form_field(
               form, [&](const detail::raw_form_field&) noexcept { return ++count <= max_sorted_fields; })
           && decode_form(form, ignored);
}

namespace readers {

/// A form's or query's fields, decoded and sorted. It sorts in its own stack frame, and allocates nothing. False for
/// a form that is not sortable, and for a name that holds a masked character.
template <const sorted_form_style& Style>
bool sorted_form(const request&, std::string_view raw, sink out) noexcept {
    detail::raw_form_field fields[max_sorted_fields];
    std::size_t count = 0;
    if (!is_sortable_form(raw)) return false;
    static_cast<void>(detail::each_form_field(raw, [&](const detail::raw_form_field& f) noexcept {
        if (Style.left_out.empty() || !is_form_text(f.name(), Style.left_out)) fields[count++] = f;
        return true;
    }));
    detail::heap_sort(fields, count, [](const auto& a, const auto& b) noexcept { return a.compare(b); });
    for (std::size_t i = 0; i < count; ++i) {
        if (Style.unique && i > 0 && fields[i].compare(fields[i - 1]) == 0) continue;
        const std::string_view before = i == 0 ? Style.in_front : Style.between;
        if (!before.empty() && !out(before)) return false;
        if (!detail::write_unmasked(fields[i].name(), Style.masked, out)) return false;
        if (!Style.behind_name.empty() && !out(Style.behind_name)) return false;
        if (!detail::write_masked(fields[i].value(), Style.masked, out)) return false;
    }
    return true;
}

} // namespace readers

/// Name, value, name, value, … without anything between: what most providers that sign forms sign.
inline constexpr sorted_form_style names_and_values{.unique = true};

} // namespace hookseal::inline v0_1

#endif
