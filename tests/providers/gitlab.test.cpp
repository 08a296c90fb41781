// SPDX-License-Identifier: MIT
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <string>
#include <string_view>

using hookseal::providers::gitlab;

namespace {

std::string error_for(std::string_view configured, const std::string& sent) {
    const hookseal::verifier<gitlab> v{hookseal::secret(configured),
                                       hookseal::accepting<hookseal::weakness::body_not_signed>};
    const hookseal_tests::delivery d{{{"X-Gitlab-Token", sent}}, "{}"};
    return hookseal_tests::verdict_on(v.verify(d.whole())).error;
}

} // namespace

TEST_CASE("gitlab: the token is compared whole, whatever its length") {
    constexpr std::size_t sizes[] = {1, 2, 31, 32, 33, 63, 64, 65, 128, 1000};
    for (const std::size_t size : sizes) {
        CAPTURE(size);
        std::string token;
        for (std::size_t i = 0; i < size; ++i)
            token += static_cast<char>('a' + i % 26);
        CHECK(error_for(token, token) == "none");
        CHECK(error_for(token, token + "x") == "signature_mismatch");
        CHECK(error_for(token + "x", token) == "signature_mismatch");
        CHECK(error_for(token, token + token) == "signature_mismatch");
        CHECK(error_for(token, token + '\0') == "signature_mismatch");
        if (size > 1) CHECK(error_for(token, token.substr(0, size - 1)) == "signature_mismatch");
        if (size > 1) CHECK(error_for(token, token.substr(1)) == "signature_mismatch");
        token.back() = 'Z';
        CHECK(error_for(token, token.substr(0, size - 1) + 'z') == "signature_mismatch");
    }
}

TEST_CASE("gitlab: a token of any bytes is one") {
    for (const std::string token : {"caf\xc3\xa9", "a b", "a,b", "\xff\xfe", "=", "\"quoted\"", "a\tb"}) {
        CAPTURE(token);
        CHECK(error_for(token, token) == "none");
    }
}

TEST_CASE("gitlab: any body is accepted with the token, which is the weakness to accept by name") {
    const auto s = hookseal_tests::subject::of<gitlab>();
    CHECK(s.protects().has(hookseal::weakness::body_not_signed));
    CHECK(s.judge(s.genuine().with_body("{\"anything\":\"else\"}")).error == "none");
}
