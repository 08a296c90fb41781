// SPDX-License-Identifier: MIT
#include <hookseal/core/scheme.hpp>
#include <hookseal/crypto/jwk.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/public_key_text.hpp>

#include "fuzz/fuzz.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

using owned_key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

owned_key openssl_reads(const spki& key) {
    const unsigned char* at = key.der().data();
    return {d2i_PUBKEY(nullptr, &at, static_cast<long>(key.der().size())), &EVP_PKEY_free};
}

/// A PEM of ours is OpenSSL's, and the same key.
void pem_is_read_alike(std::string_view text, const spki& ours) {
    if (read_pem(text).label != "PUBLIC KEY") return;
    const std::unique_ptr<BIO, decltype(&BIO_free)> from(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
    const owned_key theirs(PEM_read_bio_PUBKEY(from.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    const owned_key read = openssl_reads(ours);
    if (theirs && read)
        require(EVP_PKEY_eq(theirs.get(), read.get()) == 1, "a PEM is the key that OpenSSL reads");
}

/// What is accepted is a key of the proof's kind, of a safe size, and no signature of nothing holds under it.
void accepted_keys_are_sound(std::string_view text, const key_format& format) {
    spki key;
    if (read_public_key(text, format, key) != error::none) return;
    require(!key.der().empty() && key.der().size() <= spki::max_size, "there is a key, and it is bounded");
    if (!detail::is_jwk(text)) pem_is_read_alike(text, key);

    prepared_key<default_hash> prepared;
    if (prepared.prepare(format, public_key(std::string(text))) != error::none) return;
    const owned_key read = openssl_reads(key);
    require(read != nullptr, "what is loaded is what OpenSSL reads");
    const int kind = EVP_PKEY_get_base_id(read.get());
    const int bits = EVP_PKEY_get_bits(read.get());
    switch (format.how) {
    case proof::rsa:
    case proof::rsa_pss: require(kind == EVP_PKEY_RSA && bits >= 1024, "an RSA key of a safe size"); break;
    case proof::ed25519: require(kind == EVP_PKEY_ED25519, "an Ed25519 key"); break;
    default: require(kind == EVP_PKEY_EC && bits >= 256, "a key on a curve that is known"); break;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = input(data, size).rest();
    for (const proof how :
         {proof::ed25519, proof::ecdsa_der, proof::ecdsa_p1363, proof::rsa, proof::rsa_pss}) {
        key_format format;
        format.how = how;
        accepted_keys_are_sound(text, format);
        format.form.encoding = encoding::hex;
        accepted_keys_are_sound(text, format);
    }
    const jwk_set set(text);
    if (!set.is_set()) return 0;
    std::size_t keys = 0;
    while (!set[keys].empty())
        ++keys;
    require(keys <= jwk_set::max_size, "a set has no more keys than are looked at");
    return 0;
}
