// SPDX-License-Identifier: MIT
// Guarantee: a delivery is accepted only when every function of OpenSSL that was called for it returned exactly 1.
//
// Each function that verification calls is replaced by one that does its work and then answers 0, -1 or 2 (or no
// object): EVP_DigestVerify, for one, answers -1 to signatures that are no signatures, which is 'true' in careless code.
#include "guarantees/outcome.hpp"
#include "guarantees/subjects.hpp"

#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

#include <cstddef>
#include <string>
#include <type_traits>

using namespace hookseal;
using namespace hookseal_tests;

#if __has_include(<dlfcn.h>) && defined(__ELF__) && !defined(HOOKSEAL_TESTS_SANITIZED)
#include <dlfcn.h>

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif

namespace {

/// A function that is being replaced, by name; nothing replaced while it is empty.
std::string failing;
int answer = 0;
long hits = 0;

/// The real function of this name, which the dynamic linker would otherwise have bound.
template <class Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int depth = 0;

template <class Function, class... Args>
auto meddle(const char* name, Args... args) {
    static Function* const function = real<Function>(name);
    ++depth;
    auto result = function(args...);
    // What OpenSSL's functions call within each other is not ours: they take each other's word for it.
    if (--depth != 0 || failing != name) return result;
    ++hits;
    if constexpr (std::is_pointer_v<decltype(result)>)
        return decltype(result){nullptr};
    else
        return decltype(result)(answer);
}

} // namespace

extern "C" {
int EVP_DigestInit_ex(EVP_MD_CTX* c, const EVP_MD* m, ENGINE* e) {
    return meddle<decltype(EVP_DigestInit_ex)>("EVP_DigestInit_ex", c, m, e);
}
int EVP_DigestUpdate(EVP_MD_CTX* c, const void* d, std::size_t n) {
    return meddle<decltype(EVP_DigestUpdate)>("EVP_DigestUpdate", c, d, n);
}
int EVP_DigestFinal_ex(EVP_MD_CTX* c, unsigned char* o, unsigned int* n) {
    return meddle<decltype(EVP_DigestFinal_ex)>("EVP_DigestFinal_ex", c, o, n);
}
int EVP_MD_CTX_copy_ex(EVP_MD_CTX* to, const EVP_MD_CTX* from) {
    return meddle<decltype(EVP_MD_CTX_copy_ex)>("EVP_MD_CTX_copy_ex", to, from);
}
EVP_MD_CTX* EVP_MD_CTX_new() { return meddle<decltype(EVP_MD_CTX_new)>("EVP_MD_CTX_new"); }
int EVP_Digest(const void* d, std::size_t n, unsigned char* o, unsigned int* s, const EVP_MD* m, ENGINE* e) {
    return meddle<decltype(EVP_Digest)>("EVP_Digest", d, n, o, s, m, e);
}
int EVP_DigestVerifyInit(EVP_MD_CTX* c, EVP_PKEY_CTX** p, const EVP_MD* m, ENGINE* e, EVP_PKEY* k) {
    return meddle<decltype(EVP_DigestVerifyInit)>("EVP_DigestVerifyInit", c, p, m, e, k);
}
int EVP_DigestVerify(EVP_MD_CTX* c, const unsigned char* s, std::size_t n, const unsigned char* t,
                     std::size_t l) {
    return meddle<decltype(EVP_DigestVerify)>("EVP_DigestVerify", c, s, n, t, l);
}
EVP_PKEY_CTX* EVP_PKEY_CTX_dup(const EVP_PKEY_CTX* c) {
    return meddle<decltype(EVP_PKEY_CTX_dup)>("EVP_PKEY_CTX_dup", c);
}
int EVP_PKEY_verify(EVP_PKEY_CTX* c, const unsigned char* s, std::size_t n, const unsigned char* t,
                    std::size_t l) {
    return meddle<decltype(EVP_PKEY_verify)>("EVP_PKEY_verify", c, s, n, t, l);
}
int SHA256_Init(SHA256_CTX* c) { return meddle<decltype(SHA256_Init)>("SHA256_Init", c); }
int SHA256_Update(SHA256_CTX* c, const void* d, std::size_t n) {
    return meddle<decltype(SHA256_Update)>("SHA256_Update", c, d, n);
}
int SHA256_Final(unsigned char* o, SHA256_CTX* c) {
    return meddle<decltype(SHA256_Final)>("SHA256_Final", o, c);
}
}

int main() {
    const auto subjects = all_subjects();
    const char* const functions[] = {
        "EVP_DigestInit_ex", "EVP_DigestUpdate", "EVP_DigestFinal_ex",   "EVP_MD_CTX_copy_ex",
        "EVP_MD_CTX_new",    "EVP_Digest",       "EVP_DigestVerify",     "EVP_PKEY_CTX_dup",
        "EVP_PKEY_verify",   "SHA256_Update",    "EVP_DigestVerifyInit", "SHA256_Final",
    };
    for (const char* function : functions) {
        long hits_in_all = 0;
        for (const subject& each : subjects)
            for (const int wrong : {0, -1, 2}) {
                for (const bool genuine : {true, false}) {
                    failing = function;
                    answer = wrong;
                    hits = 0;
                    const error verdict = each.verify(genuine);
                    failing.clear();
                    hits_in_all += hits;
                    const std::string what = std::string(each.what) + (genuine ? ", genuine, " : ", forged, ")
                                             + function + " answers " + std::to_string(wrong) + ":";
                    expect(verdict != error::none || (genuine && hits == 0), what.c_str(), "is accepted");
                    expect(verdict == error::none || !genuine || hits != 0, what.c_str(),
                           "is refused for nothing");
                }
            }
        expect(hits_in_all > 0, function, "is never called: it should not be in the list");
        std::printf("%s: %ld calls that failed\n", function, hits_in_all);
    }
    return outcome();
}

#else

int main() {
    return not_here("functions are replaced through the dynamic linker of ELF systems, without sanitizers");
}

#endif
