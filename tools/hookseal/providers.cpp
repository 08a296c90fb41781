// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "text.hpp"

#include <hookseal/providers/catalog.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace hookseal_cli {

namespace {

using row = std::array<std::string, 9>;

[[nodiscard]] std::string_view name_of(hookseal::digest hash) {
    switch (hash) {
    case hookseal::digest::sha1: return "SHA-1";
    case hookseal::digest::sha256: return "SHA-256";
    case hookseal::digest::sha384: return "SHA-384";
    case hookseal::digest::sha512: return "SHA-512";
    case hookseal::digest::md5: return "MD5";
    case hookseal::digest::crc32: return "CRC-32";
    }
    return "";
}

[[nodiscard]] std::string name_of(const hookseal::key_format& key) {
    switch (key.how) {
    case hookseal::proof::hmac: return "HMAC " + std::string(name_of(key.hash));
    case hookseal::proof::keyed_hash: return "plain " + std::string(name_of(key.hash));
    case hookseal::proof::token: return "token";
    case hookseal::proof::ed25519: return "Ed25519";
    case hookseal::proof::rsa: return "RSA " + std::string(name_of(key.hash));
    case hookseal::proof::rsa_pss: return "RSA-PSS " + std::string(name_of(key.hash));
    case hookseal::proof::ecdsa_der:
    case hookseal::proof::ecdsa_p1363: return "ECDSA " + std::string(name_of(key.hash));
    }
    return "";
}

[[nodiscard]] std::string proofs_of(const hookseal::scheme_info& info) {
    std::string all;
    for (std::size_t i = 0; i < info.key_formats; ++i)
        all.append(i == 0 ? "" : ", ").append(name_of(info.keys[i]));
    return all;
}

[[nodiscard]] std::string_view name_of(hookseal::body_protection bound) {
    switch (bound) {
    case hookseal::body_protection::none: return "not signed";
    case hookseal::body_protection::some_fields: return "some fields";
    case hookseal::body_protection::checksum: return "checksum";
    case hookseal::body_protection::whole: return "signed";
    }
    return "";
}

[[nodiscard]] std::string weaknesses_of(const hookseal::protection& protects) {
    std::string all;
    for (const auto w : {hookseal::weakness::body_not_signed, hookseal::weakness::body_bound_by_crc,
                         hookseal::weakness::plain_hash})
        if (protects.has(w)) all.append(all.empty() ? "" : " ").append(hookseal_cli::name_of(w));
    return all;
}

[[nodiscard]] std::string length_of(hookseal::duration d) {
    if (d.in_seconds == 0) return "not known";
    if (d.in_seconds % 86400 == 0) return std::to_string(d.in_seconds / 86400) + " d";
    if (d.in_seconds % 3600 == 0) return std::to_string(d.in_seconds / 3600) + " h";
    return std::to_string(d.in_seconds / 60) + " min";
}

/// `signed POST` of Slack's, `GET` of Meta's.
[[nodiscard]] std::string challenges_of(const hookseal::scheme_ref& scheme) {
    std::string all;
    for (const hookseal::challenge_scheme& each : scheme.challenges()) {
        const std::string one = (each.is_signed ? "signed " : "") + std::string(each.method);
        if (all.find(one) == std::string::npos) all.append(all.empty() ? "" : ", ").append(one);
    }
    return all.empty() ? "-" : all;
}

[[nodiscard]] row describe(const hookseal::scheme_ref& scheme) {
    const hookseal::scheme_info& info = scheme.info();
    const auto signed_or_not = [](bool is) { return is ? "signed" : "-"; };
    return {std::string(info.name),
            proofs_of(info),
            std::string(scheme.outgoing(0).signature.name),
            std::string(name_of(info.protects.body)),
            signed_or_not(info.protects.timestamp),
            signed_or_not(info.protects.event_id),
            length_of(info.retry_window),
            challenges_of(scheme),
            weaknesses_of(info.protects)};
}

} // namespace

int list_providers() {
    std::vector<row> table{{"provider", "proof", "signature in", "body", "time", "event id", "redelivers",
                            "challenge", "to accept"}};
    for (const hookseal::scheme_ref& scheme : hookseal::catalog)
        table.push_back(describe(scheme));

    std::array<std::size_t, std::tuple_size_v<row>> widths{};
    for (const row& line : table)
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());

    for (const row& line : table) {
        std::string text;
        for (std::size_t i = 0; i < line.size(); ++i)
            text.append(line[i]).append(widths[i] - line[i].size() + 2, ' ');
        text.erase(text.find_last_not_of(' ') + 1);
        std::puts(text.c_str());
    }
    return 0;
}

} // namespace hookseal_cli
