// SPDX-License-Identifier: MIT
// What a verification of 1 KiB costs for each family of schemes, and what signing one costs.
#include "support/deliveries.hpp"
#include "support/harness.hpp"

#include <hookseal/crypto/hash.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/providers/circle.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/gitlab.hpp>
#include <hookseal/providers/shopify.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/providers/standard_webhooks.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/providers/telnyx.hpp>
#include <hookseal/providers/wise.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hookseal_bench {

namespace {

namespace providers = hookseal::providers;
using hookseal::secret;

constexpr std::size_t size = 1024;
constexpr auto any_weakness =
    hookseal::accepting<hookseal::weakness::body_not_signed, hookseal::weakness::body_bound_by_crc,
                        hookseal::weakness::plain_hash>;

template <class Verifier>
void verify(benchmark::State& state, const Verifier& v, const deliveries& from) {
    measure(state, [&](std::size_t i) {
        auto event = v.verify(from[i].request());
        if (!event) fail(message(event.error()));
        benchmark::DoNotOptimize(event);
    });
}

secret shared_secret() {
    std::array<unsigned char, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<unsigned char>(37 * i + 11);
    return secret::from_bytes(bytes);
}

template <hookseal::provider Provider>
void add_shared_secret(std::string_view kind) {
    const std::string name(Provider::scheme.info().name);
    const deliveries sample = deliveries::of<Provider>(shared_secret(), size);
    const limit bare = sha256_limit(read_signed<Provider>(sample[0]).content.size());
    add("verify_" + name + "/" + std::string(kind), bare, [](auto& state) {
        const hookseal::verifier<Provider> v{shared_secret(), any_weakness};
        verify(state, v, deliveries::of<Provider>(shared_secret(), size));
    });
}

template <hookseal::provider Provider>
void add_signing() {
    const std::string name(Provider::scheme.info().name);
    const deliveries sample = deliveries::of<Provider>(shared_secret(), size);
    const limit bare = sha256_limit(read_signed<Provider>(sample[0]).content.size());
    add("sign_" + name, bare, [](auto& state) {
        const hookseal::signer<Provider> with{shared_secret()};
        const std::string body = json_body(size, 0);
        measure(state, [&](std::size_t) {
            auto headers = with.sign({.body = body, .event_id = "evt_1"});
            if (!headers) fail(message(headers.error()));
            benchmark::DoNotOptimize(headers);
        });
    });
}

/// A fresh key pair, as a provider keeps the one half and hands out the other.
class key_pair {
public:
    explicit key_pair(hookseal::proof how) : key_(generate(how), EVP_PKEY_free) {
        if (!key_) fail("no key pair");
    }

    [[nodiscard]] EVP_PKEY* get() const noexcept { return key_.get(); }

    [[nodiscard]] secret private_half(hookseal::proof how) const {
        if (how == hookseal::proof::ed25519) {
            std::array<unsigned char, 32> raw{};
            std::size_t raw_size = raw.size();
            if (EVP_PKEY_get_raw_private_key(get(), raw.data(), &raw_size) != 1) fail("no private key");
            return secret::from_bytes(raw);
        }
        const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), BIO_free);
        if (PEM_write_bio_PrivateKey(out.get(), get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
            fail("no PEM");
        char* text = nullptr;
        const long length = BIO_get_mem_data(out.get(), &text);
        std::string_view pem(text, static_cast<std::size_t>(length));
        while (!pem.empty() && pem.back() == '\n')
            pem.remove_suffix(1);
        return secret(pem);
    }

    [[nodiscard]] hookseal::public_key public_half() const {
        unsigned char* der = nullptr;
        const int length = i2d_PUBKEY(get(), &der);
        if (length <= 0) fail("no public key");
        auto half = hookseal::public_key::from_bytes({der, static_cast<std::size_t>(length)});
        OPENSSL_free(der);
        return half;
    }

private:
    static EVP_PKEY* generate(hookseal::proof how) {
        switch (how) {
        case hookseal::proof::ed25519: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        case hookseal::proof::rsa:
        case hookseal::proof::rsa_pss: return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
        default: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
        }
    }

    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
};

std::vector<unsigned char> from_base64(std::string_view text) {
    std::vector<unsigned char> bytes(text.size());
    const std::size_t decoded = hookseal::decode_base64(text, bytes, hookseal::base64_form::padded);
    if (decoded == hookseal::not_base64) fail("not base64");
    bytes.resize(decoded);
    return bytes;
}

/// `EVP_DigestVerify` with a key that is loaded already, on contents and signatures that lie ready.
template <hookseal::provider Provider>
class bare_digest_verify {
public:
    bare_digest_verify(std::shared_ptr<key_pair> key, const EVP_MD* hash)
        : key_(std::move(key)), hash_(hash), context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
        deliveries from =
            deliveries::of<Provider>(key_->private_half(Provider::scheme.info().keys[0].how), size);
        for (const delivery& d : from.all()) {
            signed_text text = read_signed<Provider>(d);
            all_.push_back({std::move(text.content), from_base64(text.signature)});
        }
    }

    void operator()(std::size_t i) const {
        const ready& r = all_[i % all_.size()];
        bool good =
            EVP_DigestVerifyInit(context_.get(), nullptr, hash_, nullptr, key_->get()) == 1
            && EVP_DigestVerify(context_.get(), r.signature.data(), r.signature.size(),
                                reinterpret_cast<const unsigned char*>(r.content.data()), r.content.size())
                   == 1;
        if (!good) fail("OpenSSL refuses");
        benchmark::DoNotOptimize(good);
    }

private:
    struct ready {
        std::string content;
        std::vector<unsigned char> signature;
    };

    std::shared_ptr<key_pair> key_;
    const EVP_MD* hash_;
    std::shared_ptr<EVP_MD_CTX> context_;
    std::vector<ready> all_;
};

template <hookseal::provider Provider>
void add_public_key(const std::string& kind, const EVP_MD* hash) {
    constexpr hookseal::proof how = Provider::scheme.info().keys[0].how;
    const auto key = std::make_shared<key_pair>(how);
    const limit bare = add_limit("limit/digest_verify_" + kind, bare_digest_verify<Provider>(key, hash));
    add("verify_" + std::string(Provider::scheme.info().name) + "/" + kind, bare, [=](auto& state) {
        const hookseal::verifier<Provider> v{key->public_half(), any_weakness};
        verify(state, v, deliveries::of<Provider>(key->private_half(how), size));
    });
}

} // namespace

void add_benchmarks() {
    add_shared_secret<providers::slack>("hex_with_time");
    add_shared_secret<providers::stripe>("list_of_hex_with_time");
    add_shared_secret<providers::github>("hex");
    add_shared_secret<providers::shopify>("base64");
    add_shared_secret<providers::standard_webhooks>("list_of_base64_with_id_and_time");
    add_shared_secret<providers::gitlab>("token");
    add_public_key<providers::telnyx>("ed25519", nullptr);
    add_public_key<providers::circle>("ecdsa_p256", EVP_sha256());
    add_public_key<providers::wise>("rsa_2048", EVP_sha256());
    add_signing<providers::slack>();
    add_signing<providers::standard_webhooks>();
}

} // namespace hookseal_bench
