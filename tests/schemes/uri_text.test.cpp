// SPDX-License-Identifier: MIT
#include <hookseal/schemes/uri_text.hpp>

#include "schemes/spelled.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace hookseal;

namespace {

std::string read(reader how, std::string_view raw) {
    return hookseal_tests::written(text::of(raw, how), request{});
}

} // namespace

TEST_CASE("uri_text: the base of a URL ends before its query") {
    CHECK(url_base("https://a.example/b?c#d") == "https://a.example/b");
    CHECK(url_base("https://a.example/b#c?d") == "https://a.example/b");
    CHECK(url_base("https://a.example") == "https://a.example");
    CHECK(url_base("").empty());
}

TEST_CASE("uri_text: the other port is none, or the scheme's own") {
    const auto other = [](std::string_view url) { return read(&readers::other_port, url); };
    CHECK(other("https://a.example/b?c=d:1") == "https://a.example:443/b?c=d:1");
    CHECK(other("http://a.example/b") == "http://a.example:80/b");
    CHECK(other("https://a.example") == "https://a.example:443");
    CHECK(other("https://a.example?b") == "https://a.example:443?b");
    CHECK(other("https://a.example:1234/b") == "https://a.example/b");
    CHECK(other("https://a.example:443") == "https://a.example");
    CHECK(other("https://user:pass@a.example/b") == "https://user:pass@a.example:443/b");
    CHECK(other("https://user:pass@a.example:1/b") == "https://user:pass@a.example/b");
    CHECK(other("https://[::1]/b") == "https://[::1]:443/b");
    CHECK(other("https://[::1]:8443/b") == "https://[::1]/b");
    CHECK(other("/no/host") == "/no/host");
}

TEST_CASE("uri_text: escapes of some reserved characters are decoded, once") {
    const auto decoded = [](std::string_view url) { return read(&readers::reserved_decoded, url); };
    CHECK(decoded("%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B") == ":/?@!$'()*,;");
    CHECK(decoded("%3a%2f") == ":/");
    CHECK(decoded("%26%3D%2B%23%25%20%41") == "%26%3D%2B%23%25%20%41");
    CHECK(decoded("%253A") == "%253A");
    CHECK(decoded("a%2") == "a%2");
    CHECK(decoded("%") == "%");
    CHECK(decoded("%zz%2F") == "%zz/");
    CHECK(decoded("%00") == "%00");
    CHECK(decoded("").empty());
}

TEST_CASE("uri_text: encodeURI keeps a URI's punctuation, encodeURIComponent does not") {
    const auto uri = [](std::string_view t) { return read(&readers::uri_encoded, t); };
    const auto twice = [](std::string_view t) { return read(&readers::uri_component_encoded_twice, t); };
    CHECK(uri("/a b%20-_.!~*'();/?:@&=+$,#") == "/a%20b%2520-_.!~*'();/?:@&=+$,#");
    CHECK(uri("\xc3\xa4[]\"<>\\^`{|}") == "%C3%A4%5B%5D%22%3C%3E%5C%5E%60%7B%7C%7D");
    CHECK(twice("q=1&w=2") == "q%253D1%2526w%253D2");
    CHECK(twice("a b-_.!~*'()") == "a%2520b-_.!~*'()");
    CHECK(twice("%20/") == "%252520%252F");
}
