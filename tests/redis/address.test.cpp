// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/redis/address.hpp>

#include "support/catch.hpp"

#include <string>

using namespace hookseal;

namespace {

std::string in_parts(const char* url) {
    const auto found = redis::parse_address(url);
    if (!found) return "nothing";
    return found->host + "|" + std::to_string(found->port) + "|" + found->user + "|" + found->password + "|"
           + std::to_string(found->database);
}

} // namespace

TEST_CASE("redis address: what is not said is as Redis has it by default") {
    REQUIRE(in_parts("redis://cache.internal") == "cache.internal|6379|||0");
    REQUIRE(in_parts("redis://cache.internal/") == "cache.internal|6379|||0");
    REQUIRE(in_parts("redis://10.0.0.1:7000/12") == "10.0.0.1|7000|||12");
}

TEST_CASE("redis address: who speaks to it") {
    REQUIRE(in_parts("redis://:secret@h") == "h|6379||secret|0");
    REQUIRE(in_parts("redis://shop:secret@h:1/2") == "h|1|shop|secret|2");
    REQUIRE(in_parts("redis://shop:a%40b%2fc%3A@h") == "h|6379|shop|a@b/c:|0");
}

TEST_CASE("redis address: a host with colons stands in brackets") {
    REQUIRE(in_parts("redis://[::1]") == "::1|6379|||0");
    REQUIRE(in_parts("redis://[::1]:7000") == "::1|7000|||0");
}

TEST_CASE("redis address: all else is refused") {
    for (const char* url :
         {"", "cache.internal", "rediss://h", "http://h", "redis://", "redis://:1", "redis://h:0",
          "redis://h:65536", "redis://h:", "redis://h:1x", "redis://h/x", "redis://h/-1", "redis://h/0/1",
          "redis://:a%4@h", "redis://:a%xx@h", "redis://:%@h"}) {
        CAPTURE(url);
        CHECK(in_parts(url) == "nothing");
    }
}
