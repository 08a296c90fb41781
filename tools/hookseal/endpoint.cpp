// SPDX-License-Identifier: MIT
#include "endpoint.hpp"

#include "commands.hpp"
#include "keys.hpp"
#include "text.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

namespace hookseal_cli {

namespace {

struct acceptance {
    std::string provider;
    hookseal::weakness what;
};

[[nodiscard]] acceptance parse_acceptance(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos)
        if (const auto what = weakness_named(text.substr(colon + 1)))
            return {std::string(text.substr(0, colon)), *what};
    throw failure("--accept names a provider and a weakness: gitlab:body_not_signed");
}

[[nodiscard]] std::unique_ptr<endpoint>
make_endpoint(std::string_view named, const std::vector<acceptance>& accepted, event_store& store) {
    const std::size_t equals = named.find('=');
    if (equals == std::string_view::npos)
        throw failure("--provider names a provider and its key: stripe=env:STRIPE_SECRET");
    const hookseal::scheme_ref& scheme = provider_named(named.substr(0, equals));
    const std::string provider(scheme.info().name);

    std::vector<hookseal::weakness> of_this;
    for (const acceptance& each : accepted)
        if (each.provider == provider) of_this.push_back(each.what);
    const key_set keys(scheme.info(), parse_key_sources(named.substr(equals + 1)));

    auto verifier = any_verifier::make(scheme, std::span(keys.all()), of_this);
    if (verifier) return std::make_unique<endpoint>(*std::move(verifier), store, keys.all().size());
    std::string why = provider + ": " + std::string(message(verifier.error()));
    if (verifier.error() == hookseal::error::weakness_not_accepted)
        why += ": --accept " + provider + ":WEAKNESS ('hookseal providers' says which)";
    throw failure(why);
}

[[nodiscard]] bool has(const endpoints& all, std::string_view provider) {
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& each) { return each->provider() == provider; });
}

} // namespace

endpoints make_endpoints(const std::vector<std::string>& providers, const std::vector<std::string>& accepted,
                         event_store& store) {
    std::vector<acceptance> acceptances;
    for (const std::string& text : accepted)
        acceptances.push_back(parse_acceptance(text));

    endpoints all;
    for (const std::string& named : providers) {
        auto made = make_endpoint(named, acceptances, store);
        if (has(all, made->provider()))
            throw failure(made->provider()
                          + " is named twice; several keys of one provider stand in one place: "
                          + made->provider() + "=env:NEW,env:OLD");
        all.push_back(std::move(made));
    }
    for (const acceptance& each : acceptances)
        if (!has(all, each.provider))
            throw failure("--accept: no --provider is called " + in_quotes(each.provider));
    return all;
}

} // namespace hookseal_cli
