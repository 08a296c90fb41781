// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TOOLS_ENDPOINT_HPP
#define HOOKSEAL_TOOLS_ENDPOINT_HPP

#include "delivery_log.hpp"
#include "stores.hpp"

#include <hookseal/receiver.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace hookseal_cli {

/// Where the deliveries of one provider arrive.
class endpoint {
public:
    endpoint(any_verifier verifier, event_store& store, std::size_t keys)
        : verifier_(std::move(verifier)), store_(store), keys_(keys) {}
    endpoint(const endpoint&) = delete;
    endpoint& operator=(const endpoint&) = delete;

    [[nodiscard]] std::string provider() const { return std::string(verifier_.info().name); }
    [[nodiscard]] std::size_t keys() const noexcept { return keys_; }

    /// Verifies, claims, has `handle` called where the event is to be handled, and says what to answer.
    [[nodiscard]] hookseal::reply take(const hookseal::request& from, const handler& handle,
                                       account& told) const {
        const auto event = verifier_.verify(from);
        if (const auto met = verifier_.challenge_response(from, event)) {
            told.verdict = met->error == hookseal::error::none ? "challenge" : "refused";
            told.status = met->status;
            if (met->error != hookseal::error::none) told.why = hookseal::name(met->error);
            return hookseal::reply_for(*met);
        }
        if (event) {
            told.key = event->key_index();
            told.id = event->id().str();
            told.type = event->type().str();
        }
        hookseal::reply reply = store_.take(verifier_, event, handle);
        const bool is_refused = reply.why == hookseal::reply_reason::rejected;
        told.verdict = is_refused ? "refused" : hookseal::name(reply.why);
        told.status = reply.status;
        if (is_refused) told.why = hookseal::name(reply.error);
        return reply;
    }

private:
    any_verifier verifier_;
    event_store& store_;
    std::size_t keys_;
};

using endpoints = std::vector<std::unique_ptr<endpoint>>;

/// The endpoints that the command line asks for: `providers` as `stripe=env:A,env:B`, `accepted` as
/// `gitlab:body_not_signed`. All remember their events in `store`. Throws `failure`.
[[nodiscard]] endpoints make_endpoints(const std::vector<std::string>& providers,
                                       const std::vector<std::string>& accepted, event_store& store);

} // namespace hookseal_cli

#endif
