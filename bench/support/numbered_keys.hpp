// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_NUMBERED_KEYS_HPP
#define HOOKSEAL_BENCH_SUPPORT_NUMBERED_KEYS_HPP

#include "support/deliveries.hpp"
#include "support/harness.hpp"

#include <hookseal/crypto/secret.hpp>
#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace hookseal_bench {

/// Keys of genuine events whose ids, of 38 characters, differ in eight digits.
class numbered_keys {
public:
    numbered_keys() : request_{.key = first()} {
        // The key is a copy of its own, so its digits are ours to change.
        digits_ = const_cast<char*>(request_.key.id().data()) + id.size() - 8;
    }
    numbered_keys(const numbered_keys&) = delete;
    numbered_keys& operator=(const numbered_keys&) = delete;

    const hookseal::claim_request& operator[](std::uint32_t number) noexcept {
        number *= 2'654'435'761U; // so that neighbours do not look alike: ordered maps would gain by that
        for (int i = 0; i < 8; ++i)
            digits_[i] = static_cast<char>('A' + (number >> 4 * i & 15U));
        return request_;
    }

private:
    static constexpr std::string_view id = "evt_1NG8Du2eZvKYlo2CUI79vXWy0100000000";

    static hookseal::event_key first() {
        using provider = hookseal::providers::stripe;
        constexpr std::string_view key = "whsec_5WkpN8tQ2vXyZ4bC6dF9gH1jK3mL7nPq";
        const auto with = hookseal::signer<provider>::make(hookseal::secret(key));
        const hookseal::verifier<provider> v{hookseal::secret(key)};
        const std::string body = R"({"id":")" + std::string(id) + R"("})";
        const auto headers = with->sign({.body = body});
        const delivery d{{headers->begin(), headers->end()}, body};
        const auto event = v.verify(d.request());
        if (!event || event->id() != id) fail("no event");
        return *hookseal::event_key::of(*event);
    }

    hookseal::claim_request request_;
    char* digits_;
};

} // namespace hookseal_bench

#endif
