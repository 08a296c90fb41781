// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_PKEY_HPP
#define HOOKSEAL_CRYPTO_PKEY_HPP

#include <openssl/evp.h>

#include <utility>

namespace hookseal::inline v0_1 {

/// Owns an OpenSSL key, which may be shared by threads for reading.
class pkey {
public:
    pkey() noexcept = default;
    explicit pkey(EVP_PKEY* key) noexcept : key_(key) {}
    pkey(pkey&& other) noexcept : key_(std::exchange(other.key_, nullptr)) {}
    pkey& operator=(pkey&& other) noexcept {
        std::swap(key_, other.key_);
        return *this;
    }
    ~pkey() { EVP_PKEY_free(key_); }

    [[nodiscard]] EVP_PKEY* get() const noexcept { return key_; }
    explicit operator bool() const noexcept { return key_ != nullptr; }

private:
    EVP_PKEY* key_ = nullptr;
};

/// Owns a context for one signature.
class md_context {
public:
    md_context() noexcept : context_(EVP_MD_CTX_new()) {}
    md_context(const md_context&) = delete;
    md_context& operator=(const md_context&) = delete;
    ~md_context() { EVP_MD_CTX_free(context_); }

    [[nodiscard]] EVP_MD_CTX* get() const noexcept { return context_; }

private:
    EVP_MD_CTX* context_;
};

} // namespace hookseal::inline v0_1

#endif
