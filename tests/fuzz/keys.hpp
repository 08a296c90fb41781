// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_FUZZ_KEYS_HPP
#define HOOKSEAL_TESTS_FUZZ_KEYS_HPP

#include <hookseal/crypto/random.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/crypto/signing_key.hpp>
#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/schemes/scheme_ref.hpp>

#include "fuzz/fuzz.hpp"
#include "support/test_keys.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace hookseal_fuzz {

/// What a sender signs with. Shared secrets are random, so that none can come to stand in an input.
inline const hookseal::secret& sending_key(const hookseal::key_format& format) {
    static const hookseal::secret rsa(hookseal_tests::rsa_keys[0]);
    static const hookseal::secret p256(hookseal_tests::p256_keys[0]);
    static const hookseal::secret random = [] {
        std::array<unsigned char, 32> bytes{};
        require(hookseal::random_bytes(bytes), "there are random numbers");
        for (unsigned char& byte : bytes)
            byte = static_cast<unsigned char>('a' + byte % 16); // a token has to be text
        return hookseal::secret::from_bytes(bytes);
    }();
    switch (format.how) {
    case hookseal::proof::rsa:
    case hookseal::proof::rsa_pss: return rsa;
    case hookseal::proof::ecdsa_der:
    case hookseal::proof::ecdsa_p1363: return p256;
    default: return random;
    }
}

inline constexpr std::array all_weaknesses = {hookseal::weakness::body_not_signed,
                                              hookseal::weakness::body_bound_by_crc,
                                              hookseal::weakness::plain_hash};

/// Whatever options a scheme needs have their own names as values.
inline std::vector<hookseal::option_value> options_of(const hookseal::scheme_info& info) {
    std::vector<hookseal::option_value> all;
    for (const std::string_view name : info.options)
        if (!name.empty()) all.push_back({name, name});
    return all;
}

/// The verifier of a provider under this one key, at any time.
inline hookseal::result<hookseal::dynamic_verifier<>> make_verifier(const hookseal::scheme_ref& scheme) {
    const auto make = [&](hookseal::key_list keys) {
        const auto options = options_of(scheme.info());
        return hookseal::dynamic_verifier<>::make(
            scheme, keys, all_weaknesses, {.tolerance = hookseal::freshness::unchecked, .options = options});
    };
    const hookseal::key_format& format = scheme.info().keys[0];
    if (hookseal::detail::is_shared_secret(format.how)) return make(sending_key(format));
    hookseal::signing_key key;
    require(key.prepare(format, sending_key(format)) == hookseal::error::none, "the key can sign");
    return make(hookseal::public_key::from_bytes(key.public_half().der()));
}

} // namespace hookseal_fuzz

#endif
