// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_CHALLENGE_SCHEME_HPP
#define HOOKSEAL_SCHEMES_CHALLENGE_SCHEME_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/schemes/value_form.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

/// A field that must be exactly this.
struct expected_field {
    field at{};
    std::string_view is{};
};

/// A field that must be what the receiver is configured with under this option. Compared in constant time.
struct agreed_field {
    field at{};
    std::string_view option{};
};

/// A header of an answer, its value a template like the body.
struct challenge_header {
    std::string_view name{};
    std::string_view value{};
};

/// A few of them.
struct challenge_headers {
    challenge_header all[3]{};

    // g++ 12 reads no element of a constant that was left to the default.
    constexpr challenge_headers() noexcept : challenge_headers(challenge_header{}) {}
    constexpr challenge_headers(challenge_header first, challenge_header second = {},
                                challenge_header third = {}) noexcept
        : all{first, second, third} {}
};

inline constexpr challenge_headers no_challenge_headers{};

/// A handshake that a receiver must answer before deliveries come, as data: how it is recognised and what is answered.
///
///     .method = "GET", .value = query("challenge"), .text = "{value}"
///
/// A request is the challenge if its method is this one, `when` holds and `unless` is absent; without `when`, if it has
/// `value`; without either, by its method alone, which must be `HEAD`. In the templates `{value}` is what was sent, `{mac}` its HMAC under the receiver's key, `{option:x}` an
/// option, and every other character itself.
///
/// What a stranger may have echoed or signed is bounded by `form`, whose characters need no escaping anywhere; and where
/// it is signed and the challenge is not, it must not be able to be what a delivery signs.
struct challenge_scheme {
    std::string_view method = "POST";
    expected_field when{};
    field unless = no_field;
    field value = no_field;
    value_form form{};
    agreed_field agreed{};  ///< else refused with 403
    bool is_signed = false; ///< like a delivery, which must hold before anything is answered

    int status = 200;
    std::string_view text{}; ///< the body, as text/plain
    std::string_view json{}; ///< the body, as application/json
    challenge_headers headers = no_challenge_headers;
    encoding mac = encoding::hex;

    [[nodiscard]] constexpr bool uses(std::string_view placeholder) const noexcept {
        bool found = text.find(placeholder) != std::string_view::npos
                     || json.find(placeholder) != std::string_view::npos;
        for (const challenge_header& each : headers.all)
            found = found || each.value.find(placeholder) != std::string_view::npos;
        return found;
    }

    /// Whether it needs a verifier: its key or its judgement.
    [[nodiscard]] constexpr bool needs_key() const noexcept { return is_signed || uses("{mac}"); }

    /// Whether the description makes sense. One that does not is not compiled in.
    [[nodiscard]] constexpr bool is_sound() const noexcept {
        if (!when.at && !value && method != "HEAD") return false;
        if ((uses("{value}") || uses("{mac}")) && !value) return false;
        if (uses("{mac}") && !is_signed && !form.is_narrow()) return false;
        if (!text.empty() && !json.empty()) return false;
        if (json.find("{option:") != std::string_view::npos) return false; // nobody would escape it
        if (form.at_most > max_value_size || form.at_least == 0) return false;
        for (const challenge_header& each : headers.all)
            if (!is_template(each.value)) return false;
        return is_template(text) && is_template(json);
    }

private:
    /// A brace before a letter opens a placeholder; JSON has quotes there.
    [[nodiscard]] static constexpr bool is_template(std::string_view pattern) noexcept {
        for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
            const std::string_view rest = pattern.substr(i);
            if (rest[0] != '{' || to_lower(rest[1]) < 'a' || to_lower(rest[1]) > 'z') continue;
            const bool is_option = rest.starts_with("{option:") && rest.find('}') != std::string_view::npos;
            if (!is_option && !rest.starts_with("{value}") && !rest.starts_with("{mac}")) return false;
        }
        return true;
    }
};

/// The challenges of a provider: its `challenge`, which may be several; none for a type without.
template <class Provider>
[[nodiscard]] constexpr std::span<const challenge_scheme> challenges_of() noexcept {
    if constexpr (requires { std::span<const challenge_scheme>(Provider::challenge); })
        return Provider::challenge;
    else if constexpr (requires { Provider::challenge.is_signed; })
        return {&Provider::challenge, 1};
    else
        return {};
}

} // namespace hookseal::inline v0_1

#endif
