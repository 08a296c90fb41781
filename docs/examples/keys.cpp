// SPDX-License-Identifier: MIT
// Keys: how they are given, named, and found at run time.
#include <hookseal/providers/aws_sns.hpp>
#include <hookseal/providers/klarna.hpp>
#include <hookseal/providers/plaid.hpp>
#include <hookseal/providers/slack.hpp>
#include <hookseal/providers/telnyx.hpp>
#include <hookseal/remote_keys.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

using namespace std::chrono_literals;
namespace providers = hookseal::providers;

namespace {

/// Stands for the HTTP client that a service has anyway.
struct answer {
    int status = 0;
    std::string body;
    std::chrono::seconds max_age{0};
};
answer https_get(std::string_view) { return {404, {}, {}}; }
answer ask_plaid_for(std::string_view) { return {}; }

// [swap]
class slack_keys {
public:
    explicit slack_keys(hookseal::key_list first) { replace(first); }

    /// Throws, and changes nothing, where a key cannot be used.
    void replace(hookseal::key_list next) {
        auto made = std::make_shared<const ring>(next);
        const std::lock_guard lock(mutex_);
        keys_ = std::move(made);
    }

    bool is_genuine(const hookseal::request& request) const {
        const auto keys = current(); // lives until this call returns, whoever replaces it
        return verifier_.verify(request, *keys).has_value();
    }

private:
    using ring = hookseal::keyring<providers::slack>;

    std::shared_ptr<const ring> current() const {
        const std::lock_guard lock(mutex_);
        return keys_;
    }

    hookseal::verifier<providers::slack> verifier_{hookseal::keys_per_call};
    mutable std::mutex mutex_;
    std::shared_ptr<const ring> keys_;
};
// [/swap]

} // namespace

int main() {
    setenv("SLACK_SIGNING_SECRET", "8f742231b10e8888abcd99yyyzzz85a5", 1);
    // [secrets]
    const auto shown = hookseal::secret::from_env("SLACK_SIGNING_SECRET");       // as the provider shows it
    const auto decoded = hookseal::secret::from_hex("6b65792d6b65792d6b65792d"); // the key itself
    const hookseal::verifier<providers::slack> slack{{shown, decoded}};
    // [/secrets]
    const auto sent = hookseal::signer<providers::slack>{shown}.sign({.body = "{}"});
    if (!slack.verify(hookseal::request{*sent, std::string_view("{}")})) return 1;

    slack_keys swapped{shown};
    if (!swapped.is_genuine(hookseal::request{*sent, std::string_view("{}")})) return 2;
    swapped.replace(decoded);
    if (swapped.is_genuine(hookseal::request{*sent, std::string_view("{}")})) return 3;

    // [public]
    const hookseal::verifier<providers::telnyx> telnyx{
        hookseal::public_key("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")};
    // [/public]
    if (telnyx.verify(hookseal::request{*sent, std::string_view("{}")})) return 4;

    const hookseal::secret old_key("the old key"), new_key("the new key");
    // [named]
    const hookseal::verifier<providers::klarna> klarna{
        {hookseal::key_material(old_key).with_id("krn:key:1"),
         hookseal::key_material(new_key).with_id("krn:key:2")}};
    // [/named]
    auto by_new = *hookseal::signer<providers::klarna>{new_key}.sign({.body = "{}"});
    by_new.emplace_back("klarna-signing-key-id", "krn:key:2");
    const auto event = klarna.verify(hookseal::request{by_new, std::string_view("{}")});
    if (!event || event->key_index() != 1) return 5;
    by_new.back().second = "krn:key:1";
    if (klarna.verify(hookseal::request{by_new, std::string_view("{}")})) return 6;

    // [remote]
    const hookseal::remote_keys<providers::plaid> keys{
        [](const hookseal::key_hint& wanted) -> hookseal::fetched_key {
            const answer got = ask_plaid_for(wanted.value); // the token's `kid`
            if (got.status == 404) return hookseal::fetched_key::unknown();
            if (got.status != 200) return {}; // nobody knows: 503, and the provider comes again
            return {hookseal::public_key(got.body), 24h};
        }};
    const hookseal::verifier<providers::plaid> plaid{keys};
    // [/remote]
    if (plaid.verify(hookseal::request{*sent, std::string_view("{}")})) return 7;

    // [certificate]
    const hookseal::remote_keys<providers::aws_sns> certificates{
        [](const hookseal::key_hint& wanted) -> hookseal::fetched_key {
            answer got = https_get(wanted.value); // a URL that passed the provider's rule
            if (got.status != 200) return {};
            return {hookseal::public_key(got.body), got.max_age};
        },
        {.most_kept = 8, .fetches = 5, .per = 1min}};
    const hookseal::verifier<providers::aws_sns> sns{certificates};
    // [/certificate]
    return sns.verify(hookseal::request{*sent, std::string_view("{}")}) ? 8 : 0;
}
