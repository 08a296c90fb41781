// SPDX-License-Identifier: MIT
// Rotation, and a service whose tenants each have a secret of their own.
#include <hookseal/providers/slack.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <map>
#include <string>

using hookseal::providers::slack;

int main() {
    const hookseal::secret current("current secret"), previous("previous secret");
    // [rotation]
    const hookseal::verifier<slack> while_rotating{{current, previous}};
    // [/rotation]

    // [tenants]
    const hookseal::verifier<slack> for_tenants{hookseal::keys_per_call};
    std::map<std::string, hookseal::keyring<slack>> keys;
    keys.try_emplace("north", hookseal::secret("north's secret"));
    keys.try_emplace("south", hookseal::secret("south's secret"));
    // [/tenants]

    const std::string body = "{}";
    const auto by_north = hookseal::signer<slack>{hookseal::secret("north's secret")}.sign({.body = body});
    const auto by_old = hookseal::signer<slack>{previous}.sign({.body = body});
    const hookseal::request request{*by_north, body};
    // [call]
    const auto event = for_tenants.verify(request, keys.at("north"));
    // [/call]
    const auto rotated = while_rotating.verify(hookseal::request{*by_old, body});
    const bool good = event && rotated && rotated->key_index() == 1;
    return good && !for_tenants.verify(request, keys.at("south")) && !for_tenants.verify(request) ? 0 : 1;
}
