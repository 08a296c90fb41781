// SPDX-License-Identifier: MIT
// Handshakes: answered by a receiver, by a verifier, and by neither.
#include <hookseal/challenge.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/asana.hpp>
#include <hookseal/providers/meta.hpp>
#include <hookseal/providers/okta.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace providers = hookseal::providers;
using headers = std::vector<std::pair<std::string, std::string>>;

// [own]
struct acme {
    static constexpr hookseal::signed_scheme scheme{
        .name = "acme",
        .signature = hookseal::header("x-acme-signature"),
        .signed_content = "{body}",
    };
    static constexpr hookseal::challenge_scheme challenge{
        .method = "GET",
        .value = hookseal::query("challenge"),
        .form = {hookseal::alphabet::token, 16, 64},
        .json = R"({"challenge":"{value}","proof":"{mac}"})",
    };
};
// [/own]

/// A response of some framework's.
struct response {
    int status = 0;
    headers all;
    std::string body;
};

// [send]
template <class Answer>
void send(const Answer& answer, response& to) {
    to.status = answer.status;
    hookseal::for_each_header(
        answer, [&](std::string_view name, std::string_view value) { to.all.emplace_back(name, value); });
    to.body = answer.body.view();
}
// [/send]

// [pending]
/// Takes a webhook's secret as long as a call that creates one is waiting for its answer.
std::optional<std::string> secret_of_new_webhook(const hookseal::request& request, bool is_creating,
                                                 response& to) {
    const auto answer = hookseal::challenge_response<providers::asana>(request);
    if (!answer || !is_creating) return std::nullopt;
    send(*answer, to);
    if (answer->error != hookseal::error::none) return std::nullopt;
    return std::string(answer->value);
}
// [/pending]

int main() {
    const headers none;
    const std::string target = "/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=chosen";
    // [receiver]
    const hookseal::option_value options[] = {{"verify_token", "chosen"}};
    const hookseal::verifier<providers::meta> meta{hookseal::secret("app secret"), {.options = options}};
    hookseal::lru_ttl_store seen{1000};
    const hookseal::receiver receiver{meta, seen};

    // GET and POST alike; `target` is the path and query of the request line.
    const auto request = hookseal::request{none}.with_method("GET").with_target(target);
    response to;
    send(receiver(request, [](auto&) {}), to);
    // [/receiver]

    const headers asked{{"X-Okta-Verification-Challenge", "a1b2"}};
    const auto get = hookseal::request{asked}.with_method("GET");
    response okta;
    // [free]
    if (const auto answer = hookseal::challenge_response<providers::okta>(get)) send(*answer, okta);
    // [/free]

    const headers handshake{{"X-Hook-Secret", "b537"}};
    response asana;
    const auto secret = secret_of_new_webhook(hookseal::request{handshake, "{}"}, true, asana);
    const hookseal::verifier<acme> own{hookseal::secret("s")};
    return to.body == "1158201444" && okta.body == R"({"verification":"a1b2"})" && secret == "b537"
                   && own.challenge_response(get.with_target("/?challenge=0123456789abcdef"))->status == 200
               ? 0
               : 1;
}
