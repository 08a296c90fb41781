// SPDX-License-Identifier: MIT
// The main cases, each run so many times: cases NAME COUNT. tools/instructions.py counts the instructions of two counts
// and takes the difference, so that what happens before the first delivery is not counted.
#include "support/deliveries.hpp"

#include <hookseal/core/clock.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/github.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/providers/standard_webhooks.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookseal_bench {

void fail(std::string_view why) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(why.size()), why.data());
    std::exit(1);
}

namespace {

namespace providers = hookseal::providers;
using hookseal::secret;

const secret& key() {
    static const secret one = secret::from_bytes(std::vector<unsigned char>(32, 0x5a));
    return one;
}

void need(bool condition) {
    if (!condition) fail("a delivery got another verdict than it should");
}

template <class Provider>
void verify_with(const hookseal::verifier<Provider>& v, std::size_t count, std::size_t size = 1024) {
    const deliveries from = deliveries::of<Provider>(key(), size);
    for (std::size_t i = 0; i < count; ++i)
        need(v.verify(from[i].request()).has_value());
}

template <class Provider>
void verify(std::size_t count, std::size_t size = 1024) {
    verify_with(hookseal::verifier<Provider>{key()}, count, size);
}

void verify_third_secret(std::size_t count) {
    const secret first("the newest secret, which nobody has signed with yet");
    const secret second("the one before, for another endpoint");
    verify_with(hookseal::verifier<providers::slack>{{first, second, key()}}, count);
}

void verify_in_pieces(std::size_t count) {
    const hookseal::verifier<providers::slack> v{key()};
    const deliveries from = deliveries::of<providers::slack>(key(), 16 * 1024);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view body = from[i].body;
        auto running = v.begin(hookseal::request{from[i].headers});
        for (std::size_t at = 0; at < body.size(); at += 1024)
            running.update(body.substr(at, 1024));
        need(std::move(running).finish().has_value());
    }
}

void refuse_unsigned(std::size_t count) {
    const hookseal::verifier<providers::slack> v{key()};
    deliveries from = deliveries::of<providers::slack>(key(), 1024);
    for (delivery& d : from.all())
        std::erase_if(d.headers, [](const auto& header) { return header.first == "X-Slack-Signature"; });
    for (std::size_t i = 0; i < count; ++i)
        need(v.verify(from[i].request()).error() == hookseal::error::missing_signature);
}

void sign(std::size_t count) {
    const hookseal::signer<providers::stripe> s{key()};
    const std::string body = json_body(1024, 0);
    for (std::size_t i = 0; i < count; ++i)
        need(s.sign({.body = body}).has_value());
}

/// The same sixteen events again and again.
void receive_duplicates(std::size_t count) {
    const hookseal::verifier<providers::standard_webhooks> v{key()};
    hookseal::lru_ttl_store seen{1024};
    const hookseal::receiver receiver{v, seen};
    const deliveries from = deliveries::of<providers::standard_webhooks>(key(), 1024);
    for (std::size_t i = 0; i < count; ++i)
        need(receiver(from[i].request(), [](const hookseal::verified_event&) {}).status == 200);
}

const std::map<std::string_view, std::function<void(std::size_t)>> cases = {
    {"verify_slack_64", [](std::size_t n) { verify<providers::slack>(n, 64); }},
    {"verify_slack_1k", [](std::size_t n) { verify<providers::slack>(n); }},
    {"verify_slack_16k", [](std::size_t n) { verify<providers::slack>(n, 16 * 1024); }},
    {"verify_slack_third_secret", verify_third_secret},
    {"verify_stripe_1k", [](std::size_t n) { verify<providers::stripe>(n); }},
    {"verify_github_1k", [](std::size_t n) { verify<providers::github>(n); }},
    {"verify_standard_webhooks_1k", [](std::size_t n) { verify<providers::standard_webhooks>(n); }},
    {"verify_in_pieces_16k", verify_in_pieces},
    {"refuse_unsigned", refuse_unsigned},
    {"sign_stripe_1k", sign},
    {"receive_duplicate_1k", receive_duplicates},
};

} // namespace

} // namespace hookseal_bench

int main(int argc, char** argv) {
    using hookseal_bench::cases;
    if (argc == 1) {
        for (const auto& [name, run] : cases)
            std::printf("%.*s\n", static_cast<int>(name.size()), name.data());
        return 0;
    }
    const auto found = cases.find(argv[1]);
    if (found == cases.end() || argc != 3) return 2;
    found->second(std::strtoul(argv[2], nullptr, 10));
    return 0;
}
