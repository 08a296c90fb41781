// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTING_HPP
#define HOOKSEAL_TESTING_HPP

#include <hookseal/core/clock.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// For unit tests of services that use hookseal; not for services.
namespace hookseal::inline v0_1::testing {

/// A clock that stands where it is put. One thread moves it while none reads it.
class manual_clock {
public:
    explicit manual_clock(std::chrono::sys_seconds at) noexcept : at_(at) {}
    explicit manual_clock(std::int64_t unix_seconds) noexcept
        : at_(std::chrono::sys_seconds(std::chrono::seconds(unix_seconds))) {}

    [[nodiscard]] std::optional<std::chrono::sys_seconds> now() const noexcept { return at_; }

private:
    std::chrono::sys_seconds at_;
};

/// A clock that gives no time.
struct broken_clock {
    [[nodiscard]] std::optional<std::chrono::sys_seconds> now() const noexcept { return std::nullopt; }
};

/// A verified event in one line:
///
///     testing::delivery<providers::stripe> paid{R"({"id":"evt_1","type":"invoice.paid"})"};
///     handle(paid.event());
///
/// Nothing is faked: the delivery is signed with a fixed test key, and verified by a real verifier at the same time.
/// It owns the bytes that its event views, and stays where it is made.
template <provider Provider>
class delivery {
public:
    explicit delivery(std::string body, std::string_view event_id = "evt_test",
                      std::string_view event_type = "test")
        : body_(std::move(body)), headers_(sign(event_id, event_type)), event_(verify()) {}
    delivery(const delivery&) = delete;
    delivery& operator=(const delivery&) = delete;

    [[nodiscard]] verified_event& event() noexcept { return event_; }
    [[nodiscard]] const verified_event& event() const noexcept { return event_; }

    /// The request, for tests of whole receivers; `verifier()` accepts it.
    [[nodiscard]] hookseal::request request() const noexcept {
        return hookseal::request{headers_, body_}.at("https://example.test/hook");
    }
    [[nodiscard]] const signed_headers& headers() const noexcept { return headers_; }
    [[nodiscard]] const std::string& body() const noexcept { return body_; }

    /// A verifier with the test key, at the test's time.
    [[nodiscard]] static hookseal::verifier<Provider, manual_clock> verifier() {
        constexpr auto all =
            accepting<weakness::body_not_signed, weakness::body_bound_by_crc, weakness::plain_hash>;
        const auto make = [&](key_list keys) {
            auto made =
                hookseal::verifier<Provider, manual_clock>::make(keys, all, {}, manual_clock{signed_at});
            if (!made) std::abort();
            return *std::move(made);
        };
        const key_format format = Provider::scheme.info().keys[0];
        if (detail::is_shared_secret(format.how)) return make(key());
        signing_key own;
        std::array<unsigned char, ed25519_key_size> open{};
        if (own.prepare(format, key()) != error::none || !own.public_part(open)) std::abort();
        return make(public_key::from_bytes(open));
    }

    /// When test deliveries are signed.
    static constexpr std::chrono::sys_seconds signed_at{std::chrono::seconds(1'767'225'600)};

private:
    [[nodiscard]] static secret key() noexcept {
        constexpr unsigned char bytes[32] = {'h', 'o', 'o', 'k', 's', 'e', 'a', 'l', ' ', 't', 'e',
                                             's', 't', ' ', 'k', 'e', 'y', ',', ' ', 'n', 'o', 't',
                                             ' ', 'a', ' ', 's', 'e', 'c', 'r', 'e', 't', '.'};
        return secret::from_bytes(bytes);
    }

    [[nodiscard]] signed_headers sign(std::string_view event_id, std::string_view event_type) const {
        const auto with = hookseal::signer<Provider>::make(key());
        if (!with) std::abort();
        auto headers = with->sign({.body = body_,
                                   .event_id = event_id,
                                   .event_type = event_type,
                                   .at = signed_at,
                                   .url = "https://example.test/hook"});
        if (!headers) std::abort();
        return *std::move(headers);
    }

    [[nodiscard]] verified_event verify() const {
        const auto with = verifier();
        auto event = with.verify(request());
        if (!event) std::abort();
        return *std::move(event);
    }

    std::string body_;
    signed_headers headers_;
    verified_event event_;
};

} // namespace hookseal::inline v0_1::testing

#endif
