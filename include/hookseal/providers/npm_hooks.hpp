// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_NPM_HOOKS_HPP
#define HOOKSEAL_PROVIDERS_NPM_HOOKS_HPP

#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// npm registry hooks, and registries that keep to them: `x-npm-signature: sha256=<hex>`, HMAC-SHA-256 over
/// the body.
///
/// Not protected: time. There is no id; package, version and time together tell events apart.
/// Source: npm/npm-hook-receiver `index.js` (read 2026-11-21).
struct npm_hooks {
    static constexpr signed_scheme scheme{
        .name = "npm_hooks",
        .signature = header("x-npm-signature").after("sha256="),
        .signed_content = "{body}",
        .event_id = {json("name"), json("version"), json("time")},
        .event_type = json("event"),
    };
};

} // namespace hookseal::inline v0_1::providers

#endif
