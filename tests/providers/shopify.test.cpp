// SPDX-License-Identifier: MIT
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <string>

using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;

namespace {

const subject& shopify() {
    static const subject s = subject::of<hookseal::providers::shopify>();
    return s;
}

} // namespace

TEST_CASE("shopify: headers without X- are the same headers") {
    delivery d = shopify().genuine();
    for (auto& [name, value] : d.headers)
        name = name.substr(2);
    const auto got = shopify().judge(d);
    CHECK(got == shopify().judge(shopify().genuine()));
    CHECK(got.id == "evt_1");
    CHECK(got.type == "thing.done");
}

TEST_CASE("shopify: a request with both names of the signature is refused, whatever they hold") {
    const std::string good = shopify().genuine()["x-shopify-hmac-sha256"];
    for (const std::string& second : {good, std::string("AAAA"), std::string()}) {
        CAPTURE(second);
        delivery d = shopify().genuine();
        d.headers.emplace_back("Shopify-Hmac-Sha256", second);
        const auto got = shopify().judge(d);
        if (second.empty())
            CHECK(got.error == "none"); // an empty header is a missing one
        else
            check_refused(got, "repeated_header");
    }
    delivery other_way_round = shopify().genuine().with("x-shopify-hmac-sha256", "AAAA");
    other_way_round.headers.emplace_back("shopify-hmac-sha256", good);
    check_refused(shopify().judge(other_way_round), "repeated_header");
}

TEST_CASE("shopify: an id under both names is none") {
    delivery d = shopify().genuine();
    d.headers.emplace_back("shopify-event-id", "another");
    const auto got = shopify().judge(d);
    CHECK(got.error == "none");
    CHECK(got.id.empty());
}
