// SPDX-License-Identifier: MIT
#include <hookseal/schemes/http_message_signature_reader.hpp>

#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "support/catch.hpp"
#include "verifier/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

struct by_secret {
    static constexpr http_message_signature scheme{
        .name = "by_secret",
        .algorithms = {signature_algorithm::hmac_sha256},
        .required = {"@method", "@authority", "@path", "content-digest"},
        .required_if_present = {"x-agent"},
        .query_required_if_present = true,
        .longest_validity = seconds(600),
    };
};
struct tagged {
    static constexpr http_message_signature scheme{
        .name = "tagged",
        .algorithms = {signature_algorithm::hmac_sha256},
        .tag = "ours",
        .required = {"content-digest"},
        .expires_required = true,
        .nonce_required = true,
        .algorithm_required = true,
        .base64url = true,
    };
};

const std::string body = R"({"id":"e1"})";
const std::string url = "https://Us.example:443/hook?a=b%20c&d";
const std::string key = "a secret that signs messages";
const std::string digest_field = "sha-256=:" + base64_of(digest_of(EVP_sha256(), body)) + ":";
const std::string list = R"(("@method" "@authority" "@path" "@query" "content-digest"))";
const std::string parameters = ";created=" + std::to_string(now) + R"(;keyid="k1")";
const std::string base =
    "\"@method\": POST\n\"@authority\": us.example\n\"@path\": /hook\n\"@query\": ?a=b%20c&d\n"
    "\"content-digest\": "
    + digest_field + "\n";

std::string signature_of(const std::string& lines, const std::string& input) {
    return base64_of(hmac(EVP_sha256(), key, lines + "\"@signature-params\": " + input));
}

/// The verdict, which is the same in one go and in pieces.
template <class Provider>
error judge(const header_list& headers, std::string_view of_body = body, std::string_view at = url,
            std::string_view method = "POST") {
    const secret s(key);
    const key_material named = key_material(s).with_id("k1");
    const verifier<Provider, testing::manual_clock> v(key_list({named}), {}, testing::manual_clock{now});
    const error whole = v.verify(request{headers, of_body}.at(at).with_method(method)).error();
    auto running = v.begin(request{headers}.at(at).with_method(method));
    running.update(of_body);
    CHECK(std::move(running).finish().error() == whole);
    return whole;
}

header_list signed_with(const std::string& components, const std::string& with, const std::string& lines) {
    const std::string input = components + with;
    return {{"Content-Digest", digest_field},
            {"Signature-Input", "sig1=" + input},
            {"Signature", "sig1=:" + signature_of(lines, input) + ":"}};
}
header_list good() { return signed_with(list, parameters, base); }

header_list with(header_list headers, std::string_view name, const std::string& value) {
    for (auto& [header, old] : headers)
        if (header == name) old = value;
    return headers;
}

} // namespace

TEST_CASE("http_message_signature: a covered message is believed, and nothing covered can change") {
    CHECK(judge<by_secret>(good()) == error::none);
    CHECK(judge<by_secret>(good(), body, "https://us.example/hook?a=b%20c&d") == error::none);
    CHECK(judge<by_secret>(good(), body, url, "PUT") == error::signature_mismatch);
    CHECK(judge<by_secret>(good(), body, "https://them.example/hook?a=b%20c&d") == error::signature_mismatch);
    CHECK(judge<by_secret>(good(), body, "https://us.example:8443/hook?a=b%20c&d")
          == error::signature_mismatch);
    CHECK(judge<by_secret>(good(), body, "https://us.example/hook2?a=b%20c&d") == error::signature_mismatch);
    CHECK(judge<by_secret>(good(), body, "https://us.example/hook?a=b") == error::signature_mismatch);
    CHECK(judge<by_secret>(good(), body, "") == error::malformed_field);
    CHECK(judge<by_secret>(good(), "x") == error::content_mismatch);
    CHECK(judge<by_secret>(with(good(), "Content-Digest", "sha-256=:AAAA:")) == error::signature_mismatch);
}

TEST_CASE("http_message_signature: what must be covered is, and once") {
    const std::string method = "\"@method\": POST\n";
    CHECK(judge<by_secret>(signed_with("()", parameters, "")) == error::claim_mismatch);
    CHECK(judge<by_secret>(signed_with(R"(("@method"))", parameters, method)) == error::claim_mismatch);
    const std::string without_query = R"(("@method" "@authority" "@path" "content-digest"))";
    const std::string lines =
        "\"@method\": POST\n\"@authority\": us.example\n\"@path\": /hook\n\"content-digest\": " + digest_field
        + "\n";
    CHECK(judge<by_secret>(signed_with(without_query, parameters, lines)) == error::claim_mismatch);
    CHECK(judge<by_secret>(signed_with(without_query, parameters, lines), body, "https://us.example/hook")
          == error::none);
    header_list with_agent = good();
    with_agent.emplace_back("X-Agent", "a");
    CHECK(judge<by_secret>(with_agent) == error::claim_mismatch);
    const std::string agent = R"(("@method" "@authority" "@path" "@query" "content-digest" "x-agent"))";
    header_list covered = signed_with(agent, parameters, base + "\"x-agent\": a\n");
    covered.emplace_back("X-Agent", " a\t");
    CHECK(judge<by_secret>(covered) == error::none);
    const std::string twice = R"(("@method" "@method" "@authority" "@path" "@query" "content-digest"))";
    CHECK(judge<by_secret>(signed_with(twice, parameters, method + base)) == error::malformed_signature);
}

TEST_CASE("http_message_signature: components that are not there, or that nobody knows, are refused") {
    for (const char* more :
         {"\"x-absent\"", "\"@nope\"", "\"@signature-params\"", "\"@method\";req", "\"X-Agent\"",
          "\"content-digest\";sf", "\"content-digest\";bs", "\"content-digest\";key=\"sha-512\"",
          "\"@query-param\"", "\"@query-param\";name=\"x\"", "\"@status\"", "1", ":AAAA:", "?1"}) {
        INFO(more);
        const std::string components = list.substr(0, list.size() - 1) + ' ' + more + ')';
        CHECK(judge<by_secret>(signed_with(components, parameters, base)) == error::malformed_field);
    }
    const std::string no_list = list.substr(0, list.size() - 1) + " @path)";
    CHECK(judge<by_secret>(signed_with(no_list, parameters, base)) == error::malformed_signature);
}

TEST_CASE("http_message_signature: headers are joined, parameters of a query decoded, members of "
          "dictionaries found") {
    const std::string components =
        list.substr(0, list.size() - 1)
        + R"( "x-list" "@query-param";name="a" "x-dict";key="b" "@target-uri" "@scheme"))";
    header_list headers = signed_with(
        components, parameters,
        base
            + "\"x-list\": one, two\n\"@query-param\";name=\"a\": b%20c\n\"x-dict\";key=\"b\": 2;x\n"
              "\"@target-uri\": "
            + url + "\n\"@scheme\": https\n");
    headers.emplace_back("X-List", "one ");
    headers.emplace_back("x-list", " two");
    headers.emplace_back("X-Dict", "a=1, b=2;x");
    CHECK(judge<by_secret>(headers) == error::none);
    headers.emplace_back("X-Dict", "b=2;x");
    CHECK(judge<by_secret>(headers) == error::malformed_field);
}

TEST_CASE("http_message_signature: two hosts are no authority, and control characters no value") {
    header_list headers = good();
    headers.emplace_back("Host", "us.example");
    CHECK(judge<by_secret>(headers) == error::none);
    headers.emplace_back("Host", "them.example");
    CHECK(judge<by_secret>(headers) == error::malformed_field);
    const std::string components = list.substr(0, list.size() - 1) + " \"x-text\")";
    header_list folded = signed_with(components, parameters, base + "\"x-text\": a\r\n b\n");
    folded.emplace_back("X-Text", "a\r\n b");
    CHECK(judge<by_secret>(folded) == error::malformed_field);
}

TEST_CASE("http_message_signature: parameters must be there, of their kind, and once") {
    const auto verdict = [](const std::string& all) {
        return judge<by_secret>(signed_with(list, all, base));
    };
    const auto created = [](std::int64_t at) { return ";created=" + std::to_string(at) + R"(;keyid="k1")"; };
    CHECK(verdict(created(now - 300)) == error::none);
    CHECK(verdict(created(now - 301)) == error::timestamp_too_old);
    CHECK(verdict(created(now + 301)) == error::timestamp_too_new);
    CHECK(verdict(R"(;keyid="k1")") == error::missing_timestamp);
    CHECK(verdict(created(-1)) == error::malformed_signature);
    CHECK(verdict(";created=1.5;keyid=\"k1\"") == error::malformed_signature);
    CHECK(verdict(";created=\"1\";keyid=\"k1\"") == error::malformed_signature);
    CHECK(verdict(parameters + ";created=" + std::to_string(now)) == error::malformed_signature);
    CHECK(verdict(parameters + R"(;keyid="k1")") == error::malformed_signature);
    const auto expires = [&](std::int64_t at) { return parameters + ";expires=" + std::to_string(at); };
    CHECK(verdict(expires(now + 600)) == error::none);
    CHECK(verdict(expires(now + 601)) == error::malformed_timestamp);
    CHECK(verdict(expires(now)) == error::malformed_timestamp);
    CHECK(verdict(";created=" + std::to_string(now)) == error::claim_mismatch);
    CHECK(verdict(";created=" + std::to_string(now) + R"(;keyid="k2")") == error::unknown_key);
    CHECK(verdict(parameters + R"(;alg="hmac-sha256")") == error::none);
    CHECK(verdict(parameters + R"(;alg="ed25519")") == error::unsupported_version);
    CHECK(verdict(parameters + R"(;alg=hmac-sha256)") == error::malformed_signature);
    CHECK(verdict(parameters + ";other=1") == error::none);
}

TEST_CASE("http_message_signature: one label counts, and its signature is there") {
    const header_list one = good();
    const std::string input = one[1].second;
    const std::string signature = one[2].second;
    for (const std::string& bad : {input + ", " + input, "sig2=(), " + input, std::string("sig1=1"),
                                   input + ",", std::string("sig1"), std::string()})
        CHECK(judge<by_secret>(with(one, "Signature-Input", bad)) != error::none);
    for (const std::string& bad : {signature + ", " + signature, std::string("sig2") + signature.substr(4),
                                   signature + "x", std::string("sig1=\"x\""), std::string()})
        CHECK(judge<by_secret>(with(one, "Signature", bad)) != error::none);
    header_list none = one;
    none.pop_back();
    CHECK(judge<by_secret>(none) == error::missing_signature);
    CHECK(judge<by_secret>({one[0], one[2]}) == error::missing_signature);
    CHECK(judge<by_secret>(with(one, "Signature", signature + ", other=:AAAA:")) == error::none);
}

TEST_CASE("http_message_signature: a tag chooses the label, a profile its encoding and what it requires") {
    const std::string lines = "\"content-digest\": " + digest_field + "\n";
    const auto verdict = [&](const std::string& all, const std::string& before = "") {
        const std::string input = R"(("content-digest"))" + all;
        std::string signature = signature_of(lines, input);
        for (char& c : signature)
            c = c == '+' ? '-' : c == '/' ? '_' : c;
        signature.erase(signature.find('='));
        return judge<tagged>({{"Content-Digest", digest_field},
                              {"Signature-Input", before + "x=" + input},
                              {"Signature", "x=:" + signature + ":"}});
    };
    const std::string times = ";created=" + std::to_string(now) + ";expires=" + std::to_string(now + 9);
    const std::string all = times + R"(;nonce="n";keyid="k1";alg="hmac-sha256";tag="ours")";
    CHECK(verdict(all) == error::none);
    CHECK(verdict(all, R"(other=("@method");tag="theirs", )") == error::none);
    CHECK(verdict(all, R"(other=("@method");tag="ours", )") == error::malformed_signature);
    CHECK(verdict(times + R"(;nonce="n";keyid="k1";alg="hmac-sha256";tag="theirs")")
          == error::unsupported_version);
    CHECK(verdict(times + R"(;nonce="n";keyid="k1";alg="hmac-sha256")") == error::unsupported_version);
    CHECK(verdict(times + R"(;keyid="k1";alg="hmac-sha256";tag="ours")") == error::claim_mismatch);
    CHECK(verdict(times + R"(;nonce="n";keyid="k1";tag="ours")") == error::claim_mismatch);
    CHECK(verdict(";created=" + std::to_string(now) + R"(;nonce="n";keyid="k1";alg="hmac-sha256";tag="ours")")
          == error::missing_timestamp);
}

TEST_CASE("http_message_signature: what it protects follows from what it requires") {
    constexpr protection all = by_secret::scheme.protects();
    STATIC_REQUIRE((all.body == body_protection::whole && all.url && all.method && all.timestamp));
    constexpr protection little = http_message_signature{.name = "x", .required = {"@method"}}.protects();
    STATIC_REQUIRE((little.body == body_protection::none && !little.url && little.method));
}
