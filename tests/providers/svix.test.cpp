// SPDX-License-Identifier: MIT
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <string>

using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::subject;

namespace {

const subject& svix() {
    static const subject s = subject::of<hookseal::providers::svix>();
    return s;
}

/// Genuine but for the names of its headers: which of signature, timestamp and id are named `webhook-`.
delivery named(bool signature, bool timestamp, bool id) {
    delivery d = svix().genuine();
    for (auto& [name, value] : d.headers)
        if ((name == "svix-signature" && signature) || (name == "svix-timestamp" && timestamp)
            || (name == "svix-id" && id))
            name = "webhook" + name.substr(4);
    return d;
}

} // namespace

TEST_CASE("svix: a white-labelled sender's headers are the same headers") {
    CHECK(svix().judge(named(true, true, true)) == svix().judge(svix().genuine()));
}

TEST_CASE("svix: a mixture of both sets of headers is refused") {
    for (int mixture = 1; mixture < 7; ++mixture) {
        CAPTURE(mixture);
        check_refused(svix().judge(named((mixture & 1) != 0, (mixture & 2) != 0, (mixture & 4) != 0)));
    }
}

TEST_CASE("svix: one header of the other set is already too many") {
    for (const char* name : {"signature", "timestamp", "id"}) {
        CAPTURE(name);
        delivery d = svix().genuine();
        d.headers.emplace_back(std::string("webhook-") + name, d[std::string("svix-") + name]);
        check_refused(svix().judge(d), "repeated_header");
    }
}
