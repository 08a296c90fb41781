// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_REQUEST_HPP
#define HOOKSEAL_CORE_REQUEST_HPP

#include <hookseal/core/headers.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

namespace detail {

/// Something with contiguous bytes: `std::string`, `std::vector<std::uint8_t>`, `std::span<const std::byte>`, a literal.
template <class Body>
concept byte_container = std::is_convertible_v<const Body&, std::string_view> || requires(const Body& b) {
    { b.size() } -> std::convertible_to<std::size_t>;
    requires sizeof(*b.data()) == 1;
};

template <class Body>
[[nodiscard]] constexpr std::string_view bytes_of(const Body& body) noexcept {
    if constexpr (std::is_convertible_v<const Body&, std::string_view>)
        return body;
    else
        return {reinterpret_cast<const char*>(body.data()), static_cast<std::size_t>(body.size())};
}

/// Bytes that are the object itself: a `std::array`, however small.
template <class Body>
concept array_of_bytes = requires {
    std::tuple_size<Body>::value;
};

/// A type whose copies view the same bytes (a pointer, perhaps with a size), so that a temporary may be viewed.
template <class Body>
concept borrowed_bytes = std::is_lvalue_reference_v<Body> ||(
    std::is_trivially_copyable_v<std::remove_cvref_t<Body>> && sizeof(Body) <= 2 * sizeof(void*)
    && !array_of_bytes<std::remove_cvref_t<Body>>);

} // namespace detail

/// A view of one incoming HTTP request: method, URL, headers and the raw body, byte for byte as received.
///
/// It owns nothing: headers and body must outlive it and every event verified from it. Temporaries that own their
/// bytes do not compile.
///
/// The URL is the one the provider was given, for the few schemes that sign it. Set it from configuration with `at`;
/// never rebuild it from `Host` or `X-Forwarded-*`, which anybody can send.
class request {
public:
    constexpr request() noexcept = default;

    /// A `POST` with these headers (see `header_access`) and this raw body.
    template <class Headers, class Body>
    requires header_source<std::remove_cvref_t<Headers>> && detail::byte_container<std::remove_cvref_t<Body>>
    constexpr request(Headers&& headers, Body&& body) noexcept
        : headers_(headers), body_(detail::bytes_of(body)) {
        static_assert(std::is_lvalue_reference_v<Headers>,
                      "a request is a view: keep the headers in a variable that outlives it");
        static_assert(detail::borrowed_bytes<Body>,
                      "a request is a view: keep the body in a variable that outlives it");
    }

    /// A request whose body is not here yet, for incremental verification.
    template <class Headers>
    requires header_source<std::remove_cvref_t<Headers>>
    constexpr explicit request(Headers&& headers) noexcept : headers_(headers) {
        static_assert(std::is_lvalue_reference_v<Headers>,
                      "a request is a view: keep the headers in a variable that outlives it");
    }

    /// The same request at the URL that the provider was given, `https://public.example/hook?a=b`.
    template <class Url>
    [[nodiscard]] constexpr request at(Url&& url) const noexcept {
        static_assert(detail::borrowed_bytes<Url>,
                      "a request is a view: keep the URL in a variable that outlives it");
        request other = *this;
        other.url_ = url;
        return other;
    }
    /// The same request with the target of its request line, `/hook?a=b`, as it arrived. A proxy may have changed it:
    /// challenges, which nobody signs, are looked for there, and nothing else.
    template <class Target>
    [[nodiscard]] constexpr request with_target(Target&& target) const noexcept {
        static_assert(detail::borrowed_bytes<Target>,
                      "a request is a view: keep the target in a variable that outlives it");
        request other = *this;
        other.target_ = target;
        return other;
    }
    /// The same request with another method than `POST`.
    template <class Method>
    [[nodiscard]] constexpr request with_method(Method&& method) const noexcept {
        static_assert(detail::borrowed_bytes<Method>,
                      "a request is a view: keep the method in a variable that outlives it");
        request other = *this;
        other.method_ = method;
        return other;
    }
    /// The same request with this body.
    [[nodiscard]] constexpr request with_body(std::string_view body) const noexcept {
        request other = *this;
        other.body_ = body;
        return other;
    }

    [[nodiscard]] constexpr std::string_view method() const noexcept { return method_; }
    [[nodiscard]] constexpr std::string_view url() const noexcept { return url_; }
    [[nodiscard]] constexpr std::string_view target() const noexcept { return target_; }
    [[nodiscard]] constexpr const hookseal::headers& headers() const noexcept { return headers_; }
    [[nodiscard]] constexpr std::string_view body() const noexcept { return body_; }

private:
    std::string_view method_ = "POST";
    std::string_view url_{};
    std::string_view target_{};
    hookseal::headers headers_{};
    std::string_view body_{};
};

/// The second customisation point: how a framework's request becomes a `request`. Specialise it with
///
///     static request view(const Framework& from) noexcept;
///
/// and that framework's requests can be handed to `verify` as they are. `frameworks/` holds ready ones.
template <class Framework>
struct request_access;

template <>
struct request_access<request> {
    static constexpr const request& view(const request& from) noexcept { return from; }
};

/// Anything that can be seen as a `request`: see `request_access`.
template <class Request>
concept request_like = requires(const Request& from) {
    { request_access<Request>::view(from) }
    noexcept->std::convertible_to<const request&>;
};

} // namespace hookseal::inline v0_1

#endif
