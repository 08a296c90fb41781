// SPDX-License-Identifier: MIT
// A small program that uses an installed hookseal; compiled with exceptions and without.
#include <hookseal/hookseal.hpp>

#include <map>
#include <string_view>

int main() {
    // docs.github.com, "Validating webhook deliveries", the example values.
    using github = hookseal::verifier<hookseal::providers::github>;
    const auto verifier = github::make(hookseal::secret("It's a Secret to Everybody"));
    const std::map<std::string_view, std::string_view> headers{
        {"X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}};
    if (!verifier || !verifier->verify(hookseal::request{headers, "Hello, World!"})) return 1;
    return verifier->verify(hookseal::request{headers, "Hello, World?"}) ? 1 : 0;
}
