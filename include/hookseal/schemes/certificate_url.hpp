// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_CERTIFICATE_URL_HPP
#define HOOKSEAL_SCHEMES_CERTIFICATE_URL_HPP

#include <hookseal/core/field.hpp>

#include <string_view>

namespace hookseal::inline v0_1 {

/// Which certificates a provider signs with, and from where they may be fetched: exactly these URLs, byte for byte, so
/// that nobody's parser has a say in it. A request that names another never reaches a key source.
///
/// In a pattern `{region}` stands for a cloud's region, `{hex}` for bytes in lower-case hex, `{name}` for letters, digits,
/// `-` and `_`, `{path}` for names between slashes; all else for itself.
struct certificate_url {
    struct pattern {
        std::string_view url{};
        std::string_view
            beside{}; ///< of the field `beside`, where `{region}` is the same and `{rest}` is anything
        std::string_view name{}; ///< the DNS name that the certificate must be for
    };

    field at{};     ///< where the request says it
    field or_at{};  ///< another place that says it in some requests; never both
    field beside{}; ///< another field that must agree
    pattern allowed[4]{};
};

} // namespace hookseal::inline v0_1

#endif
