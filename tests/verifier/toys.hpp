// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_VERIFIER_TOYS_HPP
#define HOOKSEAL_TESTS_VERIFIER_TOYS_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>

#include "crypto/reference.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Small schemes that stand for the shapes there are, and deliveries of theirs, signed by hand.

namespace hookseal_tests {

using header_list = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::int64_t now = 1'767'225'600;

namespace toys {

using namespace hookseal;

/// A list with a time in it.
struct timed {
    static constexpr signed_scheme scheme{
        .name = "timed",
        .signature = header("x-sig").item("v1=", ','),
        .timestamp = header("x-sig").item("t=", ','),
        .signed_content = "{timestamp}.{body}",
        .event_id = json("id"),
        .event_type = json("type"),
        .retry_window = days(3),
    };
};

/// No time, and an id that nobody signs.
struct plain {
    static constexpr signed_scheme scheme{
        .name = "plain",
        .signature = header("x-sig"),
        .signed_content = "{body}",
        .event_id = header("x-id"),
    };
};

struct token {
    static constexpr signed_scheme scheme{
        .name = "token",
        .proof = proof::token,
        .encoding = encoding::text,
        .signature = header("x-token"),
    };
};

struct open {
    static constexpr signed_scheme scheme{
        .name = "open",
        .proof = proof::ed25519,
        .key = {.encoding = encoding::hex},
        .signature = header("x-sig"),
        .timestamp = header("x-time"),
        .signed_content = "{timestamp}{body}",
    };
};

/// The body is read before it is verified.
struct in_body {
    static constexpr signed_scheme scheme{
        .name = "in_body",
        .signature = json("sig"),
        .signed_content = "{json:id}",
        .event_id = json("id"),
    };
};

struct with_option {
    static constexpr signed_scheme scheme{
        .name = "with_option",
        .signature = header("x-sig"),
        .signed_content = "{option:webhook_id}.{body}",
    };
};

struct with_url {
    static constexpr signed_scheme scheme{
        .name = "with_url",
        .signature = header("x-sig"),
        .signed_content = "{method}{url}{body}",
    };
};

struct with_checksum {
    static constexpr signed_scheme scheme{
        .name = "with_checksum",
        .signature = header("x-sig"),
        .signed_content = "{body|crc32}",
    };
};

struct hashed {
    static constexpr signed_scheme scheme{
        .name = "hashed",
        .proof = proof::keyed_hash,
        .signature = header("x-sig"),
        .signed_content = "{key}{body}",
    };
};

/// HMAC, or Ed25519 in another header.
struct two_kinds {
    static constexpr either scheme{
        signed_scheme{
            .name = "two_kinds",
            .signature = header("x-sig").after("v1,"),
            .timestamp = header("x-time"),
            .signed_content = "{timestamp}{body}",
        },
        signed_scheme{
            .name = "two_kinds",
            .proof = proof::ed25519,
            .key = {.encoding = encoding::hex},
            .signature = header("x-open-sig").after("v1a,"),
            .timestamp = header("x-time"),
            .signed_content = "{timestamp}{body}",
        },
    };
};

/// Either of two headers, under the same keys.
struct two_headers {
    static constexpr either scheme{
        signed_scheme{.name = "two_headers", .signature = header("x-sig"), .signed_content = "{body}"},
        signed_scheme{.name = "two_headers", .signature = header("x-sig-2"), .signed_content = "{body}"},
    };
};

} // namespace toys

// RFC 8032 section 7.1, TEST 1 and TEST 2.
inline constexpr std::string_view private_key =
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
inline constexpr std::string_view public_key_of_it =
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
inline constexpr std::string_view other_public_key =
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

/// A signature with the private key above, by OpenSSL alone.
[[nodiscard]] inline std::string ed25519_signature(std::string_view message) {
    const byte_vector raw = from_hex(private_key);
    EVP_PKEY* key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size());
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    byte_vector signature(64);
    std::size_t size = signature.size();
    const bool ok = EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key) == 1
                    && EVP_DigestSign(context, signature.data(), &size,
                                      reinterpret_cast<const unsigned char*>(message.data()), message.size())
                           == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    if (!ok) throw std::runtime_error("EVP_DigestSign");
    return hex_of(signature);
}

[[nodiscard]] inline std::string timed_header(std::string_view key, std::string_view body,
                                              std::int64_t at = now) {
    const std::string time = std::to_string(at);
    return "t=" + time + ",v1=" + hmac_sha256_hex(key, time + "." + std::string(body));
}

} // namespace hookseal_tests

#endif
