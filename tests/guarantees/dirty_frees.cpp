// SPDX-License-Identifier: MIT
// Guarantee: no memory is given back with a secret in it, nor with what is worth as much: the key decoded, its padded
// blocks, or the tag of a delivery that was refused, which is a signature that whoever finds it could send.
// glibc's free itself is replaced, which operator delete and OpenSSL call, and every block is searched before it goes.
#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "guarantees/outcome.hpp"
#include "verifier/toys.hpp"

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

using namespace hookseal;
using namespace hookseal_tests;
using testing::manual_clock;

#if defined(__GLIBC__) && !defined(HOOKSEAL_TESTS_SANITIZED)
#include <malloc.h>
#include <unistd.h>

namespace {

struct needle {
    unsigned char bytes[16];
    const char* what;
};
needle needles[16];
std::size_t needle_count = 0;
bool watching = false;
std::size_t dirty = 0;
const char* dirty_with = "";

void look_into(void* block) {
    if (!watching || block == nullptr) return;
    const std::size_t size = malloc_usable_size(block);
    for (std::size_t i = 0; i < needle_count; ++i)
        if (memmem(block, size, needles[i].bytes, sizeof needles[i].bytes) != nullptr) {
            ++dirty;
            dirty_with = needles[i].what;
        }
}

void remember(const char* what, std::string_view bytes, unsigned char with = 0) {
    needle& n = needles[needle_count++];
    n.what = what;
    for (std::size_t i = 0; i < sizeof n.bytes; ++i)
        n.bytes[i] = static_cast<unsigned char>(static_cast<unsigned char>(bytes[i]) ^ with);
}

/// Watches what a function frees.
template <class Function>
void leaves_nothing(const char* what, Function function) {
    dirty = 0;
    watching = true;
    function();
    watching = false;
    std::printf("%s: %zu dirty frees%s%s\n", what, dirty, dirty == 0 ? "" : " with ",
                dirty == 0 ? "" : dirty_with);
    expect(dirty == 0, what, "gives back memory with a secret in it");
}

// The key, and how it may be configured. It stays where it is for as long as the program runs.
constexpr char key[] = "wk9!Zq3&Vb7#Lm1$Xc5%Rt8^Yh2*Ug6(";
constexpr std::string_view key_text{key, sizeof key - 1};

} // namespace

extern "C" {
void* __libc_realloc(void*, std::size_t);
void __libc_free(void*);

void free(void* at) {
    look_into(at);
    __libc_free(at);
}
void* realloc(void* at, std::size_t size) {
    look_into(at);
    return __libc_realloc(at, size);
}
}

int main() {
    static const std::string body = R"({"id":"evt_1"})";
    static const std::string in_hex = hex_of(bytes_of(key_text));
    static const std::string in_base64 = base64_of(bytes_of(key_text));
    static const std::string long_key = std::string(key_text) + std::string(100, '-');
    static const std::string ed25519_in_hex{private_key};
    // What nobody has signed, and its signatures, which nobody is to learn.
    static const std::string forged = R"({"id":"evt_2"})";
    static const byte_vector tag = hmac(EVP_sha256(), key_text, forged);
    static const byte_vector tag_of_long = hmac(EVP_sha256(), long_key, forged);
    static const byte_vector plain_hash = digest_of(EVP_sha256(), std::string(key_text) + forged);
    const auto view = [](const byte_vector& b) {
        return std::string_view(reinterpret_cast<const char*>(b.data()), b.size());
    };
    remember("the key", key_text);
    remember("the key's second half", key_text.substr(16));
    remember("the key in hex", in_hex);
    remember("the key in base64", in_base64);
    remember("the key's inner pad", key_text, 0x36);
    remember("the key's outer pad", key_text, 0x5c);
    remember("the private key in hex", ed25519_in_hex);
    static const byte_vector raw_private = from_hex(ed25519_in_hex);
    remember("the private key", view(raw_private));
    remember("the expected tag", view(tag));
    remember("the expected tag of a long key", view(tag_of_long));
    remember("the expected hash", view(plain_hash));

    // The watch watches.
    dirty = 0;
    watching = true;
    { const auto careless = std::make_unique<std::string>(key_text); }
    watching = false;
    expect(dirty > 0, "a careless copy of the key", "is not noticed");

    leaves_nothing("a secret of text", [] { const secret s(key_text); });
    leaves_nothing("a secret in hex", [] { const secret s = secret::from_hex(in_hex); });
    leaves_nothing("a secret in base64", [] { const secret s = secret::from_base64(in_base64); });
    leaves_nothing("a secret of bytes", [] {
        const secret s = secret::from_bytes({reinterpret_cast<const unsigned char*>(key), key_text.size()});
    });
    leaves_nothing("a secret that is moved", [] {
        secret first(key_text);
        secret second = std::move(first);
        secret third("another one");
        third = std::move(second);
        second = secret(key_text);
    });

    static const std::string path = "/tmp/hookseal_dirty_frees_" + std::to_string(getpid());
    {
        std::ofstream file(path, std::ios::binary);
        file << key_text << "\r\n";
    }
    leaves_nothing("a secret from a file", [] {
        const secret s = secret::from_file(path.c_str());
        expect(s.expose() == key_text, "a secret from a file", "is another");
    });
    {
        std::ofstream file(path, std::ios::binary);
        for (int i = 0; i < 4000; ++i)
            file << key_text;
    }
    leaves_nothing("a file that is too long", [] {
        expect(secret::from_file(path.c_str()).problem() == error::unreadable_secret, "a long file",
               "is read");
    });
    std::remove(path.c_str());
    setenv("HOOKSEAL_TEST_SECRET", key, 1);
    leaves_nothing("a secret from the environment", [] {
        const secret s = secret::from_env("HOOKSEAL_TEST_SECRET");
        expect(s.problem() == error::none, "a secret from the environment", "is not there");
    });

    static const header_list good{{"x-sig", hmac_sha256_hex(key_text, body)},
                                  {"x-token", std::string(key_text)}};
    static const header_list bad{{"x-sig", std::string(64, '0')}, {"x-token", "other"}};
    const auto verifies = [](const auto& v) {
        expect(v.verify(request{good, body}).has_value(), "a genuine delivery", "is not accepted");
        expect(!v.verify(request{bad, forged}).has_value(), "a forged delivery", "is accepted");
    };
    leaves_nothing("a verifier", [&] { verifies(verifier<toys::plain>{secret(key_text)}); });
    leaves_nothing("a verifier through EVP",
                   [&] { verifies(verifier<toys::plain, system_clock, evp_hash>{secret(key_text)}); });
    leaves_nothing("a verifier of a key in hex",
                   [&] { verifies(verifier<toys::plain>{secret::from_hex(in_hex)}); });
    leaves_nothing("a verifier of a key in base64",
                   [&] { verifies(verifier<toys::plain>{secret::from_base64(in_base64)}); });
    leaves_nothing("a verifier of a long key", [] {
        const verifier<toys::plain> v{secret(long_key)};
        expect(!v.verify(request{bad, forged}).has_value(), "a forged delivery", "is accepted");
    });
    leaves_nothing("a verifier of a long key through EVP", [] {
        const verifier<toys::plain, system_clock, evp_hash> v{secret(long_key)};
        expect(!v.verify(request{bad, forged}).has_value(), "a forged delivery", "is accepted");
    });
    leaves_nothing("a verifier of tokens", [&] {
        verifies(verifier<toys::token>{secret(key_text), accepting<weakness::body_not_signed>});
    });
    leaves_nothing("a verifier of plain hashes", [] {
        const verifier<toys::hashed> v{secret(key_text), accepting<weakness::plain_hash>};
        expect(!v.verify(request{bad, forged}).has_value(), "a forged delivery", "is accepted");
    });
    leaves_nothing("a verifier of plain hashes through EVP", [] {
        const verifier<toys::hashed, system_clock, evp_hash> v{secret(key_text),
                                                               accepting<weakness::plain_hash>};
        expect(!v.verify(request{bad, forged}).has_value(), "a forged delivery", "is accepted");
    });
    leaves_nothing("a dynamic verifier", [&] {
        const auto v = dynamic_verifier<>::make(scheme_ref::of<toys::plain>(), secret(key_text));
        verifies(*v);
    });
    leaves_nothing("verifiers that are moved and replaced", [&] {
        auto first = std::make_unique<verifier<toys::plain>>(secret(key_text));
        auto second = std::make_unique<verifier<toys::plain>>(std::move(*first));
        first.reset();
        verifies(*second);
        second = std::make_unique<verifier<toys::plain>>(key_list{secret("another"), secret(key_text)});
        verifies(*second);
    });
    leaves_nothing("tenants' keys that are rolled over", [&] {
        const verifier<toys::plain> v{keys_per_call};
        auto keys = std::make_shared<const keyring<toys::plain>>(secret(key_text));
        expect(v.verify(request{good, body}, *keys).has_value(), "a genuine delivery", "is not accepted");
        keys = std::make_shared<const keyring<toys::plain>>(key_list{secret("another"), secret(key_text)});
        expect(v.verify(request{good, body}, *keys).has_value(), "a genuine delivery", "is not accepted");
    });
    leaves_nothing("a verification on the heap, of a body in pieces", [] {
        const verifier<toys::plain> v{secret(key_text)};
        auto running = std::make_unique<verifier<toys::plain>::incremental>(v.begin(request{bad}));
        running->update(std::string_view(forged).substr(0, 5));
        running->update(std::string_view(forged).substr(5));
        expect(!std::move(*running).finish().has_value(), "a forged delivery", "is accepted");
        running.reset();
    });
    leaves_nothing("one that is given up", [] {
        const verifier<toys::plain> v{secret(key_text)};
        auto running = std::make_unique<verifier<toys::plain>::incremental>(v.begin(request{good}));
        running->update("{");
        auto moved = std::make_unique<verifier<toys::plain>::incremental>(std::move(*running));
        running.reset();
    });
    leaves_nothing("verifiers that cannot be built", [] {
        for (int i = 0; i < 3; ++i) {
            try {
                const secret s(key_text);
                const secret empty("");
                const verifier<toys::plain> v{{s, empty}};
                expect(false, "a verifier with an empty key", "is built");
            } catch (const configuration_error&) {
            }
        }
        expect(!verifier<toys::timed>::make(secret(key_text), {.tolerance = std::chrono::seconds(-1)}),
               "a verifier with a negative tolerance", "is built");
    });
    leaves_nothing("a signer", [] {
        const signer<toys::plain> s{secret(key_text)};
        const signer<toys::open> open{secret(ed25519_in_hex)};
        // What it signs with stays inside; signatures themselves are there to be sent.
        static_cast<void>(open.sign({.body = "other"}));
        static_cast<void>(s.sign({.body = "other"}));
    });
    leaves_nothing("a signer of plain hashes", [] {
        const signer<toys::hashed> s{secret(key_text)};
        static_cast<void>(s.sign({.body = "other"}));
    });
    return outcome();
}

#else

int main() { return not_here("frees are watched by replacing glibc's free, without sanitizers"); }

#endif
