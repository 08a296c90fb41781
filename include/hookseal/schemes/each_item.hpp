// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_EACH_ITEM_HPP
#define HOOKSEAL_SCHEMES_EACH_ITEM_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/encoding/json_field.hpp>
#include <hookseal/encoding/json_items.hpp>
#include <hookseal/schemes/outgoing_form.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Most items of a delivery of which each is signed by itself.
inline constexpr int max_signed_items = 64;

/// A scheme of deliveries that hold several items, each with a signature of its own: all must hold, or the delivery is
/// refused.
///
/// `first` reads the list's first item out of the whole body, and says everything else about the scheme; `other` reads an
/// item from the second on as if it were the body. What an item signs are fields of it.
template <scheme First, scheme Other>
struct each_item {
    First first;
    Other other;
    std::string_view list;   ///< path of the array in the body
    std::string_view within; ///< path of an item in its element

    [[nodiscard]] constexpr int candidates() const noexcept { return detail::candidates_of(first); }

    [[nodiscard]] constexpr scheme_info info() const noexcept {
        scheme_info all = first.info();
        all.streams = false;
        return all;
    }

    [[nodiscard]] error read(const reading& in, statement& to) const noexcept {
        std::string_view item;
        if (in.item == 0) {
            if (const error e = first.read(in, to); e != error::none) return e;
            const error e = look_behind(in, to, item);
            if (to.has_more_items) to.event_id = &no_id;
            return e;
        }
        if (in.item >= max_signed_items) return error::too_large;
        if (const error e = look_behind(in, to, item); e != error::none) return e;
        const json_value own = find_json_field(item, within);
        if (own.kind != json_kind::object) return error::malformed_field;
        const request alone = in.from.with_body(own.raw);
        return other.read({alone, in.with, in.candidate, in.scratch}, to);
    }

    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept {
        return first.outgoing(candidate);
    }

private:
    /// The first item's id would make one event of all deliveries that begin with it.
    static constexpr selector no_id{};

    /// Finds the element, and says whether there is another one behind it.
    [[nodiscard]] error look_behind(const reading& in, statement& to,
                                    std::string_view& element) const noexcept {
        const json_value array = find_json_field(in.from.body(), list);
        if (array.kind != json_kind::array) return error::malformed_field;
        json_items items(array.raw);
        for (int i = 0; i <= in.item; ++i)
            if (!items.next(element)) return error::missing_field;
        std::string_view behind;
        to.has_more_items = items.next(behind);
        return error::none;
    }
};

template <class First, class Other>
each_item(First, Other, std::string_view, std::string_view) -> each_item<First, Other>;

} // namespace hookseal::inline v0_1

#endif
