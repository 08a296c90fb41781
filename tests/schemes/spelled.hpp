// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SCHEMES_SPELLED_HPP
#define HOOKSEAL_TESTS_SCHEMES_SPELLED_HPP

#include <hookseal/core/statement.hpp>

#include <string>
#include <string_view>

namespace hookseal_tests {

/// What a text reads as.
[[nodiscard]] inline std::string written(const hookseal::text& from, const hookseal::request& in) {
    std::string out;
    const bool done = from.write(in, {&out, [](void* to, std::string_view bytes) noexcept {
                                          static_cast<std::string*>(to)->append(bytes);
                                          return true;
                                      }});
    return done ? out : "(refused)";
}

/// The pieces of a statement's content, one behind the other: `<v0:> <1767225600> <:> body`.
[[nodiscard]] inline std::string spelled(const hookseal::statement& what, const hookseal::request& in) {
    using kind = hookseal::piece::kind;
    constexpr std::string_view hashes[] = {"sha1", "sha256", "sha384", "sha512", "md5", "crc32"};
    constexpr std::string_view forms[] = {"text", "hex", "hex_any_case", "base64", "base64url", "decimal"};
    std::string all;
    for (const hookseal::piece& p : what.content) {
        if (!all.empty()) all += ' ';
        switch (p.what) {
        case kind::bytes: all += "<" + written(p.value, in) + ">"; break;
        case kind::body: all += "body"; break;
        case kind::key: all += "key"; break;
        case kind::digest_of_body:
            all.append(hashes[static_cast<std::size_t>(p.hash)]).append("(body) in ");
            all.append(forms[static_cast<std::size_t>(p.form)]);
            break;
        }
    }
    return all;
}

/// The signatures that a statement presents: `<ab> <cd>`.
[[nodiscard]] inline std::string signatures_of(const hookseal::statement& what, const hookseal::request& in) {
    std::string all;
    for (const hookseal::presented_signature& p : what.presented)
        all.append(all.empty() ? "<" : " <").append(written(p.value, in)).append(">");
    return all;
}

} // namespace hookseal_tests

#endif
