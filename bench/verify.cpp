// SPDX-License-Identifier: MIT
// What a verification of a Slack-shaped delivery costs: by size of the body, in one piece and in many, with several
// secrets, with few and many headers, and refused, beside the bare hash and the code that people write by hand.
#include "support/deliveries.hpp"
#include "support/hand_written.hpp"
#include "support/harness.hpp"

#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/hmac.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/verifier.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookseal_bench {

namespace {

using hookseal::secret;
using slack = hookseal::providers::slack;

template <class Hash = hookseal::default_hash>
using verifier = hookseal::verifier<slack, hookseal::system_clock, Hash>;

constexpr std::string_view key = "8f742231b10e8888abcd99yyyzzz85a5";
constexpr std::size_t sizes[] = {64, 256, 1024, 4096, 16 * 1024, 1024 * 1024};
constexpr std::size_t size_of_prefix = std::string_view("v0:1767225600:").size();

void expect(const hookseal::result<hookseal::verified_event>& event) {
    if (!event) fail(message(event.error()));
}

template <class Hash>
void verify(benchmark::State& state, std::size_t size, std::size_t headers = 12) {
    const verifier<Hash> v{secret(key)};
    const deliveries from = deliveries::of<slack>(secret(key), size, headers);
    measure(state, [&](std::size_t i) {
        auto event = v.verify(from[i].request());
        expect(event);
        benchmark::DoNotOptimize(event);
    });
}

void verify_in_pieces(benchmark::State& state, std::size_t size, std::size_t piece) {
    const verifier<> v{secret(key)};
    const deliveries from = deliveries::of<slack>(secret(key), size);
    measure(state, [&](std::size_t i) {
        const std::string_view body = from[i].body;
        auto running = v.begin(hookseal::request{from[i].headers});
        for (std::size_t at = 0; at < body.size(); at += piece)
            running.update(body.substr(at, piece));
        auto event = std::move(running).finish();
        expect(event);
        benchmark::DoNotOptimize(event);
    });
}

limit three_times(limit bare) {
    bare.times = 3;
    return bare;
}

void verify_third_secret(benchmark::State& state) {
    const secret a("the newest secret, which nobody has signed with yet"),
        b("the one before, for another endpoint"), c(key);
    const verifier<> v{{a, b, c}};
    const deliveries from = deliveries::of<slack>(secret(key), 1024);
    measure(state, [&](std::size_t i) {
        auto event = v.verify(from[i].request());
        expect(event);
        benchmark::DoNotOptimize(event);
    });
}

template <class Spoil>
void refuse(benchmark::State& state, hookseal::error why, Spoil spoil) {
    const verifier<> v{secret(key)};
    deliveries from = deliveries::of<slack>(secret(key), 1024);
    for (delivery& d : from.all())
        spoil(d);
    measure(state, [&](std::size_t i) {
        auto event = v.verify(from[i].request());
        if (event.error() != why) fail("refused for another reason");
        benchmark::DoNotOptimize(event);
    });
}

std::string& value_of(delivery& d, std::string_view name) {
    for (auto& [own, value] : d.headers)
        if (own == name) return value;
    fail("no such header");
}

void verify_by_hand(benchmark::State& state, std::size_t size) {
    const std::string secret_text(key);
    deliveries from = deliveries::of<slack>(secret(key), size);
    std::vector<header_map> maps;
    for (const delivery& d : from.all())
        maps.emplace_back(d.headers.begin(), d.headers.end());
    measure(state, [&](std::size_t i) {
        bool good = verify_slack_by_hand(maps[i % maps.size()], from[i].body, secret_text);
        if (!good) fail("the hand-written code refuses");
        benchmark::DoNotOptimize(good);
    });
}

/// The cryptography alone: two updates under a prepared key, as content and body come.
template <class Hash>
void prepared_hmac(benchmark::State& state, std::size_t size) {
    hookseal::hmac_key<Hash> prepared;
    if (!prepared.prepare(hookseal::digest::sha256, key)) fail("no key");
    const deliveries from = deliveries::of<slack>(secret(key), size);
    measure(state, [&](std::size_t i) {
        unsigned char tag[hookseal::max_digest_size];
        hookseal::running_hmac<Hash> running;
        if (!running.start(prepared) || !running.update("v0:1767225600:") || !running.update(from[i].body)
            || running.finish(prepared, tag) != 32)
            fail("no tag");
        benchmark::DoNotOptimize(tag);
    });
}

} // namespace

void add_benchmarks() {
    using hookseal::default_hash;
    using hookseal::evp_hash;
    for (const std::size_t size : sizes) {
        const limit bare = sha256_limit(size_of_prefix + size);
        const std::string in_bytes = "/" + std::to_string(size);
        add("verify" + in_bytes, bare, [=](auto& state) { verify<default_hash>(state, size); });
        add("verify_by_hand" + in_bytes, bare, [=](auto& state) { verify_by_hand(state, size); });
        add("hmac_prepared" + in_bytes, bare, [=](auto& state) { prepared_hmac<default_hash>(state, size); });
        add("verify_through_evp" + in_bytes, bare, [=](auto& state) { verify<evp_hash>(state, size); });
    }
    const limit bare = sha256_limit(size_of_prefix + 1024);
    add("verify_in_pieces_of_1024/16384", sha256_limit(size_of_prefix + 16 * 1024),
        [](auto& state) { verify_in_pieces(state, 16 * 1024, 1024); });
    add("verify_third_of_3_secrets/1024", three_times(bare), verify_third_secret);
    for (const std::size_t headers : {std::size_t{4}, std::size_t{40}})
        add("verify_among_" + std::to_string(headers) + "_headers/1024", bare,
            [=](auto& state) { verify<default_hash>(state, 1024, headers); });

    add("refuse_unsigned/1024", bare, [](auto& state) {
        refuse(state, hookseal::error::missing_signature, [](delivery& d) {
            std::erase_if(d.headers, [](const auto& header) { return header.first == "X-Slack-Signature"; });
        });
    });
    add("refuse_stale/1024", bare, [](auto& state) {
        refuse(state, hookseal::error::timestamp_too_old,
               [](delivery& d) { value_of(d, "X-Slack-Request-Timestamp") = "1531420618"; });
    });
    add("refuse_forged/1024", bare, [](auto& state) {
        refuse(state, hookseal::error::signature_mismatch, [](delivery& d) {
            char& digit = value_of(d, "X-Slack-Signature").back();
            digit = digit == '0' ? '1' : '0';
        });
    });
}

} // namespace hookseal_bench
