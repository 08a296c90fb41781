// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_HTTP_MESSAGE_SIGNATURE_FACTS_HPP
#define HOOKSEAL_SCHEMES_HTTP_MESSAGE_SIGNATURE_FACTS_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/schemes/http_message_signature.hpp>
#include <hookseal/schemes/outgoing_form.hpp>

namespace hookseal::inline v0_1 {

/// The proof and digest of an algorithm, for keys written like this.
[[nodiscard]] constexpr key_format key_format_of(signature_algorithm which, key_form form = {}) noexcept {
    switch (which) {
    case signature_algorithm::none:
    case signature_algorithm::hmac_sha256: break;
    case signature_algorithm::ed25519: return {proof::ed25519, digest::sha512, form};
    case signature_algorithm::ecdsa_p256_sha256: return {proof::ecdsa_p1363, digest::sha256, form};
    case signature_algorithm::ecdsa_p384_sha384: return {proof::ecdsa_p1363, digest::sha384, form};
    case signature_algorithm::rsa_v1_5_sha256: return {proof::rsa, digest::sha256, form};
    case signature_algorithm::rsa_pss_sha512: return {proof::rsa_pss, digest::sha512, form};
    }
    return {proof::hmac, digest::sha256, form};
}

constexpr bool http_message_signature::binds(const field& part, const protection& p) const noexcept {
    switch (part.where) {
    case field::place::json:
    case field::place::form: return p.body == body_protection::whole;
    case field::place::query: return p.url;
    case field::place::header: break;
    case field::place::option: return true;
    case field::place::none: return false;
    }
    return part.other_name.empty() && (required.has(part.name) || required_if_present.has(part.name));
}

constexpr protection http_message_signature::protects() const noexcept {
    protection p;
    if (required.has("content-digest")) p.body = body_protection::whole;
    p.timestamp = created_required || expires_required;
    p.url = required.has("@target-uri")
            || (required.has("@authority") && required.has("@path")
                && (query_required_if_present || required.has("@query")));
    p.method = required.has("@method");
    p.event_id = static_cast<bool>(event_id);
    for (const field& part : event_id.parts)
        if (part && !binds(part, p)) p.event_id = false;
    return p;
}

constexpr scheme_info http_message_signature::info() const noexcept {
    scheme_info all;
    all.name = name;
    all.problem = name.empty() ? description_problem::no_name : description_problem::none;
    all.key_formats = 0;
    for (const signature_algorithm a : algorithms)
        if (a != signature_algorithm::none) all.keys[all.key_formats++] = key_format_of(a, key);
    all.candidates = candidates();
    all.event_id = event_id;
    all.event_type = event_type;
    all.protects = protects();
    all.tolerance = tolerance;
    all.retry_window = retry_window;
    return all;
}

constexpr outgoing_form http_message_signature::outgoing(int candidate) const noexcept {
    outgoing_form none{};
    none.key = key_format_of(algorithms[candidate], key);
    none.needs_more = true;
    return none;
}

} // namespace hookseal::inline v0_1

#endif
