// SPDX-License-Identifier: MIT
#include <hookseal/remote_keys.hpp>

#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/schemes/jwt.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "crypto/certificates.hpp"
#include "support/catch.hpp"
#include "verifier/tokens.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

/// Tokens by ES256 keys that are found by their `kid`.
struct by_kid {
    static constexpr jwt_scheme scheme{
        .name = "by_kid",
        .algorithms = {jose_algorithm::es256},
        .signer = jwt_signer::kid,
        .token = header("token"),
        .body_digest = {.claim = "body"},
    };
};

/// The same by shared secrets of issuers.
struct by_issuer {
    static constexpr jwt_scheme scheme{
        .name = "by_issuer",
        .signer = jwt_signer::issuer,
        .token = header("token"),
        .body_digest = {.claim = "body"},
    };
};

struct by_certificate {
    static constexpr signed_scheme scheme{
        .name = "by_certificate",
        .proof = proof::ecdsa_der,
        .encoding = encoding::base64,
        .signature = header("signature"),
        .signed_content = "{body}",
        .certificate = {.at = header("url"),
                        .allowed = {{"https://keys.example.com/{name}.pem", "", "signer.example"}}},
    };
};

/// What may be fetched, and how often it was.
struct key_server {
    std::map<std::string, std::string, std::less<>> keys{};
    std::string set{}; ///< if any, the answer to everything
    bool down = false;
    std::chrono::seconds good_for = 1h;
    std::vector<std::string> asked{};

    [[nodiscard]] auto fetch() {
        return [this](const key_hint& wanted) -> fetched_key {
            asked.emplace_back(wanted.value);
            if (down) throw std::runtime_error("no connection");
            if (!set.empty()) return {public_key(set), good_for};
            const auto found = keys.find(wanted.value);
            if (found == keys.end()) return fetched_key::unknown();
            return {public_key(found->second), good_for};
        };
    }
};

struct moving_clock {
    const std::int64_t* at;
    [[nodiscard]] std::optional<std::chrono::sys_seconds> now() const noexcept {
        if (*at < 0) return std::nullopt;
        return std::chrono::sys_seconds(std::chrono::seconds(*at));
    }
};

const std::string body = R"({"id":"e1"})";

/// The verdict on a token that names this key.
template <class Verifier>
error verdict(const Verifier& with, const es256_key& key, std::string_view kid, std::int64_t issued) {
    const header_list headers{{"token", key.token(kid, issued, body)}};
    return with.verify(request{headers, body}).error();
}

} // namespace

TEST_CASE("remote_keys: a key is fetched when it is first named, and kept for as long as it is good") {
    const es256_key a;
    key_server server{.keys = {{"a", a.jwk("a")}}};
    const remote_keys<by_kid> keys{server.fetch()};
    std::int64_t time = now;
    const verifier<by_kid, moving_clock> v(keys, {}, {&time});
    CHECK(server.asked.empty());
    CHECK(verdict(v, a, "a", time) == error::none);
    CHECK(verdict(v, a, "a", time) == error::none);
    CHECK(server.asked.size() == 1);
    time += 3599;
    CHECK(verdict(v, a, "a", time) == error::none);
    CHECK(server.asked.size() == 1);
    time += 1;
    CHECK(verdict(v, a, "a", time) == error::none);
    CHECK(server.asked.size() == 2);
}

TEST_CASE("remote_keys: an unknown key is 401, a source that cannot be asked is 503, and so is a clock") {
    const es256_key a;
    key_server server{.keys = {{"a", a.jwk("a")}}};
    const remote_keys<by_kid> keys{server.fetch()};
    std::int64_t time = now;
    const verifier<by_kid, moving_clock> v(keys, {}, {&time});
    CHECK(verdict(v, a, "b", time) == error::unknown_key);
    server.down = true;
    CHECK(verdict(v, a, "a", time) == error::key_source_failed);
    CHECK(http_status(error::unknown_key) == 401);
    CHECK(http_status(error::key_source_failed) == 503);
    server.down = false;
    CHECK(verdict(v, a, "a", time) == error::none);
    server.down = true;
    CHECK(verdict(v, a, "a", time) == error::none); // it is kept
    time = -1;
    CHECK(verdict(v, a, "a", now) == error::clock_failed);
}

TEST_CASE("remote_keys: what a request says of itself is read before anybody is asked for its key") {
    key_server server;
    const remote_keys<by_kid> keys{server.fetch()};
    const verifier<by_kid, testing::manual_clock> v(keys, {}, testing::manual_clock{now});
    const es256_key a;
    const header_list without_kid{{"token", a.token("", now, body)}};
    CHECK(v.verify(request{without_kid, body}).error() == error::malformed_signature);
    const header_list no_token{{"token", "x.y.z"}};
    CHECK(v.verify(request{no_token, body}).error() == error::malformed_signature);
    const header_list none;
    CHECK(v.verify(request{none, body}).error() == error::missing_signature);
    CHECK(server.asked.empty());
}

TEST_CASE(
    "remote_keys: ids that nobody knows cause a bounded number of fetches, and hinder no key that is kept") {
    const es256_key a;
    key_server server{.keys = {{"a", a.jwk("a")}, {"new", a.jwk("new")}}};
    const remote_keys<by_kid> keys{server.fetch(), {.fetches = 5, .per = 60s}};
    std::int64_t time = now;
    const verifier<by_kid, moving_clock> v(keys, {}, {&time});
    CHECK(verdict(v, a, "a", time) == error::none);
    for (int i = 0; i < 4; ++i)
        CHECK(verdict(v, a, "x" + std::to_string(i), time) == error::unknown_key);
    for (int i = 0; i < 100; ++i)
        CHECK(verdict(v, a, "y" + std::to_string(i), time) == error::key_source_failed);
    CHECK(server.asked.size() == 5);
    CHECK(verdict(v, a, "a", time) == error::none);
    CHECK(verdict(v, a, "new", time) == error::key_source_failed); // nobody knows yet: come again
    time += 60;
    CHECK(verdict(v, a, "new", time) == error::none);
}

TEST_CASE("remote_keys: a key that was known is fetched again though strangers have used up the fetches") {
    const es256_key a;
    key_server server{.keys = {{"a", a.jwk("a")}}, .good_for = 30s};
    const remote_keys<by_kid> keys{server.fetch(), {.fetches = 2, .per = 600s}};
    std::int64_t time = now;
    const verifier<by_kid, moving_clock> v(keys, {}, {&time});
    CHECK(verdict(v, a, "a", time) == error::none);
    CHECK(verdict(v, a, "x", time) == error::unknown_key);
    CHECK(verdict(v, a, "y", time) == error::key_source_failed);
    time += 30;
    CHECK(verdict(v, a, "a", time) == error::none);
    // While it cannot be had, it is asked for once a second and not once a request.
    time += 30;
    server.down = true;
    const std::size_t before = server.asked.size();
    for (int i = 0; i < 50; ++i)
        CHECK(verdict(v, a, "a", time) == error::key_source_failed);
    CHECK(server.asked.size() == before + 1);
}

TEST_CASE("remote_keys: a JWK Set is fetched once for all its keys, and again for one that is not in it") {
    const es256_key a;
    const es256_key b;
    const es256_key c;
    key_server server{.set = jwk_set_of({a.jwk("a"), b.jwk("b")})};
    const remote_keys<by_kid> keys{server.fetch(), {.set_stays = 300s}};
    std::int64_t time = now;
    const verifier<by_kid, moving_clock> v(keys, {}, {&time});
    CHECK(verdict(v, a, "a", time) == error::none);
    CHECK(verdict(v, b, "b", time) == error::none);
    CHECK(verdict(v, a, "b", time) == error::signature_mismatch);
    CHECK(server.asked.size() == 1);
    CHECK(verdict(v, c, "c", time) == error::unknown_key);
    CHECK(server.asked.size() == 1);
    server.set = jwk_set_of({b.jwk("b"), c.jwk("c")});
    time += 299;
    CHECK(verdict(v, c, "c", time) == error::unknown_key);
    time += 1;
    CHECK(verdict(v, c, "c", time) == error::none);
    CHECK(server.asked.size() == 2);
}

TEST_CASE("remote_keys: of a set only keys of use are used") {
    const es256_key a;
    const std::string private_key = a.jwk("a", R"(,"d":"AQAB")");
    const std::string encryption = a.jwk("a", R"(,"use":"enc")");
    const std::string other_algorithm = a.jwk("a", R"(,"alg":"ES384")");
    const std::string many = [&] {
        std::vector<std::string> all;
        for (int i = 0; i < 20; ++i)
            all.push_back(es256_key().jwk("k" + std::to_string(i)));
        all.push_back(a.jwk("a"));
        return jwk_set_of(all);
    }();
    const auto verdict_on = [&](const std::string& set) {
        key_server server{.set = set};
        const remote_keys<by_kid> keys{server.fetch()};
        const verifier<by_kid, testing::manual_clock> v(keys, {}, testing::manual_clock{now});
        return verdict(v, a, "a", now);
    };
    for (const std::string& bad : {private_key, encryption, other_algorithm})
        CHECK(verdict_on(jwk_set_of({bad})) == error::unknown_key);
    CHECK(verdict_on(jwk_set_of({a.jwk("A")})) == error::unknown_key);
    CHECK(verdict_on(many) == error::none);
    CHECK(verdict_on("no key at all") == error::key_source_failed);
}

TEST_CASE("remote_keys: a single key that calls itself by another id proves nothing") {
    const es256_key a;
    key_server server{.keys = {{"a", a.jwk("b")}}};
    const remote_keys<by_kid> keys{server.fetch()};
    const verifier<by_kid, testing::manual_clock> v(keys, {}, testing::manual_clock{now});
    CHECK(verdict(v, a, "a", now) == error::unknown_key);
}

TEST_CASE("remote_keys: a key that was forgotten is asked for again") {
    const es256_key a;
    key_server server{.keys = {{"a", a.jwk("a")}}};
    remote_keys<by_kid> keys{server.fetch()};
    const verifier<by_kid, testing::manual_clock> v(keys, {}, testing::manual_clock{now});
    CHECK(verdict(v, a, "a", now) == error::none);
    keys.forget("a");
    server.keys.clear();
    CHECK(verdict(v, a, "a", now) == error::unknown_key);

    key_server with_set{.set = jwk_set_of({a.jwk("a")})};
    remote_keys<by_kid> of_set{with_set.fetch()};
    const verifier<by_kid, testing::manual_clock> w(of_set, {}, testing::manual_clock{now});
    CHECK(verdict(w, a, "a", now) == error::none);
    of_set.forget("a");
    with_set.set = jwk_set_of({es256_key().jwk("b")});
    CHECK(verdict(w, a, "a", now) == error::unknown_key);
}

TEST_CASE("remote_keys: of more keys than are kept, the one used longest ago gives way") {
    const es256_key a;
    key_server server{.keys = {{"a", a.jwk("a")}, {"b", a.jwk("b")}, {"c", a.jwk("c")}}};
    const remote_keys<by_kid> keys{server.fetch(), {.most_kept = 2}};
    const verifier<by_kid, testing::manual_clock> v(keys, {}, testing::manual_clock{now});
    for (const char* kid : {"a", "b", "a", "c", "a", "b"})
        CHECK(verdict(v, a, kid, now) == error::none);
    CHECK(server.asked == std::vector<std::string>{"a", "b", "c", "b"});
}

TEST_CASE("remote_keys: a verification that has begun keeps its key through eviction") {
    const es256_key a;
    key_server server{.keys = {{"a", a.jwk("a")}, {"b", a.jwk("b")}}};
    remote_keys<by_kid> keys{server.fetch(), {.most_kept = 1}};
    const verifier<by_kid, testing::manual_clock> v(keys, {}, testing::manual_clock{now});
    const header_list headers{{"token", a.token("a", now, body)}};
    auto running = v.begin(request{headers});
    CHECK(verdict(v, a, "b", now) == error::none);
    keys.forget("b");
    auto moved = std::move(running);
    moved.update(body);
    CHECK(std::move(moved).finish(body).has_value());
}

TEST_CASE("remote_keys: secrets are found by the issuer that a token names") {
    std::vector<std::string> asked;
    const remote_keys<by_issuer> keys{[&](const key_hint& wanted) -> fetched_key {
        asked.emplace_back(wanted.value);
        if (wanted.value == "north") return secret("the secret of the north");
        return fetched_key::unknown();
    }};
    const verifier<by_issuer, testing::manual_clock> v(keys, {}, testing::manual_clock{now});
    const auto verdict_on = [&](std::string_view issuer, std::string_view with) {
        const header_list headers{{"token", hs256_token(with, issuer, now, body)}};
        return v.verify(request{headers, body}).error();
    };
    CHECK(verdict_on("north", "the secret of the north") == error::none);
    CHECK(verdict_on("north", "another") == error::signature_mismatch);
    CHECK(verdict_on("south", "the secret of the north") == error::unknown_key);
    CHECK(asked == std::vector<std::string>{"north", "south"});
}

TEST_CASE("remote_keys: settings and sources that make no sense build no verifier") {
    const auto nothing = [](const key_hint&) { return fetched_key(); };
    const auto refusal = [&](const remote_keys_settings& settings) {
        const remote_keys<by_kid> keys{nothing, settings};
        return verifier<by_kid>::make(keys).error();
    };
    CHECK(refusal({}) == error::none);
    CHECK(refusal({.most_kept = 0}) == error::invalid_tolerance);
    CHECK(refusal({.most_kept = 65}) == error::invalid_tolerance);
    CHECK(refusal({.keep_for = 0s}) == error::invalid_tolerance);
    CHECK(refusal({.fetches = 0}) == error::invalid_tolerance);
    CHECK(refusal({.per = 0s}) == error::invalid_tolerance);
    CHECK(refusal({.set_stays = -1s}) == error::invalid_tolerance);
    CHECK(refusal({.roots = "no certificate"}) == error::malformed_secret);
    const remote_keys<by_issuer> others{nothing};
    CHECK(verifier<by_kid>::make(others).error() == error::unsuitable_key);
    CHECK_THROWS_AS(verifier<by_kid>(others), configuration_error);
    CHECK(dynamic_verifier<>::make(scheme_ref::of<by_kid>(), others).error() == error::unsuitable_key);
    CHECK(dynamic_verifier<>::make(scheme_ref::of<by_issuer>(), others).has_value());
}

namespace {

/// Deliveries by the key of a certificate, and who verifies them.
struct certified {
    openssl_key root_key = new_ec_key("P-256");
    openssl_key key = new_ec_key("P-256");
    openssl_certificate root = certify(root_key, {.name = "the root", .authority = true});

    [[nodiscard]] header_list headers(const std::string& url = "https://keys.example.com/one.pem") const {
        const byte_vector made = sign(key, body);
        return {{"signature", base64_of(made)}, {"url", url}};
    }
    [[nodiscard]] error verdict(const std::string& pem, const remote_keys_settings& settings = {},
                                std::int64_t at = now, std::size_t* fetches = nullptr,
                                const std::string& url = "https://keys.example.com/one.pem") const {
        std::size_t count = 0;
        const remote_keys<by_certificate> keys{[&](const key_hint& wanted) -> fetched_key {
                                                   ++count;
                                                   CHECK(wanted.what == key_hint::kind::certificate_url);
                                                   CHECK(wanted.name == "signer.example");
                                                   return public_key(pem);
                                               },
                                               settings};
        const verifier<by_certificate, testing::manual_clock> v(keys, {}, testing::manual_clock{at});
        const header_list delivered = headers(url);
        const error first = v.verify(request{delivered, body}).error();
        CHECK(v.verify(request{delivered, body}).error() == first);
        if (fetches != nullptr) *fetches = count;
        return first;
    }
};

} // namespace

TEST_CASE("remote_keys: a certificate counts for its name, its time and its chain") {
    const certified c;
    const std::string good = pem_of(certify(c.key, {}, &c.root_key, &c.root));
    const std::string roots = pem_of(c.root);
    const std::string other_roots =
        pem_of(certify(new_ec_key("P-256"), {.name = "another", .authority = true}));
    std::size_t fetches = 0;
    CHECK(c.verdict(good, {}, now, &fetches) == error::none);
    CHECK(fetches == 1);
    CHECK(c.verdict(good, {.roots = roots}) == error::none);
    CHECK(c.verdict(good, {.roots = other_roots}) == error::key_source_failed);
    CHECK(c.verdict(good, {}, 1'800'000'001) == error::key_source_failed);
    CHECK(c.verdict(good, {}, 1'699'999'999) == error::key_source_failed);
    CHECK(c.verdict(pem_of(certify(c.key, {.name = "signer.example.evil"}, &c.root_key, &c.root)))
          == error::key_source_failed);
    CHECK(c.verdict(pem_of(certify(new_ec_key("P-256"), {}, &c.root_key, &c.root)))
          == error::signature_mismatch);
    CHECK(c.verdict(public_pem(c.key)) == error::key_source_failed);
}

TEST_CASE("remote_keys: nobody is asked for a certificate elsewhere than at its provider's") {
    const certified c;
    const std::string good = pem_of(certify(c.key, {}, &c.root_key, &c.root));
    for (const char* url : {"https://evil.example/one.pem", "http://keys.example.com/one.pem",
                            "https://keys.example.com:443/one.pem", "https://keys.example.com/one.pem?"}) {
        std::size_t fetches = 7;
        CHECK(c.verdict(good, {}, now, &fetches, url) == error::forbidden_key_url);
        CHECK(fetches == 0);
    }
}

TEST_CASE("remote_keys: a certificate is kept no longer than it is valid") {
    const certified c;
    std::size_t fetches = 0;
    const remote_keys<by_certificate> keys{[&](const key_hint&) -> fetched_key {
        ++fetches;
        return {public_key(pem_of(certify(c.key, {.to = now + 10}, &c.root_key, &c.root))), 24h};
    }};
    std::int64_t time = now;
    const verifier<by_certificate, moving_clock> v(keys, {}, {&time});
    const header_list delivered = c.headers();
    CHECK(v.verify(request{delivered, body}).has_value());
    time += 10;
    CHECK(v.verify(request{delivered, body}).has_value());
    CHECK(fetches == 1);
    time += 1;
    CHECK(v.verify(request{delivered, body}).error() == error::key_source_failed);
    CHECK(fetches == 2);
}

TEST_CASE("remote_keys: many threads share one source, and a crowd asks once", "[threads]") {
    const es256_key a;
    std::atomic<int> asked = 0;
    remote_keys<by_kid> keys{[&](const key_hint& wanted) -> fetched_key {
                                 ++asked;
                                 if (wanted.value.starts_with("x")) return fetched_key::unknown();
                                 return public_key(a.jwk(std::string(wanted.value)));
                             },
                             {.most_kept = 2, .fetches = 1000000}};
    const verifier<by_kid, testing::manual_clock> v(keys, {}, testing::manual_clock{now});
    std::atomic<int> wrong = 0;
    std::vector<std::thread> crowd;
    for (int t = 0; t < 4; ++t)
        crowd.emplace_back([&] {
            if (verdict(v, a, "a", now) != error::none) ++wrong;
        });
    for (std::thread& t : crowd)
        t.join();
    CHECK(asked == 1);
    CHECK(wrong == 0);

    crowd.clear();
    for (int t = 0; t < 4; ++t)
        crowd.emplace_back([&, t] {
            for (int i = 0; i < 30; ++i) {
                const std::string kid = std::string(1, static_cast<char>('a' + (i + t) % 4));
                if (verdict(v, a, kid, now) != error::none) ++wrong;
                if (verdict(v, a, "x", now) != error::unknown_key) ++wrong;
                if (i % 10 == 0) keys.forget(kid);
            }
        });
    for (std::thread& t : crowd)
        t.join();
    CHECK(wrong == 0);
}
