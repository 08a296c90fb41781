// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_HTTP_MESSAGE_SIGNATURE_HPP
#define HOOKSEAL_SCHEMES_HTTP_MESSAGE_SIGNATURE_HPP

#include <hookseal/core/duration.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/key_form.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace hookseal::inline v0_1 {

enum class error : unsigned char;
struct outgoing_form;
struct protection;
struct reading;
struct scheme_info;
struct statement;

/// The algorithms of RFC 9421, section 3.3.
enum class signature_algorithm : unsigned char {
    none, ///< no algorithm: the end of a list
    hmac_sha256,
    ed25519,
    ecdsa_p256_sha256,
    ecdsa_p384_sha384,
    rsa_v1_5_sha256,
    rsa_pss_sha512,
};

/// The names of a few components, as a description lists them.
class component_names {
public:
    // (g++ 12 takes no array of views that is not filled for a constant.)
    constexpr component_names(std::initializer_list<std::string_view> names) noexcept {
        for (const std::string_view name : names)
            add(name);
    }
    /// One more; there is room for twelve.
    constexpr void add(std::string_view name) noexcept {
        if (size_ < most) names_[size_++] = name;
    }
    [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return names_; }
    [[nodiscard]] constexpr const std::string_view* end() const noexcept { return names_ + size_; }
    [[nodiscard]] constexpr bool has(std::string_view name) const noexcept {
        for (const std::string_view each : *this)
            if (each == name) return true;
        return false;
    }

private:
    static constexpr std::size_t most = 12;

    std::size_t size_ = 0;
    std::string_view names_[most]{};
};

/// HTTP Message Signatures (RFC 9421) as webhooks use them, with the body bound by `Content-Digest` (RFC 9530).
///
/// A signature counts only if it covers what the profile requires and holds what the profile requires. Which of several
/// labels is looked at is settled by `tag`, or by `label` where there are several; the key's algorithm is the algorithm,
/// and a message that names another finds no key. `@authority` and all that belongs to the URL come from the URL that the
/// receiver is configured with (`req.at(…)`). Of the parameters of components `name` and `key` are supported.
struct http_message_signature {
    std::string_view name{};

    signature_algorithm algorithms[6]{signature_algorithm::ed25519};
    key_form key{};
    std::string_view label{};
    std::string_view tag{};
    component_names required{"@method", "@authority", "@path", "content-digest"};
    component_names required_if_present{};  ///< headers that must be covered where the request has them
    bool query_required_if_present = false; ///< `@query` likewise
    bool created_required = true;
    bool expires_required = false;
    bool nonce_required = false;
    bool key_id_required = true;
    bool algorithm_required = false; ///< `alg`
    duration longest_validity{};     ///< from `created` to `expires`; zero: any
    bool base64url = false;          ///< signatures are base64url without padding, and digests may be
    bool canonical_url = false;      ///< `@target-uri` is normalised (RFC 3986, section 6.2.2)

    selector event_id{};
    selector event_type{};

    duration tolerance = seconds(300);
    duration retry_window{};

    // Defined in `http_message_signature_facts.hpp` and `http_message_signature_reader.hpp`, as those of `signed_scheme` are.

    [[nodiscard]] constexpr scheme_info info() const noexcept;
    [[nodiscard]] constexpr protection protects() const noexcept;
    /// Signatures are not written here.
    [[nodiscard]] constexpr outgoing_form outgoing(int candidate) const noexcept;

    [[nodiscard]] inline error read(const reading& in, statement& out) const noexcept;

    /// One for each algorithm.
    [[nodiscard]] constexpr int candidates() const noexcept {
        int count = 0;
        for (const signature_algorithm a : algorithms)
            if (a != signature_algorithm::none) ++count;
        return count;
    }

private:
    [[nodiscard]] constexpr bool binds(const field& part, const protection& p) const noexcept;
};

} // namespace hookseal::inline v0_1

#endif
