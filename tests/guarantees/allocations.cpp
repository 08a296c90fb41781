// SPDX-License-Identifier: MIT
// Guarantee: verifying with HMAC keys and `low_level_hash` allocates nothing, neither does asking an event for its id.
// Every allocation of the process is counted: glibc's malloc itself is replaced, which operator new and OpenSSL call.
#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "guarantees/outcome.hpp"
#include "verifier/toys.hpp"

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace hookseal;
using namespace hookseal_tests;
using testing::manual_clock;

#if defined(__GLIBC__) && !defined(HOOKSEAL_TESTS_SANITIZED)

namespace {

std::size_t allocated = 0;

/// A list of many keys' worth of signatures, base64, a name that is known twice: what costs most to read.
struct elaborate {
    static constexpr signed_scheme scheme{
        .name = "elaborate",
        .digest = digest::sha512,
        .encoding = encoding::base64,
        .signature = header("x-sig").or_header("sig").item("v1,", ' '),
        .timestamp = header("x-time").or_header("time"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content = "{method|lower}{url}[{query:a};]{event_id}.{timestamp}.{json:text}.{body}",
        .event_id = header("x-id").or_header("id"),
        .event_type = json("type"),
    };
};

/// How many allocations a function makes.
template <class Function>
std::size_t allocations_of(Function function) {
    const std::size_t before = allocated;
    function();
    return allocated - before;
}

const std::string body = R"({"id":"evt_1","type":"a\u002eb","text":"\u00e4"})";
const std::string url = "https://example.com/hook?a=x%20y";

template <class Verifier>
void verifies_for_free(const char* what, const Verifier& v, const header_list& headers, error expected) {
    const request r = request{headers, body}.at(url);
    error verdict = error::unverified;
    std::size_t id_size = 0;
    const std::size_t count = allocations_of([&] {
        const auto event = v.verify(r);
        verdict = event.error();
        if (event) id_size = event->id().view().size() + event->type().view().size();
    });
    expect(verdict == expected, what, "has another verdict");
    expect(count == 0, what, "allocates");
    expect(verdict != error::none || id_size != 0, what, "has no id");
}

} // namespace

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) {
    ++allocated;
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    ++allocated;
    return __libc_calloc(count, size);
}
void* realloc(void* at, std::size_t size) {
    ++allocated;
    return __libc_realloc(at, size);
}
void free(void* at) { __libc_free(at); }
}

int main() {
    // The counter counts: what C++, C and OpenSSL allocate.
    expect(allocations_of([] { delete new volatile int(1); }) == 1, "operator new", "is not counted");
    expect(allocations_of([] { OPENSSL_free(OPENSSL_malloc(8)); }) == 1, "OPENSSL_malloc", "is not counted");

    const secret a("a");
    const secret b("b");
    const secret c("key");
    const std::string time = std::to_string(now);
    const std::string content = time + "." + body;
    const verifier<toys::timed, manual_clock> timed{{a, b, c}, {}, manual_clock{now}};
    const header_list good{{"Host", "example.com"}, {"X-Sig", timed_header("key", body)}};
    verifies_for_free("a genuine delivery under three keys", timed, good, error::none);
    const header_list many{{"x-sig", "t=" + time + ",v1=00,v1=zz,v0=1,v1=" + hmac_sha256_hex("b", content)}};
    verifies_for_free("several signatures", timed, many, error::none);
    const header_list bad{{"x-sig", timed_header("other", body)}};
    verifies_for_free("a forged one", timed, bad, error::signature_mismatch);
    const header_list stale{{"x-sig", timed_header("key", body, now - 301)}};
    verifies_for_free("a stale one", timed, stale, error::timestamp_too_old);
    const header_list endless{{"x-sig", std::string(100'000, ',')}};
    verifies_for_free("an endless header", timed, endless, error::too_large);
    const header_list none;
    verifies_for_free("one without a signature", timed, none, error::missing_signature);

    const verifier<elaborate, manual_clock> all{c, {}, manual_clock{now}};
    const std::string elaborate_content = "post" + url + "x y;msg_1.2026-01-01T00:00:00Z.\xC3\xA4." + body;
    const header_list headers{
        {"Time", "2026-01-01T00:00:00Z"},
        {"Id", "msg_1"},
        {"Sig", "v2,x v1,AAAA v1," + base64_of(hmac(EVP_sha512(), "key", elaborate_content))}};
    verifies_for_free("an elaborate scheme", all, headers, error::none);

    const std::size_t in_pieces = allocations_of([&] {
        auto running = timed.begin(request{good});
        running.update(std::string_view(body).substr(0, 9));
        running.update(std::string_view(body).substr(9));
        expect(std::move(running).finish(body).error() == error::none, "a body in pieces", "is not accepted");
    });
    expect(in_pieces == 0, "a body in pieces", "allocates");

    // For the record, and without a promise: who goes through OpenSSL's EVP interface pays for it there.
    const auto told = [&](const char* what, const auto& v, const header_list& h) {
        static_cast<void>(v.verify(request{h, body})); // what is fetched once and kept
        std::size_t count = 0;
        count = allocations_of([&] {
            expect(v.verify(request{h, body}).has_value(), what, "is not accepted");
        });
        std::printf("allocations of %s: %zu\n", what, count);
    };
    const verifier<toys::plain, manual_clock, evp_hash> evp{c, {}, manual_clock{now}};
    told("HMAC through EVP", evp, {{"x-sig", hmac_sha256_hex("key", body)}});
    const verifier<toys::token> token{c, accepting<weakness::body_not_signed>};
    told("a token", token, {{"x-token", "key"}});
    const verifier<toys::open, manual_clock> open{public_key(public_key_of_it), {}, manual_clock{now}};
    told("Ed25519", open, {{"x-time", time}, {"x-sig", ed25519_signature(time + body)}});

    const verifier<toys::plain> plain{c};
    const header_list plain_headers{{"x-sig", hmac_sha256_hex("key", body)}};
    static_cast<void>(plain.begin(request{plain_headers}));
    std::printf("allocations of a body in pieces whose digest is taken: %zu\n", allocations_of([&] {
                    auto running = plain.begin(request{plain_headers});
                    running.update(body);
                    expect(std::move(running).finish().has_value(), "a digest on the way", "is not accepted");
                }));
    return outcome();
}

#else

int main() { return not_here("allocations are counted by replacing glibc's malloc, without sanitizers"); }

#endif
