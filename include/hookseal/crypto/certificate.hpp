// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_CERTIFICATE_HPP
#define HOOKSEAL_CRYPTO_CERTIFICATE_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/crypto/error_queue.hpp>
#include <hookseal/crypto/spki.hpp>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <memory>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

namespace detail {

/// Frees what OpenSSL allocated with the function that is its own.
template <auto Free>
struct openssl_free {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};

using owned_bio = std::unique_ptr<BIO, openssl_free<&BIO_free>>;
using owned_x509 = std::unique_ptr<X509, openssl_free<&X509_free>>;
using owned_x509_store = std::unique_ptr<X509_STORE, openssl_free<&X509_STORE_free>>;
using owned_x509_store_context = std::unique_ptr<X509_STORE_CTX, openssl_free<&X509_STORE_CTX_free>>;
using owned_asn1_time = std::unique_ptr<ASN1_TIME, openssl_free<&ASN1_TIME_free>>;

struct free_x509_stack {
    void operator()(STACK_OF(X509) * stack) const noexcept { sk_X509_pop_free(stack, X509_free); }
};
using owned_x509_stack = std::unique_ptr<STACK_OF(X509), free_x509_stack>;

/// Calls `each(owned_x509)`, which says whether it took the certificate, with every certificate of a PEM text.
/// `malformed_secret` where there is none, or what claims to be one is not.
template <class Each>
[[nodiscard]] error for_each_certificate(std::string_view pem, int most, Each each) noexcept {
    constexpr std::size_t longest = 1024 * 1024;
    if (pem.size() > longest) return error::too_large;
    const error_queue_mark mark;
    const owned_bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!in) return error::internal_failure;
    char no_password[] = ""; // without one, OpenSSL would ask at the terminal
    for (int count = 0;; ++count) {
        owned_x509 next(PEM_read_bio_X509(in.get(), nullptr, nullptr, no_password));
        if (!next) {
            if (mark.ran_out_of_memory()) return error::internal_failure;
            const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            return count != 0 && at_end ? error::none : error::malformed_secret;
        }
        if (count == most) return error::too_large;
        if (!each(std::move(next))) return error::internal_failure;
    }
}

} // namespace detail

/// Certificates that others may end in: certification authorities, or the expected certificate itself.
class certificate_roots {
public:
    static constexpr int most = 512;

    certificate_roots() noexcept = default;

    /// One or several certificates in PEM.
    [[nodiscard]] error read(std::string_view pem) noexcept {
        const error_queue_mark mark;
        detail::owned_x509_store store(X509_STORE_new());
        if (!store) return error::internal_failure;
        const error e = detail::for_each_certificate(pem, most, [&](detail::owned_x509 root) {
            return X509_STORE_add_cert(store.get(), root.get()) == 1;
        });
        if (e == error::none) store_ = std::move(store);
        return e;
    }

    [[nodiscard]] explicit operator bool() const noexcept { return store_ != nullptr; }
    [[nodiscard]] X509_STORE* get() const noexcept { return store_.get(); }

private:
    detail::owned_x509_store store_;
};

/// A certificate (RFC 5280) with those that lead from it to a root. Nothing here looks at the system's clock.
class certificate {
public:
    static constexpr int most = 8;

    certificate() noexcept = default;

    /// Reads PEM: the certificate first, then those that signed it, if they are there.
    [[nodiscard]] error read(std::string_view pem) noexcept {
        const error_queue_mark mark;
        detail::owned_x509 leaf;
        detail::owned_x509_stack others(sk_X509_new_null());
        if (!others) return error::internal_failure;
        const error e = detail::for_each_certificate(pem, most, [&](detail::owned_x509 next) {
            if (!leaf) {
                leaf = std::move(next);
                return true;
            }
            if (sk_X509_push(others.get(), next.get()) <= 0) return false;
            static_cast<void>(next.release());
            return true;
        });
        if (e != error::none) return e;
        leaf_ = std::move(leaf);
        others_ = std::move(others);
        return error::none;
    }

    /// Whether a time, in Unix seconds, lies within its validity (RFC 5280, section 4.1.2.5).
    [[nodiscard]] bool is_valid_at(std::int64_t unix_seconds) const noexcept {
        if (!leaf_) return false;
        const error_queue_mark mark;
        std::int64_t from = 0;
        std::int64_t to = 0;
        return seconds_of(X509_get0_notBefore(leaf_.get()), from)
               && seconds_of(X509_get0_notAfter(leaf_.get()), to) && from <= unix_seconds
               && unix_seconds <= to;
    }

    /// The last second of its validity; 0 where that cannot be told.
    [[nodiscard]] std::int64_t expires() const noexcept {
        const error_queue_mark mark;
        std::int64_t seconds = 0;
        return leaf_ && seconds_of(X509_get0_notAfter(leaf_.get()), seconds) ? seconds : 0;
    }

    /// Whether it is for this DNS name (RFC 6125), which wildcards do not stand for.
    [[nodiscard]] bool is_for(std::string_view name) const noexcept {
        const error_queue_mark mark;
        // To OpenSSL a name that begins with a dot stands for all below it.
        return leaf_ && !name.empty() && name.front() != '.'
               && X509_check_host(leaf_.get(), name.data(), name.size(), X509_CHECK_FLAG_NO_WILDCARDS,
                                  nullptr)
                      == 1;
    }

    /// `none` where a chain of signatures leads to one of `roots`, all valid at that time (RFC 5280, section 6);
    /// `unsuitable_key` where there is none.
    [[nodiscard]] error check_chain(const certificate_roots& roots,
                                    std::int64_t unix_seconds) const noexcept {
        if (!leaf_ || !roots) return error::unsuitable_key;
        const error_queue_mark mark;
        const detail::owned_x509_store_context context(X509_STORE_CTX_new());
        if (!context || X509_STORE_CTX_init(context.get(), roots.get(), leaf_.get(), others_.get()) != 1)
            return error::internal_failure;
        X509_VERIFY_PARAM* const with = X509_STORE_CTX_get0_param(context.get());
        X509_VERIFY_PARAM_set_time(with, static_cast<std::time_t>(unix_seconds));
        // A root that is itself signed by another is a root all the same.
        if (X509_VERIFY_PARAM_set_flags(with, X509_V_FLAG_PARTIAL_CHAIN) != 1) return error::internal_failure;
        if (X509_verify_cert(context.get()) == 1) return error::none;
        const bool failed =
            X509_STORE_CTX_get_error(context.get()) == X509_V_ERR_OUT_OF_MEM || mark.ran_out_of_memory();
        return failed ? error::internal_failure : error::unsuitable_key;
    }

    /// The key that it certifies; empty where it is too long or OpenSSL fails.
    [[nodiscard]] spki public_key() const noexcept {
        if (!leaf_) return {};
        const error_queue_mark mark;
        unsigned char* der = nullptr;
        const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(leaf_.get()), &der);
        if (size <= 0) return {};
        const spki key = spki::of_der({der, static_cast<std::size_t>(size)});
        OPENSSL_free(der);
        return key;
    }

private:
    [[nodiscard]] static bool seconds_of(const ASN1_TIME* time, std::int64_t& unix_seconds) noexcept {
        const detail::owned_asn1_time epoch(ASN1_TIME_set(nullptr, 0));
        int days = 0;
        int seconds = 0;
        if (!epoch || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) return false;
        unix_seconds = std::int64_t{days} * 86400 + seconds;
        return true;
    }

    detail::owned_x509 leaf_;
    detail::owned_x509_stack others_;
};

} // namespace hookseal::inline v0_1

#endif
