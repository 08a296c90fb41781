// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_CRYPTO_CERTIFICATES_HPP
#define HOOKSEAL_TESTS_CRYPTO_CERTIFICATES_HPP

#include "crypto/openssl_keys.hpp"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

// Certificates made on the spot.

namespace hookseal_tests {

struct certificate_wish {
    std::string name = "signer.example"; ///< common name and, unless it is an authority, DNS name
    bool authority = false;
    std::int64_t from = 1'700'000'000;
    std::int64_t to = 1'800'000'000;
};

struct free_certificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using openssl_certificate = std::unique_ptr<X509, free_certificate>;

/// A certificate for `key`, signed by `signer` in the name of `issuer`; without these by itself.
[[nodiscard]] inline openssl_certificate certify(const openssl_key& key, const certificate_wish& wish,
                                                 const openssl_key* signer = nullptr,
                                                 const openssl_certificate* issuer = nullptr) {
    static long serial = 1;
    openssl_certificate made(X509_new());
    X509* const c = made.get();
    bool good = X509_set_version(c, 2) == 1 && ASN1_INTEGER_set(X509_get_serialNumber(c), ++serial) == 1
                && ASN1_TIME_set(X509_getm_notBefore(c), static_cast<std::time_t>(wish.from)) != nullptr
                && ASN1_TIME_set(X509_getm_notAfter(c), static_cast<std::time_t>(wish.to)) != nullptr
                && X509_set_pubkey(c, key.get()) == 1;
    X509_NAME* const name = X509_get_subject_name(c);
    good = good
           && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                         reinterpret_cast<const unsigned char*>(wish.name.c_str()), -1, -1, 0)
                  == 1
           && X509_set_issuer_name(c, issuer == nullptr ? name : X509_get_subject_name(issuer->get())) == 1;
    const auto extend = [&](int what, const std::string& value) {
        X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str());
        good = good && extension != nullptr && X509_add_ext(c, extension, -1) == 1;
        X509_EXTENSION_free(extension);
    };
    extend(NID_basic_constraints, wish.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!wish.authority) extend(NID_subject_alt_name, "DNS:" + wish.name);
    good = good && X509_sign(c, signer == nullptr ? key.get() : signer->get(), EVP_sha256()) > 0;
    if (!good) throw std::runtime_error("certify");
    return made;
}

[[nodiscard]] inline std::string pem_of(const openssl_certificate& certificate) {
    return pem_by([&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); });
}

} // namespace hookseal_tests

#endif
