// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_CONFORMANCE_VECTOR_CASE_HPP
#define HOOKSEAL_TESTS_CONFORMANCE_VECTOR_CASE_HPP

#include <hookseal/hookseal.hpp>
#include <hookseal/remote_keys.hpp>
#include <hookseal/testing.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookseal_conformance {

using nlohmann::json;
using verifier = hookseal::dynamic_verifier<hookseal::testing::manual_clock>;

inline constexpr hookseal::weakness all_weaknesses[] = {hookseal::weakness::body_not_signed,
                                                        hookseal::weakness::body_bound_by_crc,
                                                        hookseal::weakness::plain_hash};

/// The key or null: an absent member and a null one mean the same.
inline const json& member(const json& of, const char* key) {
    static const json null;
    const auto found = of.find(key);
    return found == of.end() ? null : *found;
}

inline std::string text_of(const json& from) {
    if (!from.is_array()) return from.get<std::string>();
    std::string all;
    if (from.size() == 2 && from[1].is_number()) {
        for (auto n = from[1].get<unsigned>(); n > 0; --n)
            all += from[0].get<std::string>();
    } else {
        for (const json& part : from)
            all += text_of(part);
    }
    return all;
}

inline std::string body_of(const json& request) {
    if (request.contains("body_base64")) {
        const auto encoded = request["body_base64"].get<std::string>();
        std::vector<unsigned char> bytes(encoded.size());
        const std::size_t size = hookseal::decode_base64(encoded, bytes, hookseal::base64_form::padded);
        if (size == hookseal::not_base64) throw std::runtime_error("body_base64 is not base64");
        return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
    }
    return text_of(request.contains("body_repeat") ? request["body_repeat"] : request.at("body"));
}

inline std::string text_or(const json& from, std::string_view otherwise) {
    return from.is_null() ? std::string(otherwise) : from.is_string() ? from.get<std::string>() : from.dump();
}

/// What a vector says, in types that the library takes views of.
struct vector_case {
    explicit vector_case(const json& v)
        : method(text_or(member(v.at("request"), "method"), "POST")),
          url(text_or(member(v.at("request"), "url"), "")),
          body(body_of(v.at("request"))) {
        for (const json& h : v.at("request").at("headers"))
            headers.emplace_back(h.at(0).get<std::string>(), text_of(h.at(1)));
        const json& key = member(v, "key");
        for (const json& s : member(key, "secrets"))
            add_secret(s.get<std::string>());
        if (const json& k = member(key, "public_key"); !k.is_null()) public_keys.emplace_back(text_or(k, ""));
        for (const json& k : member(key, "named"))
            add_named(k);
        if (const json& k = member(key, "fetched"); !k.is_null()) fetched = k.get<std::string>();
        if (const json& k = member(member(v, "options"), "kid"); !k.is_null()) key_id = k.get<std::string>();
        // A certificate is what a key source fetches from the place that the request names.
        if (const json& k = member(member(v, "options"), "certificate_pem"); !k.is_null())
            fetched = k.get<std::string>();
        else if (const std::string certificate = text_or(member(key, "public_key"), "");
                 certificate.starts_with("-----BEGIN CERTIFICATE"))
            fetched = certificate;
        // What some records call an option is the secret.
        if (const json& k = member(member(v, "options"), "client_state"); !k.is_null())
            add_secret(k.get<std::string>());
        for (const auto& [option, value] : member(v, "options").items())
            option_texts.emplace_back(option, text_or(value, ""));
        // Words of a record that are no option of its vectors: where the app is installed.
        constexpr std::string_view base = "app base URL ";
        if (const std::string note = text_or(member(v, "note"), ""); note.starts_with(base))
            option_texts.emplace_back("base_url", note.substr(base.size(), note.find(';') - base.size()));
        // Or part of its secret: what the key is, and what is signed with it.
        if (text_or(member(v, "id"), "").starts_with("paytr#") && option_texts.empty())
            split_off("merchant_salt");
        if (const json& t = member(v, "tolerance_s"); !t.is_null())
            tolerance = std::chrono::seconds(t.get<std::int64_t>());
        if (const json& t = member(v, "now"); t.is_null())
            tolerance = hookseal::freshness::unchecked;
        else
            now = t.get<std::int64_t>();
    }

    [[nodiscard]] hookseal::result<verifier> build(hookseal::scheme_ref scheme) const {
        std::vector<hookseal::option_value> options;
        for (const auto& [key, value] : option_texts)
            if (options.size() < 8) options.push_back({key, value});
        const hookseal::verifier_settings settings{tolerance, options};
        const hookseal::testing::manual_clock clock(now);
        if (!fetched.empty()) {
            remote.emplace(scheme.info(), [this](const hookseal::key_hint&) -> hookseal::fetched_key {
                if (fetched == "unavailable") return {};
                if (fetched == "unknown") return hookseal::fetched_key::unknown();
                return hookseal::public_key(fetched);
            });
            return verifier::make(scheme, *remote, all_weaknesses, settings, clock);
        }
        std::vector<hookseal::key_material> keys;
        for (const auto& s : secrets)
            keys.push_back(hookseal::key_material(s).with_id(key_id));
        for (const auto& k : public_keys)
            keys.push_back(hookseal::key_material(k).with_id(key_id));
        for (std::size_t i = 0; i < named_secrets.size(); ++i)
            keys.push_back(hookseal::key_material(named_secrets[i].second).with_id(named_secrets[i].first));
        for (std::size_t i = 0; i < named_public_keys.size(); ++i)
            keys.push_back(
                hookseal::key_material(named_public_keys[i].second).with_id(named_public_keys[i].first));
        return verifier::make(scheme, hookseal::key_list(keys), all_weaknesses, settings, clock);
    }
    [[nodiscard]] hookseal::request head() const {
        return hookseal::request{headers}.at(url).with_method(method);
    }

    std::string method;
    std::string url;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<hookseal::secret> secrets;
    std::vector<hookseal::public_key> public_keys;
    std::vector<std::pair<std::string, std::string>> option_texts;
    std::vector<std::pair<std::string, hookseal::secret>> named_secrets;
    std::vector<std::pair<std::string, hookseal::public_key>> named_public_keys;
    std::string key_id;
    std::string fetched;
    mutable std::optional<hookseal::basic_remote_keys<hookseal::default_hash>> remote;
    hookseal::freshness tolerance{};
    std::int64_t now = 0;

private:
    /// Some records show the current and the next secret as one JSON text.
    void add_secret(const std::string& text) {
        const json several = json::parse(text, nullptr, false);
        if (!several.is_object()) return void(secrets.emplace_back(text));
        for (const json& one : several)
            secrets.emplace_back(one.get<std::string>());
    }
    /// Makes what stands behind the secret's colon an option.
    void split_off(const char* option) {
        const std::string both(hookseal::key_material(secrets.at(0)).text());
        const std::size_t colon = both.find(':');
        if (colon == std::string::npos) return;
        secrets.at(0) = hookseal::secret(both.substr(0, colon));
        option_texts.emplace_back(option, both.substr(colon + 1));
    }
    void add_named(const json& key) {
        const auto id = key.at("id").get<std::string>();
        if (key.contains("secret_base64"))
            named_secrets.emplace_back(
                id, hookseal::secret::from_base64(key["secret_base64"].get<std::string>()));
        else
            named_public_keys.emplace_back(id, hookseal::public_key(text_or(key.at("public_key"), "")));
    }
};

} // namespace hookseal_conformance

#endif
