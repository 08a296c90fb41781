// SPDX-License-Identifier: MIT
// A body that comes in pieces.
#include <hookseal/providers/github.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <string>
#include <string_view>
#include <vector>

int main() {
    const hookseal::verifier<hookseal::providers::github> github{hookseal::secret("github's secret")};
    const std::string body(100'000, 'x');
    const auto headers =
        hookseal::signer<hookseal::providers::github>{hookseal::secret("github's secret")}.sign(
            {.body = body});
    const hookseal::signed_headers& head = *headers;
    std::vector<std::string_view> chunks;
    for (std::size_t at = 0; at < body.size(); at += 4096)
        chunks.push_back(std::string_view(body).substr(at, 4096));

    // [incremental]
    auto delivery = github.begin(hookseal::request{head});
    if (delivery.failed() != hookseal::error::none) return 1; // answer before the body is read
    for (const std::string_view chunk : chunks)
        delivery.update(chunk);
    const auto event = std::move(delivery).finish();
    if (!event) return http_status(event.error());
    // [/incremental]
    return event->has_body() ? 1 : 0;
}
