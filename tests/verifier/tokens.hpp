// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_VERIFIER_TOKENS_HPP
#define HOOKSEAL_TESTS_VERIFIER_TOKENS_HPP

#include <hookseal/crypto/ecdsa.hpp>

#include "crypto/openssl_keys.hpp"
#include "crypto/reference.hpp"
#include "verifier/toys.hpp"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// JSON Web Tokens, written by hand and signed by OpenSSL.

namespace hookseal_tests {

[[nodiscard]] inline std::string segment(std::string_view json) { return base64url_of(bytes_of(json)); }

[[nodiscard]] inline std::string hs256(std::string_view secret, std::string_view header,
                                       std::string_view payload) {
    const std::string content = segment(header) + '.' + segment(payload);
    return content + '.' + base64url_of(hmac(EVP_sha256(), secret, content));
}

[[nodiscard]] inline std::string claims(std::int64_t issued, std::string_view body,
                                        std::string_view more = "") {
    return R"({"iat":)" + std::to_string(issued) + R"(,"body":")" + hex_of(digest_of(EVP_sha256(), body))
           + '"' + std::string(more) + '}';
}

[[nodiscard]] inline std::string hs256_token(std::string_view secret, std::string_view issuer,
                                             std::int64_t issued, std::string_view body) {
    return hs256(secret, R"({"alg":"HS256"})",
                 claims(issued, body, R"(,"iss":")" + std::string(issuer) + '"'));
}

/// A key on P-256 that signs tokens, and shows itself as a JWK.
class es256_key {
public:
    [[nodiscard]] std::string sign(std::string_view content) const {
        byte_vector pair(64);
        if (!hookseal::p1363_of_ecdsa_der(hookseal_tests::sign(key_, content), hookseal::ec_curve::p256,
                                          pair))
            throw std::runtime_error("not a signature");
        return base64url_of(pair);
    }
    [[nodiscard]] std::string token(std::string_view kid, std::int64_t issued, std::string_view body) const {
        const std::string id = kid.empty() ? "" : R"(,"kid":")" + std::string(kid) + '"';
        const std::string content =
            segment(R"({"alg":"ES256")" + id + "}") + '.' + segment(claims(issued, body));
        return content + '.' + sign(content);
    }
    [[nodiscard]] std::string jwk(const std::string& kid, const std::string& more = "") const {
        const byte_vector der = public_der(key_);
        const auto coordinate = [&](std::ptrdiff_t from) {
            return base64url_of(byte_vector(der.end() - from, der.end() - from + 32));
        };
        return R"({"kty":"EC","crv":"P-256","kid":")" + kid + R"(","x":")" + coordinate(64) + R"(","y":")"
               + coordinate(32) + '"' + more + '}';
    }

private:
    openssl_key key_ = new_ec_key("P-256");
};

[[nodiscard]] inline std::string jwk_set_of(const std::vector<std::string>& keys) {
    std::string all = R"({"keys":[)";
    for (const std::string& key : keys)
        all.append(all.ends_with('[') ? "" : ",").append(key);
    return all + "]}";
}

} // namespace hookseal_tests

#endif
