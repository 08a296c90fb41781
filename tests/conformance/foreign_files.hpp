// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_CONFORMANCE_FOREIGN_FILES_HPP
#define HOOKSEAL_TESTS_CONFORMANCE_FOREIGN_FILES_HPP

#include "vector_case.hpp"

#include <hookseal/crypto/signing_key.hpp>
#include <hookseal/providers/adcp.hpp>
#include <hookseal/providers/aws_sns.hpp>
#include <hookseal/providers/paypal.hpp>
#include <hookseal/schemes/content_digest.hpp>
#include <hookseal/schemes/http_message_signature.hpp>
#include <hookseal/schemes/jwt.hpp>
#include <hookseal/schemes/scheme_ref.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Files of other collections, put into the form of vectors. Where a file leaves open what a delivery looks like, as a list of
// URLs does, one is made and signed with a public test key.

namespace hookseal_conformance {

/// Who must refuse what a verifier cannot: a second delivery, or one too many.
enum class refused_by : unsigned char { the_verifier, store_as_duplicate, store_as_too_many };

struct foreign_case {
    std::string id;
    std::string expect;
    json vector;
    std::optional<hookseal::scheme_ref> scheme{};
    std::shared_ptr<const void> owner{}; ///< of the scheme
    refused_by who = refused_by::the_verifier;
};

namespace detail {

template <class Scheme>
void own(foreign_case& to, const Scheme& scheme) {
    const auto owned = std::make_shared<std::pair<Scheme, hookseal::scheme_info>>(scheme, scheme.info());
    to.scheme.emplace(owned->first, owned->second);
    to.owner = owned;
}

inline json read_json(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error(path.string() + " cannot be read");
    return json::parse(in);
}

inline std::string base64(std::string_view bytes) {
    std::string text(2 * bytes.size() + 4, '\0');
    text.resize(hookseal::encode_base64({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()},
                                        text.data(), hookseal::base64_form::padded));
    return text;
}

inline std::string of_hex(const std::string& text) {
    std::string bytes(text.size() / 2, '\0');
    if (!hookseal::decode_hex(text, {reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()},
                              hookseal::hex_case::any))
        throw std::runtime_error("not hex");
    return bytes;
}

/// A signature by a private key in PEM, in base64.
inline std::string sign(const hookseal::key_format& format, const std::string& pem,
                        std::string_view message) {
    hookseal::signing_key key;
    if (key.prepare(format, hookseal::secret(pem.substr(0, pem.find_last_not_of('\n') + 1)))
        != hookseal::error::none)
        throw std::runtime_error("a test key that is none");
    std::vector<unsigned char> signature(key.signature_size());
    signature.resize(key.sign(message, signature));
    return base64({reinterpret_cast<const char*>(signature.data()), signature.size()});
}

inline json request(json headers, std::string_view body, std::string_view url = "",
                    std::string_view method = "POST") {
    return {{"method", method}, {"url", url}, {"headers", std::move(headers)}, {"body_base64", base64(body)}};
}

/// Attacks on JSON Web Tokens: {"token", "body_hex", "issuer", "audience", "max_age", "now"}.
inline foreign_case of_jwt(const json& c, const json& keys) {
    using hookseal::jose_algorithm;
    static constexpr hookseal::jwt_scheme scheme{
        .name = "jwt_attacks",
        .algorithms = {jose_algorithm::hs256, jose_algorithm::rs256, jose_algorithm::es256,
                       jose_algorithm::eddsa},
        .signer = hookseal::jwt_signer::kid,
        .token = hookseal::header("token"),
        .expires = hookseal::jwt_time::required,
        .leeway = hookseal::seconds(0),
        .claims = {hookseal::claim("iss").is(hookseal::option("issuer")),
                   hookseal::claim("aud").is(hookseal::option("audience"))},
        .body_digest = {.claim = "body_sha256"},
    };
    json named = json::array();
    for (const json& k : keys)
        named.push_back(k.contains("secret_b64") ? json{{"id", k["kid"]}, {"secret_base64", k["secret_b64"]}}
                                                 : json{{"id", k["kid"]}, {"public_key", k["public_pem"]}});
    foreign_case made{c.at("id"), c.at("expect"), {}};
    made.vector = {{"request", request(json::array({{"token", c.at("token")}}),
                                       of_hex(c.at("body_hex").get<std::string>()))},
                   {"key", {{"named", named}}},
                   {"options", {{"issuer", c.at("issuer")}, {"audience", c.at("audience")}}},
                   {"now", c.at("now")},
                   {"tolerance_s", c.at("max_age")}};
    own(made, scheme);
    return made;
}

/// {"url", "topic_arn"}: a message of that topic, signed, that names this URL.
inline foreign_case of_sns_url(const json& c) {
    const auto topic = c.at("topic_arn").get<std::string>();
    const std::string time = "2026-01-01T00:00:00.000Z";
    const std::string content =
        "Message\nm\nMessageId\ni\nTimestamp\n" + time + "\nTopicArn\n" + topic + "\nType\nNotification\n";
    const json body{{"Message", "m"},
                    {"MessageId", "i"},
                    {"Timestamp", time},
                    {"TopicArn", topic},
                    {"Type", "Notification"},
                    {"SignatureVersion", "2"},
                    {"SigningCertURL", c.at("url")},
                    {"Signature", sign({.how = hookseal::proof::rsa},
                                       std::string(hookseal::testing::rsa_private_key), content)}};
    hookseal::signing_key own_key;
    static_cast<void>(
        own_key.prepare({.how = hookseal::proof::rsa}, hookseal::secret(hookseal::testing::rsa_private_key)));
    const hookseal::spki half = own_key.public_half();
    const std::string der(reinterpret_cast<const char*>(half.der().data()), half.der().size());
    foreign_case made{c.at("id"), c.at("expect"), {}};
    made.vector = {{"provider", "aws_sns"},
                   {"request", request(json::array(), body.dump())},
                   {"key", {{"public_key", base64(der)}}},
                   {"now", 1767225600}};
    return made;
}

/// Deliveries around one signature of PayPal's: {"body_hex"}, {"cert_url"}, {"auth_algo"}, or what the id says.
inline foreign_case of_paypal(const json& c, const json& file, const json& rsa_key) {
    const auto id = c.at("id").get<std::string>();
    const std::string message = "tid-1|2026-01-01T00:00:00Z|WHID1|";
    const auto said = c.at("expect").get<std::string>();
    // That the body is not authenticated, verifiers say by their type: see compile_fail/verifier_of_checksums.
    foreign_case made{id, said.starts_with("signature-valid") ? "accept" : said, {}};
    auto signature = file.at("signature_b64").get<std::string>();
    if (id == "paypal-crc-hex")
        signature = sign({.how = hookseal::proof::rsa}, rsa_key.at("private_pem"), message + "14f59f8f");
    const std::string body = c.contains("body_hex") ? of_hex(c["body_hex"].get<std::string>())
                                                    : file.at("genuine_body").get<std::string>();
    made.vector = {
        {"provider", "paypal"},
        {"request",
         request(json::array({{"paypal-transmission-id", "tid-1"},
                              {"paypal-transmission-time", "2026-01-01T00:00:00Z"},
                              {"paypal-transmission-sig", signature},
                              {"paypal-auth-algo", c.value("auth_algo", "SHA256withRSA")},
                              {"paypal-cert-url",
                               c.value("cert_url", "https://api.paypal.com/v1/notifications/certs/CERT-1")}}),
                 body)},
        {"key", {{"public_key", rsa_key.at("public_pem")}}},
        {"now", 1767225600}};
    if (id != "paypal-webhook-id-missing") made.vector["options"] = {{"webhook_id", "WHID1"}};
    return made;
}

/// RFC 9421: a message, a label, and what a policy requires. A response has its status as the header `:status`.
inline foreign_case of_rfc9421(const json& c, const json& keys) {
    using hookseal::signature_algorithm;
    const json& message = c.at("message");
    const json& policy = member(c, "policy");
    const auto names = std::make_shared<std::vector<std::string>>();
    for (const json& name : member(policy, "required_components"))
        names->push_back(name.get<std::string>());
    names->push_back(c.at("label").get<std::string>());
    hookseal::http_message_signature scheme{
        .name = "rfc9421",
        .algorithms = {signature_algorithm::hmac_sha256, signature_algorithm::ed25519,
                       signature_algorithm::ecdsa_p256_sha256, signature_algorithm::ecdsa_p384_sha384,
                       signature_algorithm::rsa_v1_5_sha256, signature_algorithm::rsa_pss_sha512},
        .label = names->back(),
        .required = {},
    };
    for (std::size_t i = 0; i + 1 < names->size(); ++i)
        scheme.required.add((*names)[i]);

    json headers = message.at("headers");
    std::string host = "unknown.invalid";
    for (auto h = headers.rbegin(); h != headers.rend(); ++h)
        if (h->at(0) == "Host") host = h->at(1);
    if (message.contains("status"))
        headers.push_back({":status", std::to_string(message["status"].get<int>())});
    headers.push_back({"Signature-Input", c.at("signature_input")});
    headers.push_back({"Signature", c.at("signature")});

    json named = json::array();
    for (const auto& [id, key] : keys.items()) {
        if (key.contains("secret_b64")) {
            named.push_back({{"id", id}, {"secret_base64", key["secret_b64"]}});
            continue;
        }
        json jwk = key.at("public_jwk");
        if (jwk.is_string()) jwk = json::parse(jwk.get<std::string>());
        const std::string_view alg = key.at("alg").get<std::string>() == "rsa-pss-sha512"      ? "PS512"
                                     : key.at("alg").get<std::string>() == "rsa-v1_5-sha256"   ? "RS256"
                                     : key.at("alg").get<std::string>() == "ecdsa-p256-sha256" ? "ES256"
                                                                                               : "EdDSA";
        jwk["alg"] = alg;
        jwk["kid"] = id;
        named.push_back({{"id", id}, {"public_key", jwk.dump()}});
    }
    foreign_case made{c.at("id"), c.at("expect"), {}};
    const std::string url = "https://" + host + message.value("target", "/");
    made.vector = {{"request", request(headers, message.at("body").get<std::string>(), url,
                                       message.value("method", "POST"))},
                   {"key", {{"named", named}}},
                   {"now", c.at("now")}};
    const auto owned =
        std::make_shared<std::pair<std::shared_ptr<std::vector<std::string>>,
                                   std::pair<hookseal::http_message_signature, hookseal::scheme_info>>>(
            names, std::pair(scheme, scheme.info()));
    made.scheme.emplace(owned->second.first, owned->second.second);
    made.owner = owned;
    return made;
}

/// RFC 9530: a body and what `Content-Digest` says of it, believed on the strength of a token.
struct digest_and_token {
    [[nodiscard]] hookseal::scheme_info info() const noexcept {
        hookseal::scheme_info all;
        all.name = "rfc9530";
        all.keys[0] = {hookseal::proof::token, hookseal::digest::sha256, {}};
        all.protects.body = hookseal::body_protection::whole;
        return all;
    }
    [[nodiscard]] hookseal::error read(const hookseal::reading& in, hookseal::statement& out) const noexcept {
        out.how = hookseal::proof::token;
        out.form = hookseal::encoding::text;
        static_cast<void>(out.presented.push({hookseal::text::of("token")}));
        return hookseal::read_content_digest(in.from, false, out);
    }
    [[nodiscard]] hookseal::outgoing_form outgoing(int) const noexcept { return hookseal::outgoing_form{}; }
};

inline foreign_case of_rfc9530(const json& c) {
    json headers = json::array();
    for (const json& line : c.at("content_digest"))
        headers.push_back({"Content-Digest", line});
    foreign_case made{c.at("id"), c.at("expect"), {}};
    made.vector = {{"request", request(headers, of_hex(c.at("body_hex").get<std::string>()))},
                   {"key", {{"secrets", {"token"}}}}};
    own(made, digest_and_token{});
    return made;
}

/// AdCP's webhooks, one file a case, beside the keys of all. Keys are fetched as a set, in which a revoked one is not.
inline foreign_case of_adcp(const json& file, const std::filesystem::path& path) {
    const json keys = read_json(path.parent_path().parent_path() / "keys.json");
    const json& state = member(file, "test_harness_state");
    json set{{"keys", json::array()}};
    for (json key : keys.at("keys")) {
        const json& id = key.at("kid");
        const json& listed = file.at("jwks_ref");
        const json& revoked = member(state, "revoked_kids");
        if (std::find(listed.begin(), listed.end(), id) == listed.end()) continue;
        if (std::find(revoked.begin(), revoked.end(), id) != revoked.end()) continue;
        if (const json& other = member(member(file, "jwks_override"), id.get<std::string>().c_str());
            !other.is_null())
            key = other;
        set["keys"].push_back(key);
    }
    json headers = json::array();
    for (const auto& [name, value] : file.at("request").at("headers").items())
        headers.push_back({name, value});
    foreign_case made{path.filename().string(),
                      file.at("expected_outcome").at("success").get<bool>() ? "accept" : "reject",
                      {}};
    made.vector = {
        {"provider", "adcp"},
        {"request", request(headers, file["request"].at("body").get<std::string>(),
                            file["request"].at("url").get<std::string>(),
                            file["request"].at("method").get<std::string>())},
        // A list of revocations that is too old is a set of keys that cannot be had.
        {"key", {{"fetched", state.contains("revocation_list_stale_seconds") ? "unavailable" : set.dump()}}},
        {"now", file.at("reference_now")}};
    if (state.contains("replay_cache_entries")) made.who = refused_by::store_as_duplicate;
    if (state.contains("per_keyid_cap_filled_for")) made.who = refused_by::store_as_too_many;
    return made;
}

} // namespace detail

/// The cases of a file, if it is one of these collections.
inline std::optional<std::vector<foreign_case>> foreign_cases(const json& file,
                                                              const std::filesystem::path& path) {
    std::vector<foreign_case> all;
    if (file.contains("reference_now")) {
        all.push_back(detail::of_adcp(file, path));
        return all;
    }
    if (!file.contains("cases")) return std::nullopt;
    for (const json& c : file["cases"]) {
        if (c.contains("token"))
            all.push_back(detail::of_jwt(c, file.at("keys")));
        else if (c.contains("topic_arn"))
            all.push_back(detail::of_sns_url(c));
        else if (file.contains("forged_body"))
            all.push_back(detail::of_paypal(c, file,
                                            detail::read_json(path.parent_path().parent_path() / "rfc"
                                                              / "rfc9421_http_message_signatures.json")
                                                .at("keys")
                                                .at("test-key-rsa")));
        else if (c.contains("signature_input"))
            all.push_back(detail::of_rfc9421(c, file.at("keys")));
        else if (c.contains("content_digest"))
            all.push_back(detail::of_rfc9530(c));
        else
            return std::nullopt;
    }
    return all;
}

} // namespace hookseal_conformance

#endif
