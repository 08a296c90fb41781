// SPDX-License-Identifier: MIT
#include <hookseal/schemes/url_parts.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace hookseal;

namespace {

/// What a member function of the parts writes.
std::string written(std::string_view url, bool (url_parts::*write)(sink) const noexcept) {
    std::string all;
    const sink into{&all, [](void* to, std::string_view bytes) noexcept {
                        static_cast<std::string*>(to)->append(bytes);
                        return true;
                    }};
    return (url_parts(url).*write)(into) ? all : "refused";
}
std::string canonical(std::string_view url) { return written(url, &url_parts::write_canonical); }
std::string authority(std::string_view url) { return written(url, &url_parts::write_authority); }

} // namespace

TEST_CASE("url_parts: a URL falls into its parts as it stands") {
    const url_parts all("https://Example.com:8443/a/b?c=d?e");
    CHECK(all.valid());
    CHECK(all.path() == "/a/b");
    CHECK(all.has_query());
    CHECK(all.query() == "c=d?e");
    const url_parts bare("http://example.com");
    CHECK(bare.valid());
    CHECK(bare.path() == "/");
    CHECK_FALSE(bare.has_query());
    const url_parts only_query("https://example.com?");
    CHECK(only_query.path() == "/");
    CHECK(only_query.has_query());
    CHECK(only_query.query().empty());
}

TEST_CASE("url_parts: what two readers may read differently is no URL") {
    for (const char* bad : {"", "example.com/x", "/x", "//example.com/x", "ftp://example.com/", "https:///x",
                            "https://u@example.com/", "https://u:p@example.com/", "https://example.com/#x",
                            "https://example.com/ x", "https://example.com\\x", "https://ex\xc3\xa4mple.com/",
                            "https://example.com:8x/", "https://example.com:123456/", "https://:443/",
                            "https://example.com/\n"}) {
        INFO(bad);
        CHECK_FALSE(url_parts(bad).valid());
    }
}

TEST_CASE("url_parts: an authority is written in lower case and without its scheme's own port") {
    CHECK(authority("https://EXAMPLE.com/") == "example.com");
    CHECK(authority("https://example.com:443/") == "example.com");
    CHECK(authority("http://example.com:80/") == "example.com");
    CHECK(authority("https://example.com:80/") == "example.com:80");
    CHECK(authority("https://example.com:8443") == "example.com:8443");
    CHECK(authority("https://[2001:DB8::1]:443/") == "[2001:db8::1]");
    CHECK(authority("https://[2001:db8::1]/") == "[2001:db8::1]");
}

TEST_CASE("url_parts: a canonical URL has one spelling of its path, and its query as it was") {
    CHECK(canonical("HTTPS://Example.COM:443") == "https://example.com/");
    CHECK(canonical("https://example.com/a/./b/../c") == "https://example.com/a/c");
    CHECK(canonical("https://example.com/../../a") == "https://example.com/a");
    CHECK(canonical("https://example.com/a/b/..") == "https://example.com/a/");
    CHECK(canonical("https://example.com/a/.") == "https://example.com/a/");
    CHECK(canonical("https://example.com/..") == "https://example.com/");
    CHECK(canonical("https://example.com/a//b/") == "https://example.com/a//b/");
    CHECK(canonical("https://example.com/.../x..y") == "https://example.com/.../x..y");
    CHECK(canonical("https://example.com/%e2%98%83/%7Euser/%2f")
          == "https://example.com/%E2%98%83/~user/%2F");
    CHECK(canonical("https://example.com/x/%2e%2E/y") == "https://example.com/y");
    CHECK(canonical("https://example.com/x?b=%2f&a=..&") == "https://example.com/x?b=%2f&a=..&");
    CHECK(canonical("https://example.com/x?") == "https://example.com/x?");
    CHECK(canonical("https://example.com/%zz") == "refused");
    CHECK(canonical("https://example.com/%2") == "refused");
    CHECK(canonical("https://example.com/" + std::string(3000, 'a')) == "refused");
}
