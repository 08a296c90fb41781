// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_SCHEME_HPP
#define HOOKSEAL_CORE_SCHEME_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/batch.hpp>
#include <hookseal/core/duration.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/key_form.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/statement.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A kind of key that can prove statements of a scheme.
struct key_format {
    hookseal::proof how = hookseal::proof::hmac;
    hookseal::digest hash = hookseal::digest::sha256;
    key_form form{};

    friend constexpr bool operator==(const key_format&, const key_format&) = default;
};

inline constexpr std::size_t max_key_formats = 6;

/// Of so many candidates the statements are kept while a body comes in pieces.
inline constexpr int max_streamed_candidates = 2;

/// What is wrong with a description. One that is compiled in must have nothing wrong; one from a configuration is
/// refused with `error::invalid_description`.
enum class description_problem : unsigned char {
    none,
    no_name,
    no_signature,
    nothing_is_signed,
    token_with_signed_content,
    timestamp_is_not_signed,
    no_timestamp,
    no_single_event_id,
    key_does_not_belong_in_content,
    key_is_missing_from_content,
    body_digest_is_not_signed,
    header_name_is_not_lower_case,
};

inline constexpr std::size_t max_needed_options = 4;

/// What a verifier needs to know of a scheme beside its statements.
struct scheme_info {
    std::string_view name{};
    description_problem problem = description_problem::none;
    key_format keys[max_key_formats]{};
    std::size_t key_formats = 1;
    selector event_id{};
    selector event_type{};
    protection protects{};
    hookseal::batch batch{};
    bool binds_part_id = false; ///< the signature binds the id of each event of a batch
    duration tolerance = seconds(300);
    duration retry_window{};
    int candidates = 1;      ///< how many statements one request may yield; any may hold
    bool streams = true;     ///< whether head alone gives the statement, so that the body may come in pieces
    std::size_t scratch = 0; ///< how much room the scheme needs to read; at most `max_scratch`
    std::string_view options[max_needed_options]{}; ///< without these it verifies nothing

    /// Says that an option is needed; the same one twice is once.
    constexpr void need(std::string_view option) noexcept {
        for (std::string_view& each : options) {
            if (each == option) return;
            if (each.empty()) return void(each = option);
        }
    }
    [[nodiscard]] constexpr bool needs(std::string_view option) const noexcept {
        for (const std::string_view each : options)
            if (each == option) return !option.empty();
        return false;
    }
};

namespace detail {

// As in content_template: the name of the function is the compiler's message.
inline void description_has_no_name() {}
inline void description_has_no_signature() {}
inline void description_has_no_signed_content() {}
inline void description_has_signed_content_but_a_token_signs_nothing() {}
inline void description_has_a_timestamp_that_signed_content_does_not_hold() {}
inline void signed_content_holds_a_timestamp_that_the_description_does_not_have() {}
inline void signed_content_holds_an_event_id_that_is_not_one_field_of_the_description() {}
inline void signed_content_holds_the_key_but_the_proof_is_not_a_keyed_hash() {}
inline void signed_content_of_a_keyed_hash_does_not_hold_the_key() {}
inline void description_has_a_digest_of_the_body_that_is_not_signed() {}
inline void description_has_a_header_name_that_is_not_lower_case() {}

/// Lets nothing unsound through at compile time. (As consteval, clang 14 takes it for a function pointer.)
[[nodiscard]] constexpr scheme_info sound(scheme_info info) {
    switch (info.problem) {
    case description_problem::none: break;
    case description_problem::no_name: description_has_no_name(); break;
    case description_problem::no_signature: description_has_no_signature(); break;
    case description_problem::nothing_is_signed: description_has_no_signed_content(); break;
    case description_problem::token_with_signed_content:
        description_has_signed_content_but_a_token_signs_nothing();
        break;
    case description_problem::timestamp_is_not_signed:
        description_has_a_timestamp_that_signed_content_does_not_hold();
        break;
    case description_problem::no_timestamp:
        signed_content_holds_a_timestamp_that_the_description_does_not_have();
        break;
    case description_problem::no_single_event_id:
        signed_content_holds_an_event_id_that_is_not_one_field_of_the_description();
        break;
    case description_problem::key_does_not_belong_in_content:
        signed_content_holds_the_key_but_the_proof_is_not_a_keyed_hash();
        break;
    case description_problem::key_is_missing_from_content:
        signed_content_of_a_keyed_hash_does_not_hold_the_key();
        break;
    case description_problem::body_digest_is_not_signed:
        description_has_a_digest_of_the_body_that_is_not_signed();
        break;
    case description_problem::header_name_is_not_lower_case:
        description_has_a_header_name_that_is_not_lower_case();
        break;
    }
    return info;
}

} // namespace detail

/// A scheme knows one provider's format and nothing else: it reads a request into statements. It holds no key, reads
/// no clock, compares nothing and allocates nothing; all its functions are `const` and may run in parallel.
///
/// - `info()`: the same each time;
/// - `read(reading, statement&)`: the statement of one candidate, or why there is none.
template <class Scheme>
concept scheme = requires(const Scheme& s, const reading& from, statement& to) {
    { s.info() }
    noexcept->std::convertible_to<const scheme_info&>;
    { s.read(from, to) }
    noexcept->std::same_as<error>;
};

namespace detail {

/// How many statements a request may yield, which is also in `info()`: all else there takes a compiler long to work out.
template <class Scheme>
[[nodiscard]] constexpr int candidates_of(const Scheme& scheme) noexcept {
    if constexpr (requires { scheme.candidates(); })
        return scheme.candidates();
    else
        return scheme.info().candidates;
}

/// How much room a scheme needs to read: none, unless it says so.
template <class Scheme>
[[nodiscard]] consteval std::size_t scratch_of() noexcept {
    if constexpr (requires { Scheme::scratch; })
        return Scheme::scratch;
    else
        return 0;
}

} // namespace detail

/// A provider is a type with a scheme: `static constexpr signed_scheme scheme{…};`
template <class Provider>
concept provider = requires {
    { Provider::scheme } -> scheme;
};

} // namespace hookseal::inline v0_1

#endif
