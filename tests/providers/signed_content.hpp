// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_PROVIDERS_SIGNED_CONTENT_HPP
#define HOOKSEAL_TESTS_PROVIDERS_SIGNED_CONTENT_HPP

#include <hookseal/core/statement.hpp>
#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/schemes/scheme_ref.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace hookseal_tests {

/// Collects signed content as text.
struct content_text {
    std::string_view key;
    std::string all{};

    [[nodiscard]] bool update(std::string_view bytes) {
        all.append(bytes);
        return true;
    }
    [[nodiscard]] bool update_with_key() { return update(key); }
};

/// What a scheme finds signed in a request; nothing where it cannot read it.
[[nodiscard]] inline std::optional<std::string> signed_content(const hookseal::scheme_ref& scheme,
                                                               const hookseal::request& from,
                                                               const hookseal::options& with,
                                                               std::string_view key = "", int candidate = 0) {
    hookseal::statement what;
    if (scheme.read({from, with, candidate}, what) != hookseal::error::none) return {};
    content_text into{key};
    hookseal::body_digests digests;
    hookseal::detail::content_feed<content_text> feed;
    const std::string_view body = from.body();
    const bool done = hookseal::detail::want_digests(what, digests) == hookseal::error::none
                      && digests.update(body) && digests.finish() && feed.begin(what, from, into)
                      && feed.body(body, into) && feed.end(what, from, &digests, &body, into);
    return done ? std::optional(std::move(into.all)) : std::nullopt;
}

} // namespace hookseal_tests

#endif
