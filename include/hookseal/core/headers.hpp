// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_HEADERS_HPP
#define HOOKSEAL_CORE_HEADERS_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/encoding/ascii.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace hookseal::inline v0_1 {

/// Receives the values of one header, in order; returns false to stop.
struct header_sink {
    void* to;
    bool (*put)(void* to, std::string_view value) noexcept;

    bool operator()(std::string_view value) const noexcept { return put(to, value); }
};

/// The customisation point: how the values of a header are found in a `Source` of headers.
///
/// Specialise it for a framework's own type with
///
///     static void visit(const Source& from, std::string_view name, header_sink sink) noexcept;
///
/// which calls `sink` with every value of the header `name` (given in lower case; field names are compared without
/// regard to case, in ASCII alone, RFC 9110 section 5.1), in the order received and byte for byte as it stands: a
/// framework that leaves white space around values is the place to trim it. Views must live as long as `from`.
///
/// Ready made: ranges of pairs (`std::map`, `std::multimap`, `std::vector<std::pair<…>>`, …), ranges of structs with
/// `name` and `value`, and callables that take a lower-case name and return a view of the only value they know
/// (`std::string_view`, `const char*`, an optional of either; empty or null where there is none).
template <class Source>
struct header_access;

namespace detail {

template <class Text>
[[nodiscard]] constexpr std::string_view view_of(const Text& text) noexcept {
    if constexpr (std::is_pointer_v<Text>) {
        if (text == nullptr) return {};
        if constexpr (std::is_convertible_v<Text, std::string_view>)
            return text;
        else
            return view_of(*text);
    } else if constexpr (std::is_convertible_v<const Text&, std::string_view>)
        return text;
    else
        return {text.data(), static_cast<std::size_t>(text.size())};
}

template <class Entry>
concept pair_like = requires(const Entry& e) {
    e.first;
    e.second;
};
template <class Entry>
concept name_value_like = requires(const Entry& e) {
    e.name;
    e.value;
};

template <class Source>
concept header_range = requires(const Source& s) {
    s.begin();
    s.end();
}
&& (pair_like<std::remove_cvref_t<decltype(*std::declval<const Source&>().begin())>>
      || name_value_like<std::remove_cvref_t<decltype(*std::declval<const Source&>().begin())>>);

/// Text that lives elsewhere: copies of it view the same bytes.
template <class Text>
concept text_view = std::is_pointer_v<Text> || std::same_as<Text, std::string_view>;

template <class Found>
concept borrowed_text =
    std::is_lvalue_reference_v<Found> || text_view<std::remove_cv_t<Found>> || requires(const Found& f) {
    requires text_view<std::remove_cvref_t<decltype(*f)>>;
};

} // namespace detail

template <detail::header_range Range>
struct header_access<Range> {
    static void visit(const Range& from, std::string_view name, header_sink sink) noexcept {
        for (const auto& entry : from) {
            if constexpr (detail::pair_like<std::remove_cvref_t<decltype(entry)>>) {
                if (equal_ignoring_case(detail::view_of(entry.first), name)
                    && !sink(detail::view_of(entry.second)))
                    return;
            } else {
                if (equal_ignoring_case(detail::view_of(entry.name), name)
                    && !sink(detail::view_of(entry.value)))
                    return;
            }
        }
    }
};

template <class Function>
requires std::invocable<const Function&, std::string_view>
struct header_access<Function> {
    using found_type = std::invoke_result_t<const Function&, std::string_view>;
    static_assert(detail::borrowed_text<found_type>,
                  "a header lookup must return a view (or a pointer or reference) of text that outlives the "
                  "request: a returned std::string would be gone before it is read");

    static void visit(const Function& find, std::string_view name, header_sink sink) noexcept {
        std::string_view value;
        if constexpr (requires(found_type f) {
                          static_cast<bool>(f);
                          *f;
                      }
                      && !std::is_pointer_v<found_type>) {
            if (const auto found = find(name)) value = detail::view_of(*found);
        } else {
            value = detail::view_of(find(name));
        }
        if (!value.empty()) sink(value);
    }
};

/// Whether headers can be found in a `Source`: see `header_access`.
template <class Source>
concept header_source = requires(const Source& from, std::string_view name, header_sink sink) {
    header_access<Source>::visit(from, name, sink);
};

/// A view of somebody's headers, whatever holds them. It must not outlive them.
class headers {
public:
    constexpr headers() noexcept = default;

    template <header_source Source>
    requires(!std::same_as<Source, headers>) constexpr headers(const Source& from) noexcept
        : from_(&from), visit_([](const void* source, std::string_view name, header_sink sink) noexcept {
              header_access<Source>::visit(*static_cast<const Source*>(source), name, sink);
          }) {}

    /// Calls `each(std::string_view)` with every value of the header `name` (lower case) in order; `each` returns
    /// whether to go on.
    template <class Each>
    void for_each(std::string_view name, Each&& each) const noexcept {
        if (visit_ == nullptr) return;
        visit_(from_, name, header_sink{&each, [](void* to, std::string_view value) noexcept {
                                            return (*static_cast<std::remove_reference_t<Each>*>(to))(value);
                                        }});
    }

    /// The only value of the header `name` (lower case).
    ///
    /// \returns `none`; `missing_field` where there is none or an empty one; `repeated_header` where there are several.
    [[nodiscard]] error find_one(std::string_view name, std::string_view& value) const noexcept {
        unsigned count = 0;
        value = {};
        for_each(name, [&](std::string_view found) {
            value = found;
            return ++count < 2;
        });
        if (count > 1) return error::repeated_header;
        return value.empty() ? error::missing_field : error::none;
    }

private:
    const void* from_ = nullptr;
    void (*visit_)(const void*, std::string_view, header_sink) noexcept = nullptr;
};

} // namespace hookseal::inline v0_1

#endif
