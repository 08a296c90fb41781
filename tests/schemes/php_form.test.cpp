// SPDX-License-Identifier: MIT
#include <hookseal/schemes/php_form.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

constexpr php_form described{.name = "test",
                             .signature = form("sig"),
                             .event_id = form("id"),
                             .event_type = {form("type"), form("state")}};

const std::vector<std::pair<std::string, std::string>> no_headers;

/// What is signed of a form, or why nothing is.
std::string serialized(std::string_view body) {
    const request from{no_headers, body};
    statement what;
    if (const error e = described.read({from}, what); e != error::none) return std::string(name(e));
    REQUIRE(what.content.size() == 1);
    REQUIRE(what.presented.size() == 1);
    std::string all;
    const bool good = what.content[0].value.write(from, {&all, [](void* to, std::string_view bytes) noexcept {
                                                             static_cast<std::string*>(to)->append(bytes);
                                                             return true;
                                                         }});
    return good ? all : "(failed)";
}

std::string many_fields(int count) {
    std::string body = "sig=x";
    for (int i = 0; i < count; ++i)
        body += "&f" + std::to_string(i) + "=";
    return body;
}

} // namespace

TEST_CASE("php_form: fields are written as PHP's serialize() writes an array of strings, in the order of "
          "their names") {
    // As php -r 'echo serialize([...]);' prints them.
    CHECK(serialized("sig=x&a=1") == R"(a:1:{s:1:"a";s:1:"1";})");
    CHECK(serialized("b=2&sig=x&a=1") == R"(a:2:{s:1:"a";s:1:"1";s:1:"b";s:1:"2";})");
    CHECK(serialized("sig=x") == "a:0:{}");
    CHECK(serialized("sig=x&a=") == R"(a:1:{s:1:"a";s:0:"";})");
    CHECK(serialized("sig=x&a") == R"(a:1:{s:1:"a";s:0:"";})");
    CHECK(serialized("&&sig=x&&a=1&") == R"(a:1:{s:1:"a";s:1:"1";})");
    CHECK(serialized("sig=x&_=1&A=2&a=3&a1=4&aa=5&a_b=6&Z=7")
          == R"(a:7:{s:1:"A";s:1:"2";s:1:"Z";s:1:"7";s:1:"_";s:1:"1";s:1:"a";s:1:"3";s:2:"a1";s:1:"4";)"
             R"(s:3:"a_b";s:1:"6";s:2:"aa";s:1:"5";})");
}

TEST_CASE("php_form: values are decoded, and their lengths are those of the bytes") {
    CHECK(serialized("sig=x&a=x+y") == R"(a:1:{s:1:"a";s:3:"x y";})");
    CHECK(serialized("sig=x&a=x%2By%26%3D") == R"(a:1:{s:1:"a";s:5:"x+y&=";})");
    CHECK(serialized("sig=x&a=%C3%A9") == "a:1:{s:1:\"a\";s:2:\"\xc3\xa9\";}");
    CHECK(serialized("sig=x&a=\xc3\xa9") == "a:1:{s:1:\"a\";s:2:\"\xc3\xa9\";}");
    CHECK(serialized("sig=x&a=%22%3B%7D") == R"(a:1:{s:1:"a";s:3:"";}";})");
    CHECK(serialized("sig=x&a=b=c") == R"(a:1:{s:1:"a";s:3:"b=c";})");
    CHECK(serialized("sig=x&a=%00") == "a:1:{s:1:\"a\";s:1:\"" + std::string(1, '\0') + "\";}");
    CHECK(serialized("sig=x&a=" + std::string(1000, 'v'))
          == "a:1:{s:1:\"a\";s:1000:\"" + std::string(1000, 'v') + "\";}");
}

TEST_CASE("php_form: what PHP would read as something else is refused") {
    for (const char* bad :
         {"sig=x&a=1&a=1", "sig=x&a=1&a=2", "sig=x&1=a", "sig=x&a.b=1", "sig=x&a+b=1", "sig=x&a%20b=1",
          "sig=x&a[]=1", "sig=x&a[b]=1", "sig=x&a%5Bb%5D=1", "sig=x&=1", "sig=x&a%62=1", "sig=x&a-b=1",
          "sig=x&\xc3\xa9=1", "sig=x&a=%", "sig=x&a=%4", "sig=x&a=%zz", "sig=x&a=1;b=2&c\n=3"}) {
        INFO(bad);
        CHECK(serialized(bad) == "malformed_field");
    }
    CHECK(serialized(many_fields(256)).size() > 1000);
    CHECK(serialized(many_fields(257)) == "malformed_field");
}

TEST_CASE("php_form: the signature stands in the form, once") {
    CHECK(serialized("") == "missing_signature");
    CHECK(serialized("a=1") == "missing_signature");
    CHECK(serialized("a=1&sig=") == "missing_signature");
    CHECK(serialized("sig=x&sig=x") == "repeated_header");
    CHECK(serialized("sig=x&s%69g=y") == "repeated_header");
    CHECK(serialized("s%69g=y") == "malformed_field");
    CHECK(serialized("sig=%zz") == "malformed_signature");
    CHECK(serialized(R"({"sig":"x"})") == "missing_signature");
}

TEST_CASE("php_form: says what it protects: the fields, but not how they are written, and no time") {
    constexpr scheme_info info = described.info();
    static_assert(info.problem == description_problem::none);
    static_assert(info.protects.body == body_protection::some_fields);
    static_assert(info.protects.event_id && !info.protects.timestamp && !info.streams);
    static_assert(php_form{.signature = form("s")}.info().problem == description_problem::no_name);
    static_assert(php_form{.name = "n"}.info().problem == description_problem::no_signature);
    static_assert(php_form{.name = "n", .signature = header("s")}.info().problem
                  == description_problem::no_signature);
    static_assert(
        !php_form{.name = "n", .signature = form("s"), .event_id = header("id")}.info().protects.event_id);
    static_assert(!php_form{.name = "n", .signature = form("s"), .event_id = {form("a"), header("b")}}
                       .info()
                       .protects.event_id);
    static_assert(!php_form{.name = "n", .signature = form("s")}.info().protects.event_id);
    CHECK(described.outgoing(0).signature == form("sig"));
}
