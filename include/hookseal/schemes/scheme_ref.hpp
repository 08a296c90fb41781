// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SCHEME_REF_HPP
#define HOOKSEAL_SCHEMES_SCHEME_REF_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/schemes/acknowledgement.hpp>
#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/outgoing_form.hpp>
#include <hookseal/schemes/readers.hpp>

#include <cstddef>
#include <span>

namespace hookseal::inline v0_1 {

/// A scheme chosen at run time: a view of one that lives elsewhere, and itself a scheme.
class scheme_ref {
public:
    /// Any scheme and its `info()`; both must outlive the view.
    template <signable_scheme Scheme>
    constexpr scheme_ref(const Scheme& scheme, const scheme_info& info) noexcept
        : scheme_(&scheme),
          info_(&info),
          read_([](const void* s, const reading& from, statement& to) noexcept {
              return static_cast<const Scheme*>(s)->read(from, to);
          }),
          outgoing_([](const void* s, int candidate) noexcept {
              return static_cast<const Scheme*>(s)->outgoing(candidate);
          }) {}

    /// A provider's scheme, which lives as long as the program.
    template <provider Provider>
    [[nodiscard]] static constexpr scheme_ref of() noexcept {
        scheme_ref made(Provider::scheme, info_of<Provider>);
        made.challenges_ = challenges_of<Provider>();
        made.acknowledgement_ = acknowledgement_of<Provider>();
        return made;
    }

    /// As it may be any scheme, there is room for any.
    static constexpr std::size_t scratch = max_scratch;

    [[nodiscard]] constexpr const scheme_info& info() const noexcept { return *info_; }
    [[nodiscard]] error read(const reading& from, statement& to) const noexcept {
        return read_(scheme_, from, to);
    }
    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept {
        return outgoing_(scheme_, candidate);
    }
    /// What its provider asks of a receiver beside verification.
    [[nodiscard]] constexpr std::span<const challenge_scheme> challenges() const noexcept {
        return challenges_;
    }
    [[nodiscard]] constexpr hookseal::acknowledgement acknowledgement() const noexcept {
        return acknowledgement_;
    }

private:
    template <provider Provider>
    static constexpr scheme_info info_of = Provider::scheme.info();

    const void* scheme_;
    const scheme_info* info_;
    error (*read_)(const void*, const reading&, statement&) noexcept;
    outgoing_form (*outgoing_)(const void*, int) noexcept;
    std::span<const challenge_scheme> challenges_{};
    hookseal::acknowledgement acknowledgement_{};
};

} // namespace hookseal::inline v0_1

#endif
