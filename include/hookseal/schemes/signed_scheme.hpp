// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_SIGNED_SCHEME_HPP
#define HOOKSEAL_SCHEMES_SIGNED_SCHEME_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/batch.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/key_form.hpp>
#include <hookseal/schemes/certificate_url.hpp>
#include <hookseal/schemes/content_template.hpp>
#include <hookseal/schemes/timestamp_form.hpp>
#include <hookseal/schemes/value_form.hpp>

#include <string_view>

namespace hookseal::inline v0_1 {

enum class description_problem : unsigned char;
enum class error : unsigned char;
struct outgoing_form;
struct protection;
struct reading;
struct scheme_info;
struct statement;

/// A digest of the body that stands in the signed part of a request: signing the digest signs the body.
struct body_claim {
    field at{};
    hookseal::digest digest = hookseal::digest::sha256;
    hookseal::encoding encoding = hookseal::encoding::hex;

    constexpr body_claim() noexcept = default;
    constexpr body_claim(field where) noexcept : at(where) {}
};

namespace detail {

inline constexpr key_form usual_key{};
inline constexpr content_template no_content{};
inline constexpr body_claim no_body_claim{};
inline constexpr value_form nothing_on_request{.at_most = 0};
inline constexpr certificate_url no_certificate{};

} // namespace detail

/// The shape of nearly every scheme, as data: a signature, perhaps a timestamp, and the content that was signed.
///
/// What is conventional is the default (HMAC-SHA-256, lower-case hex, Unix seconds within 300 s), so that a reader of
/// a description sees only what its provider does otherwise. The same description, filled at run time, is read by the
/// same code.
struct signed_scheme {
    std::string_view name{}; ///< lower case; part of the store's keys, so it must not change

    hookseal::proof proof = hookseal::proof::hmac;
    hookseal::digest digest = hookseal::digest::sha256;
    hookseal::encoding encoding = hookseal::encoding::hex; ///< of the signature
    key_form key = detail::usual_key;

    field signature = no_field;
    field timestamp = no_field;
    hookseal::timestamp_form timestamp_form = hookseal::timestamp_form::unix_seconds;
    content_template signed_content = detail::no_content;
    body_claim body_digest = detail::no_body_claim; ///< must be signed, and be the body's
    field key_id = no_field;         ///< names the key; of keys given with an id only that one may then match
    selector required = no_selector; ///< must be there, and be exactly their prefixes: names of a version
    field refused = no_field;        ///< must not be there: a second item of a batch of which one is signed
    /// A text that a challenge has signed for whoever asks, which therefore proves nothing: refused as a whole content.
    value_form signed_on_request = detail::nothing_on_request;
    certificate_url certificate = detail::no_certificate; ///< which a key source fetches, where it is named

    selector event_id = no_selector;
    selector event_type = no_selector;
    hookseal::batch batch = no_batch; ///< where a delivery has several events

    duration tolerance = seconds(300); ///< past and future alike
    duration retry_window{};           ///< how long the provider goes on redelivering; zero: not known

    [[nodiscard]] static constexpr int candidates() noexcept { return 1; }

    // Defined in `signed_scheme_facts.hpp` and `signed_scheme_reader.hpp`, of which `verifier.hpp` includes both: so a provider
    // is quick to compile.

    [[nodiscard]] constexpr scheme_info info() const noexcept;
    /// What the signature binds: derived from the signed content.
    [[nodiscard]] constexpr protection protects() const noexcept;
    /// What is wrong with the description, if anything.
    [[nodiscard]] constexpr description_problem problem() const noexcept;
    /// Where a sender writes what `read` reads.
    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept;

    [[nodiscard]] inline error read(const reading& in, statement& out) const noexcept;
};

} // namespace hookseal::inline v0_1

#endif
