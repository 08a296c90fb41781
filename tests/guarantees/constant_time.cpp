// SPDX-License-Identifier: MIT
// Guarantee: no branch and no address depends on a secret or on what is derived from it, but for the verdict.
//
// For valgrind's memcheck: the bytes of the keys are marked undefined, and everything that is computed from them is then
// undefined, too. Memcheck reports every branch on such a value and every address made of one. The one place where
// something secret becomes public is the answer of CRYPTO_memcmp, which this program therefore replaces by one that
// asks the real one and marks its answer defined. With HOOKSEAL_TESTS_LEAK it compares as memcmp does, and memcheck
// must object: the check can fail.
#include <hookseal/verifier.hpp>

#include "verifier/toys.hpp"

#include <dlfcn.h>
#include <valgrind/memcheck.h>

#include <cstddef>
#include <cstdio>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

int compared = 0;
int wrong = 0;

void expect(bool held, const char* what) {
    if (held) return;
    ++wrong;
    std::printf("FAILED: %s\n", what);
}

/// Key bytes that memcheck takes for secret, as long as this lives.
class tainted_key {
public:
    explicit tainted_key(const char* text) : bytes_(bytes_of(text)) {
        VALGRIND_MAKE_MEM_UNDEFINED(bytes_.data(), bytes_.size());
    }
    [[nodiscard]] secret as_secret() const { return secret::from_bytes(bytes_); }

private:
    byte_vector bytes_;
};

struct in_base64 {
    static constexpr signed_scheme scheme{
        .name = "in_base64",
        .digest = digest::sha512,
        .encoding = encoding::base64,
        .signature = header("x-sig").item("v1,", ' '),
        .signed_content = "{body}",
    };
};

struct sha1 {
    static constexpr signed_scheme scheme{
        .name = "sha1",
        .digest = digest::sha1,
        .signature = header("x-sig"),
        .signed_content = "{body}",
    };
};

const std::string body = R"({"id":"evt_1"})";

/// Accepts exactly the genuine delivery, and compares at least once for each.
template <class Verifier>
void verifies(const char* what, const Verifier& v, const header_list& good, const header_list& bad) {
    const int before = compared;
    expect(v.verify(request{good, body}).error() == error::none, what);
    const int between = compared;
    expect(v.verify(request{bad, body}).error() == error::signature_mismatch, what);
    expect(between > before && compared > between, what);

    auto running = v.begin(request{good});
    running.update(body);
    expect(std::move(running).finish(body).error() == error::none, what);
}

template <class Hash>
void all_of() {
    using plain = verifier<toys::plain, system_clock, Hash>;
    const tainted_key key("key");
    const tainted_key long_key(
        "a key that is longer than the block of its hash function, which is hashed first: this one");
    const tainted_key other("other");
    const tainted_key third("third");
    const std::string hex = hmac_sha256_hex("key", body);
    // What differs early, late and everywhere from the right one.
    std::string early = hex;
    early[0] = early[0] == '0' ? '1' : '0';
    std::string late = hex;
    late[63] = late[63] == '0' ? '1' : '0';
    const header_list good{{"x-sig", hex}};

    verifies("hex", plain{key.as_secret()}, good, {{"x-sig", early}});
    verifies("hex, late", plain{key.as_secret()}, good, {{"x-sig", late}});
    verifies("hex, everywhere", plain{key.as_secret()}, good, {{"x-sig", std::string(64, '0')}});
    verifies("three keys", plain{{other.as_secret(), third.as_secret(), key.as_secret()}}, good,
             {{"x-sig", late}});
    verifies(
        "a long key", plain{long_key.as_secret()},
        {{"x-sig",
          hmac_sha256_hex(
              "a key that is longer than the block of its hash function, which is hashed first: this one",
              body)}},
        good);
    verifies("base64, SHA-512, several", verifier<in_base64, system_clock, Hash>{key.as_secret()},
             {{"x-sig", "v1,AAAA v1," + base64_of(hmac(EVP_sha512(), "key", body))}},
             {{"x-sig", "v1," + base64_of(byte_vector(64, 7))}});
    verifies("SHA-1", verifier<sha1, system_clock, Hash>{key.as_secret()},
             {{"x-sig", hex_of(hmac(EVP_sha1(), "key", body))}}, {{"x-sig", std::string(40, 'a')}});
    verifies("a token",
             verifier<toys::token, system_clock, Hash>{key.as_secret(), accepting<weakness::body_not_signed>},
             {{"x-token", "key"}}, {{"x-token", "kez"}});
    verifies("a token of another length",
             verifier<toys::token, system_clock, Hash>{{other.as_secret(), key.as_secret()},
                                                       accepting<weakness::body_not_signed>},
             {{"x-token", "other"}}, {{"x-token", "o"}});
    verifies("a plain hash",
             verifier<toys::hashed, system_clock, Hash>{key.as_secret(), accepting<weakness::plain_hash>},
             {{"x-sig", hex_of(digest_of(EVP_sha256(), "key" + body))}}, {{"x-sig", hex}});
}

} // namespace

extern "C" int CRYPTO_memcmp(const void* a, const void* b, std::size_t size) {
    ++compared;
#ifdef HOOKSEAL_TESTS_LEAK
    const auto* left = static_cast<const unsigned char*>(a);
    const auto* right = static_cast<const unsigned char*>(b);
    for (std::size_t i = 0; i < size; ++i)
        if (left[i] != right[i]) return 1;
    return 0;
#else
    static auto* const real =
        reinterpret_cast<int (*)(const void*, const void*, std::size_t)>(dlsym(RTLD_NEXT, "CRYPTO_memcmp"));
    int differ = real(a, b, size);
    VALGRIND_MAKE_MEM_DEFINED(&differ, sizeof differ);
    // Which bits differ is as secret as before: only that some do is told.
    return differ == 0 ? 0 : 1;
#endif
}

int main() {
    all_of<low_level_hash>();
    all_of<evp_hash>();
    std::printf("%d comparisons, %d failed\n", compared, wrong);
    return wrong == 0 ? 0 : 1;
}
