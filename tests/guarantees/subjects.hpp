// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_GUARANTEES_SUBJECTS_HPP
#define HOOKSEAL_TESTS_GUARANTEES_SUBJECTS_HPP

#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "verifier/toys.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// One verifier of each kind with a genuine and a forged delivery, for programs that let something fail meanwhile.

namespace hookseal_tests {

using namespace hookseal;
using testing::manual_clock;

inline const std::string body = R"({"id":"evt_1","type":"a.b"})";
inline const std::string other_body = R"({"id":"evt_2","type":"a.b"})";

/// A scheme whose body is wanted as its digest.
struct digested {
    static constexpr signed_scheme scheme{
        .name = "digested",
        .signature = header("x-sig"),
        .signed_content = "{body|sha256}",
    };
};

template <proof How>
struct by_public_key {
    static constexpr signed_scheme scheme{
        .name = "by_public_key",
        .proof = How,
        .encoding = encoding::base64,
        .signature = header("x-sig"),
        .timestamp = header("x-time"),
        .signed_content = "{timestamp}.{body}",
    };
};

/// What is tried: builds nothing while it is armed, and answers the verdict on a genuine or a forged delivery.
struct subject {
    const char* what;
    std::function<error(bool genuine)> verify;
    bool by_public_key = false;
};

template <class Verifier>
subject whole(const char* what, std::shared_ptr<Verifier> v, header_list headers,
              bool by_public_key = false) {
    return {what,
            [v, headers = std::move(headers)](bool genuine) {
                return v->verify(request{headers, genuine ? body : other_body}).error();
            },
            by_public_key};
}

template <class Verifier>
subject in_pieces(const char* what, std::shared_ptr<Verifier> v, header_list headers,
                  bool by_public_key = false) {
    return {what,
            [v, headers = std::move(headers)](bool genuine) {
                const std::string_view fed = genuine ? body : other_body;
                auto running = v->begin(request{headers});
                running.update(fed.substr(0, 9));
                running.update(fed.substr(9));
                return std::move(running).finish(fed).error();
            },
            by_public_key};
}

template <class Provider>
subject signed_by_us(const char* what) {
    auto genuine = std::make_shared<testing::delivery<Provider>>(body);
    auto v = std::make_shared<const decltype(genuine->verifier())>(genuine->verifier());
    return {what,
            [v, genuine](bool good) {
                const request r = genuine->request();
                return v->verify(good ? r : r.with_body(other_body)).error();
            },
            true};
}

[[nodiscard]] inline std::vector<subject> all_subjects() {
    const std::string time = std::to_string(now);
    const secret key("key");
    const secret other("other");
    const auto clock = manual_clock{now};
    const header_list timed{{"x-sig", timed_header("key", body)}};
    const header_list open{{"x-time", time}, {"x-sig", ed25519_signature(time + body)}};
    const std::string digest = hex_of(digest_of(EVP_sha256(), body));

    using low = verifier<toys::timed, manual_clock>;
    using evp = verifier<toys::timed, manual_clock, evp_hash>;
    using opened = verifier<toys::open, manual_clock>;
    using hashed = verifier<toys::hashed, manual_clock, evp_hash>;
    const auto of_digest = std::make_shared<const verifier<digested>>(key);
    return {
        whole("HMAC", std::make_shared<const low>(key, verifier_settings{}, clock), timed),
        whole("HMAC through EVP",
              std::make_shared<const evp>(key_list{other, key}, verifier_settings{}, clock), timed),
        in_pieces("HMAC through EVP, in pieces",
                  std::make_shared<const evp>(key_list{other, key}, verifier_settings{}, clock), timed),
        whole("Ed25519",
              std::make_shared<const opened>(public_key(public_key_of_it), verifier_settings{}, clock), open,
              true),
        in_pieces("Ed25519, in pieces",
                  std::make_shared<const opened>(public_key(public_key_of_it), verifier_settings{}, clock),
                  open, true),
        whole(
            "a plain hash through EVP",
            std::make_shared<const hashed>(key, accepting<weakness::plain_hash>, verifier_settings{}, clock),
            {{"x-sig", hex_of(digest_of(EVP_sha256(), "key" + body))}}),
        whole("a digest of the body", of_digest, {{"x-sig", hmac_sha256_hex("key", digest)}}),
        in_pieces("a digest of the body, in pieces", of_digest, {{"x-sig", hmac_sha256_hex("key", digest)}}),
        in_pieces("HMAC, in pieces, with a digest", std::make_shared<const verifier<toys::plain>>(key),
                  {{"x-sig", hmac_sha256_hex("key", body)}}),
        signed_by_us<by_public_key<proof::rsa>>("RSA"),
        signed_by_us<by_public_key<proof::rsa_pss>>("RSA-PSS"),
        signed_by_us<by_public_key<proof::ecdsa_der>>("ECDSA in DER"),
        signed_by_us<by_public_key<proof::ecdsa_p1363>>("ECDSA as r and s"),
        // A token signs no body: what is forged is the token.
        {"a token",
         [v = std::make_shared<const verifier<toys::token>>(key, accepting<weakness::body_not_signed>),
          good = header_list{{"x-token", "key"}}, bad = header_list{{"x-token", "kez"}}](bool genuine) {
             return v->verify(request{genuine ? good : bad, body}).error();
         }},
    };
}

} // namespace hookseal_tests

#endif
