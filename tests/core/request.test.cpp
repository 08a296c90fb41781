// SPDX-License-Identifier: MIT
#include <hookseal/core/request.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;

namespace {

using header_map = std::map<std::string, std::string>;
const header_map no_headers;

static_assert(std::is_nothrow_default_constructible_v<request>);
static_assert(std::is_trivially_copyable_v<request>);
static_assert(request_like<request>);
static_assert(!request_like<int>);
static_assert(!request_like<std::string>);

// A body is bytes: neither numbers nor wide characters are.
static_assert(std::is_constructible_v<request, const header_map&, std::string&>);
static_assert(!std::is_constructible_v<request, const header_map&, std::vector<int>&>);
static_assert(!std::is_constructible_v<request, const header_map&, std::wstring&>);
static_assert(!std::is_constructible_v<request, const header_map&, int>);
static_assert(!std::is_constructible_v<request, int, std::string&>);

} // namespace

TEST_CASE("request: a body is viewed where it lies, whatever holds its bytes") {
    const auto same = [](const request& r, const void* data, std::size_t size) {
        CHECK(static_cast<const void*>(r.body().data()) == data);
        CHECK(r.body().size() == size);
    };
    const std::string text("a\0b", 3);
    same({no_headers, text}, text.data(), 3);

    const std::string_view view = text;
    same({no_headers, view}, text.data(), 3);
    same({no_headers, std::string_view(text)}, text.data(), 3);

    const std::vector<std::uint8_t> bytes{0, 1, 255};
    same({no_headers, bytes}, bytes.data(), 3);

    const std::vector<char> chars{'a', 'b'};
    same({no_headers, chars}, chars.data(), 2);

    const std::span<const std::byte> span = std::as_bytes(std::span(bytes));
    same({no_headers, span}, bytes.data(), 3);
    same({no_headers, std::as_bytes(std::span(bytes))}, bytes.data(), 3);

    const std::array<unsigned char, 4> fixed{1, 2, 3, 4};
    same({no_headers, fixed}, fixed.data(), 4);

    const char* const literal = "{}";
    same({no_headers, literal}, literal, 2);
    CHECK(request{no_headers, "{}"}.body() == "{}");
    CHECK(request{no_headers, ""}.body().empty());
}

TEST_CASE("request: is a POST without URL or body until something else is said") {
    CHECK(request{}.method() == "POST");
    CHECK(request{}.url().empty());
    CHECK(request{}.body().empty());
    std::string_view value;
    CHECK(request{}.headers().find_one("a", value) == error::missing_field);

    const request head{no_headers};
    CHECK(head.method() == "POST");
    CHECK(head.body().empty());
}

TEST_CASE("request: what it is said to be at is one part of it and leaves the others alone") {
    const header_map headers{{"A", "1"}};
    const std::string body = "body";
    const std::string url = "https://example.com/hook?a=b";
    const std::string method = "PUT";
    const request first{headers, body};
    const request second = first.at(url).with_method(method);
    CHECK(second.url().data() == url.data());
    CHECK(second.method().data() == method.data());
    CHECK(second.body().data() == body.data());
    std::string_view value;
    CHECK(second.headers().find_one("a", value) == error::none);
    CHECK(value.data() == headers.at("A").data());

    CHECK(first.url().empty());
    CHECK(first.method() == "POST");

    const request third = second.with_body("other");
    CHECK(third.body() == "other");
    CHECK(third.url() == url);
    CHECK(third.method() == "PUT");
    CHECK(second.body() == body);
}

TEST_CASE("request: literals and views say where it is and how it came, too") {
    const request r =
        request{no_headers, "{}"}.at("https://example.com/").with_method(std::string_view("GET"));
    CHECK(r.url() == "https://example.com/");
    CHECK(r.method() == "GET");
}

namespace {

struct framework_request {
    header_map headers;
    std::string payload;
};

} // namespace

template <>
struct hookseal::request_access<framework_request> {
    static request view(const framework_request& from) noexcept {
        return request{from.headers, from.payload};
    }
};

TEST_CASE("request: a framework's own type is understood once request_access is specialised") {
    static_assert(request_like<framework_request>);
    const framework_request from{{{"A", "1"}}, "payload"};
    const request seen = request_access<framework_request>::view(from);
    CHECK(seen.body().data() == from.payload.data());
}
