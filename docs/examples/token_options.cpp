// SPDX-License-Identifier: MIT
// What a receiver of tokens must say of itself.
#include <hookseal/providers/google_pubsub_push.hpp>
#include <hookseal/remote_keys.hpp>
#include <hookseal/verifier.hpp>

using pubsub = hookseal::providers::google_pubsub_push;

int main() {
    const hookseal::remote_keys<pubsub> googles{
        [](const hookseal::key_hint&) -> hookseal::fetched_key { return {}; }};
    // [options]
    const hookseal::option_value who_we_are[] = {{"audience", "https://example.com/push"},
                                                 {"email", "pusher@project.iam.gserviceaccount.com"}};
    const hookseal::verifier<pubsub> push{
        googles, hookseal::accepting<hookseal::weakness::body_not_signed>, {.options = who_we_are}};
    // [/options]
    return push.info.needs("audience") ? 0 : 1;
}
