// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_EITHER_HPP
#define HOOKSEAL_SCHEMES_EITHER_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/schemes/outgoing_form.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Two schemes of one provider, either of which may hold: each yields its own candidate statements.
///
/// A candidate that no configured key fits is passed over. Name, tolerance, retry window and batch are the first one's;
/// each has its own id and type; protected is what both protect.
template <scheme First, scheme Second>
struct either {
    First first;
    Second second;
    static constexpr std::size_t scratch = detail::scratch_of<First>() > detail::scratch_of<Second>()
                                               ? detail::scratch_of<First>()
                                               : detail::scratch_of<Second>();

    int candidates_of_first = detail::candidates_of(first); ///< worked out once, and not with every delivery

    [[nodiscard]] constexpr int candidates() const noexcept {
        return candidates_of_first + detail::candidates_of(second);
    }

    [[nodiscard]] constexpr scheme_info info() const noexcept {
        scheme_info all = first.info();
        const scheme_info other = second.info();
        if (all.problem == description_problem::none) all.problem = other.problem;
        for (std::size_t i = 0; i < other.key_formats && all.key_formats < max_key_formats; ++i) {
            bool is_new = true;
            for (std::size_t k = 0; k < all.key_formats; ++k)
                is_new = is_new && all.keys[k] != other.keys[i];
            if (is_new) all.keys[all.key_formats++] = other.keys[i];
        }
        all.protects.body = other.protects.body < all.protects.body ? other.protects.body : all.protects.body;
        all.protects.timestamp = all.protects.timestamp && other.protects.timestamp;
        all.protects.event_id = all.protects.event_id && other.protects.event_id;
        all.protects.url = all.protects.url && other.protects.url;
        all.protects.method = all.protects.method && other.protects.method;
        all.protects.plain_hash = all.protects.plain_hash || other.protects.plain_hash;
        all.binds_part_id = all.binds_part_id && (!other.batch.at || other.binds_part_id);
        all.candidates += other.candidates;
        all.scratch = other.scratch > all.scratch ? other.scratch : all.scratch;
        const scheme_info own = all;
        for (std::string_view& each : all.options)
            each = {};
        for (const std::string_view each : own.options)
            if (other.needs(each)) all.need(each);
        all.streams = all.streams && other.streams && all.candidates <= max_streamed_candidates;
        return all;
    }

    [[nodiscard]] error read(const reading& from, statement& to) const noexcept {
        if (from.candidate < candidates_of_first) return first.read(from, to);
        return second.read(
            {from.from, from.with, from.candidate - candidates_of_first, from.scratch, from.item}, to);
    }

    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept {
        return candidate < candidates_of_first ? first.outgoing(candidate)
                                               : second.outgoing(candidate - candidates_of_first);
    }
};

template <class First, class Second>
either(First, Second) -> either<First, Second>;

} // namespace hookseal::inline v0_1

#endif
