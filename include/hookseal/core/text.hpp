// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_TEXT_HPP
#define HOOKSEAL_CORE_TEXT_HPP

#include <hookseal/core/reader.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/encoding/json_field.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace hookseal::inline v0_1 {

/// Bytes of a request and how to read them: nothing is copied before it is hashed.
///
/// Trivial on purpose: lists of texts are not zeroed on the request path.
struct text {
    const char* data;
    std::size_t size;
    reader read;

    [[nodiscard]] static constexpr text of(std::string_view raw, reader how = nullptr) noexcept {
        return {raw.data(), raw.size(), how};
    }
    [[nodiscard]] constexpr std::string_view raw() const noexcept { return {data, size}; }

    /// Puts what the text reads as into `out`.
    [[nodiscard]] bool write(const request& from, sink out) const noexcept {
        return read == nullptr ? out(raw()) : read(from, raw(), out);
    }
};

/// Readers for what stands in JSON strings, and in forms and query strings.
namespace readers {

inline bool json_unescaped(const request&, std::string_view raw, sink out) noexcept {
    return unescape_json(raw, out);
}

inline bool form_decoded(const request&, std::string_view raw, sink out) noexcept {
    return decode_form(raw, out);
}

/// ASCII lower case of what `Inner` reads.
template <reader Inner>
bool lower_case(const request& from, std::string_view raw, sink out) noexcept {
    const auto lower = [](void* to, std::string_view bytes) noexcept {
        const auto& next = *static_cast<const sink*>(to);
        char chunk[64];
        while (!bytes.empty()) {
            std::size_t n = 0;
            for (; n < sizeof chunk && n < bytes.size(); ++n)
                chunk[n] = to_lower(bytes[n]);
            if (!next(chars(chunk, n))) return false;
            bytes.remove_prefix(n);
        }
        return true;
    };
    const sink into{&out, lower};
    // As types: under -fsanitize=undefined g++ takes no comparison of functions for a constant.
    if constexpr (std::is_same_v<std::integral_constant<reader, Inner>,
                                 std::integral_constant<reader, nullptr>>)
        return into(raw);
    else
        return Inner(from, raw, into);
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
