// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TOOLS_KEYS_HPP
#define HOOKSEAL_TOOLS_KEYS_HPP

#include <hookseal/core/scheme.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/keyring.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hookseal_cli {

/// Where a key is to be had: `env:NAME` or `file:PATH`. Never an argument, which everybody on the machine can read.
struct key_source {
    enum class place { environment, file };

    place where;
    std::string name;

    [[nodiscard]] std::string in_words() const;
};

/// One source, or several between commas: `env:NEW,env:OLD`. Throws `failure`, which does not repeat the text: it may be
/// the very secret.
[[nodiscard]] std::vector<key_source> parse_key_sources(std::string_view text);

/// The secret at a source. Throws `failure` where it cannot be used as it is.
[[nodiscard]] hookseal::secret load_secret(const key_source& from);

/// The keys of one receiver, in order.
class key_set {
public:
    /// Whether a key is a secret or a public key follows from the scheme and, where it knows both, from the key's prefix.
    key_set(const hookseal::scheme_info& scheme, const std::vector<key_source>& from);

    /// Views the keys.
    [[nodiscard]] const std::vector<hookseal::key_material>& all() const noexcept { return views_; }

private:
    std::vector<std::variant<hookseal::secret, hookseal::public_key>> keys_;
    std::vector<hookseal::key_material> views_;
};

} // namespace hookseal_cli

#endif
