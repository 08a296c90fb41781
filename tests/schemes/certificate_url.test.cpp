// SPDX-License-Identifier: MIT
#include <hookseal/schemes/read_certificate_url.hpp>

#include "support/catch.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

constexpr std::string_view regional = "https://keys.{region}.example.com/signing-{hex}.pem";

constexpr certificate_url rule{
    .at = header("key-url"),
    .beside = header("topic"),
    .allowed = {{regional, "cloud:{region}:{rest}", "keys.example.com"},
                {"https://fixed.example.org/{path}", "fixed:{rest}", "fixed.example.org"}},
};

/// The certificate's name where the URL is allowed, else the error.
std::string verdict(std::string url, std::string topic = "cloud:eu-west-1:x") {
    const std::vector<std::pair<std::string, std::string>> headers{{"Key-Url", std::move(url)},
                                                                   {"Topic", std::move(topic)}};
    const request from{headers, std::string_view()};
    key_hint hint;
    const error e = read_certificate_url(rule, {from}, hint);
    if (e != error::none) return std::string(name(e));
    CHECK(hint.what == key_hint::kind::certificate_url);
    CHECK(hint.value == headers[0].second);
    return std::string(hint.name);
}

const std::string good = "https://keys.eu-west-1.example.com/signing-0123456789abcdef0123456789abcdef.pem";

} // namespace

TEST_CASE("certificate_url: exactly the provider's URLs are allowed, each for its certificate's name") {
    CHECK(verdict(good) == "keys.example.com");
    CHECK(verdict("https://fixed.example.org/v1/certs/CERT-1_a", "fixed:") == "fixed.example.org");
    CHECK(verdict("https://fixed.example.org/x", "fixed:") == "fixed.example.org");
}

TEST_CASE("certificate_url: a region that is another field's too has the shape of one") {
    const auto in = [](const std::string& region) {
        return verdict("https://keys." + region + ".example.com/signing-0123456789abcdef0123456789abcdef.pem",
                       "cloud:" + region + ":x");
    };
    for (const char* region : {"us-east-1", "ap-southeast-12", "us-gov-west-1", "us-isob-east-1"})
        CHECK(in(region) == "keys.example.com");
    for (const char* region :
         {"s3-us-west-2", "us", "us-", "us-east", "us-east-", "us-1", "usa-east-1", "u-east-1", "us-east-1a",
          "US-east-1", "us--1", "us-a-b-c-1", "us.east-1", "-east-1", ""}) {
        INFO(region);
        CHECK(in(region) == "forbidden_key_url");
    }
    CHECK(verdict(good, "cloud:us-east-1:x") == "forbidden_key_url");
    CHECK(verdict(good, "cloud:eu-west-1") == "forbidden_key_url");
    CHECK(verdict(good, "other:eu-west-1:x") == "forbidden_key_url");
}

TEST_CASE("certificate_url: no byte more, less or other than the rule's") {
    for (const std::string& bad : std::initializer_list<std::string>{
             good + "x", good + "?", good + "#", good.substr(1), good.substr(0, good.size() - 1), " " + good,
             good + "\n", std::string("HTTPS") + good.substr(5), std::string("http") + good.substr(5),
             std::string("https://fixed.example.org/"), std::string("https://fixed.example.org//x"),
             std::string("https://fixed.example.org/x/"), std::string("https://fixed.example.org/../x"),
             std::string("https://fixed.example.org/x?y"), std::string("https://fixed.example.org:443/x"),
             std::string("https://u@fixed.example.org/x"), std::string("https://fixed.example.org%2f/x")}) {
        INFO(bad);
        CHECK(verdict(bad) == "forbidden_key_url");
        CHECK(verdict(bad, "fixed:") == "forbidden_key_url");
    }
    CHECK(verdict("") == "missing_field");
    CHECK(verdict(good, "") == "missing_field");
}

TEST_CASE("certificate_url: a URL in a JSON body must be written without escapes") {
    constexpr certificate_url in_body{.at = json("u"),
                                      .allowed = {{"https://fixed.example.org/{name}", "", "x"}}};
    const std::vector<std::pair<std::string, std::string>> none;
    const auto read = [&](std::string_view body) {
        key_hint hint;
        return read_certificate_url(in_body, {request{none, body}}, hint);
    };
    CHECK(read(R"({"u":"https://fixed.example.org/a"})") == error::none);
    CHECK(read(R"({"u":"https:\/\/fixed.example.org\/a"})") == error::forbidden_key_url);
    CHECK(read(R"({"u":"https://fixed.example.org/a","u":"https://evil.example/a"})")
          == error::malformed_field);
    CHECK(read("{}") == error::missing_field);
}

TEST_CASE("certificate_url: a second spelling of its place counts where the first is not, and both together "
          "do not") {
    constexpr certificate_url either{
        .at = json("URL"), .or_at = json("Url"), .allowed = {{"https://fixed.example.org/{name}", "", "x"}}};
    const std::vector<std::pair<std::string, std::string>> none;
    const auto read = [&](std::string_view body) {
        key_hint hint;
        return read_certificate_url(either, {request{none, body}}, hint);
    };
    CHECK(read(R"({"URL":"https://fixed.example.org/a"})") == error::none);
    CHECK(read(R"({"Url":"https://fixed.example.org/a"})") == error::none);
    CHECK(read(R"({"Url":"https://fixed.example.org/a","URL":"https://fixed.example.org/a"})")
          == error::malformed_field);
    CHECK(read(R"({"Url":"https://evil.example/a"})") == error::forbidden_key_url);
    CHECK(read("{}") == error::missing_field);
}
