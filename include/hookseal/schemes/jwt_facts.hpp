// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_JWT_FACTS_HPP
#define HOOKSEAL_SCHEMES_JWT_FACTS_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/scratch_space.hpp>
#include <hookseal/schemes/jose_algorithm.hpp>
#include <hookseal/schemes/jwt.hpp>
#include <hookseal/schemes/outgoing_form.hpp>

namespace hookseal::inline v0_1 {

/// The proof and digest of an algorithm, for keys written like this.
[[nodiscard]] constexpr key_format key_format_of(jose_algorithm which, key_form form = {}) noexcept {
    switch (which) {
    case jose_algorithm::none:
    case jose_algorithm::hs256: return {proof::hmac, digest::sha256, form};
    case jose_algorithm::hs384: return {proof::hmac, digest::sha384, form};
    case jose_algorithm::hs512: return {proof::hmac, digest::sha512, form};
    case jose_algorithm::rs256: return {proof::rsa, digest::sha256, form};
    case jose_algorithm::rs384: return {proof::rsa, digest::sha384, form};
    case jose_algorithm::rs512: return {proof::rsa, digest::sha512, form};
    case jose_algorithm::ps256: return {proof::rsa_pss, digest::sha256, form};
    case jose_algorithm::ps384: return {proof::rsa_pss, digest::sha384, form};
    case jose_algorithm::ps512: return {proof::rsa_pss, digest::sha512, form};
    case jose_algorithm::es256: return {proof::ecdsa_p1363, digest::sha256, form};
    case jose_algorithm::es384: return {proof::ecdsa_p1363, digest::sha384, form};
    case jose_algorithm::eddsa: return {proof::ed25519, digest::sha512, form};
    }
    return {proof::hmac, digest::sha256, form};
}

constexpr scheme_info jwt_scheme::info() const noexcept {
    scheme_info all;
    all.name = name;
    all.problem = name.empty() ? description_problem::no_name
                  : !token     ? description_problem::no_signature
                               : description_problem::none;
    all.key_formats = 0;
    for (const jose_algorithm a : algorithms)
        if (a != jose_algorithm::none) all.keys[all.key_formats++] = key_format_of(a, key);
    all.event_id = event_id;
    all.event_type = event_type;
    all.protects = protects();
    all.tolerance = tolerance;
    all.retry_window = retry_window;
    all.streams = token.where == field::place::header || token.where == field::place::query;
    all.scratch = max_scratch;
    for (const jwt_claim& c : claims)
        if (c.from.where == field::place::option) all.need(c.from.name);
    return all;
}

constexpr protection jwt_scheme::protects() const noexcept {
    protection p;
    if (!body_digest.claim.empty()) p.body = body_protection::whole;
    p.timestamp = issued == jwt_time::required || expires == jwt_time::required;
    p.url = !request_digest.claim.empty();
    for (const jwt_claim& c : claims)
        p.url = p.url || c.url;
    p.event_id = static_cast<bool>(event_id);
    for (const field& part : event_id.parts) {
        const bool in_body = part.where == field::place::json || part.where == field::place::form;
        const bool bound =
            (in_body && p.body == body_protection::whole) || (part.where == field::place::query && p.url);
        if (part && !bound) p.event_id = false;
    }
    return p;
}

constexpr outgoing_form jwt_scheme::outgoing(int) const noexcept {
    outgoing_form none{};
    none.key = info().keys[0];
    none.needs_more = true;
    return none;
}

} // namespace hookseal::inline v0_1

#endif
