// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTING_HPP
#define HOOKSEAL_TESTING_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/clock.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/crypto/signing_key.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

// Test keys, which everybody knows: made for these lines, of no use elsewhere.

/// An RSA key of 2048 bits.
inline constexpr std::string_view rsa_private_key = // public test key, not a secret
    "-----BEGIN PRIVATE KEY-----\n"
    "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCm4HTWyDovZ4rp\n"
    "cjJdn2il1uofjNPtXsLBvNOe4B6sD+vJxiBJhGCiMPd4OQkwzFraFrjF1mTLffbb\n"
    "gQweynhsGf/rvvx6CwIDIaj3No8kFuAs35V6aL6rSqvmQ0btCsqldnOGrmRdBVig\n"
    "oaoAGXsaI+dKruPL4astpXOVP3S7K3QzRaUUyR7+AJrvAktVJhnKM7E35+IXbWgf\n"
    "yHFNGh2DQXqYq3Yo32XT5M/wlgtWlqiRCB6pZlbZHRPfzoN99iXUdAd5GRRoKvtS\n"
    "SCnNKypJE9FZkgF5SVdUqOn+jmgW2rTh6/u4wFDQakPIdrym59sf8xMBZ/2m+g1V\n"
    "LZ+xUxvRAgMBAAECggEAESnkposvTd0h2N8rnjzFNgpv5+kTipZspGHUJ8MAMJ0O\n"
    "GMGZpEoa6M+twlYmc3gPT59W55VEpnfpHhxMp3WWc3Lsoz4QaIqNjU4m229ng1Qd\n"
    "gEwKSy3vD33lhpBMoRiTLXfMi9GPxdAFFLdv/WThiBehhElO6XNHaJFb/SGq003L\n"
    "Noor9NaHcxk+i1EJdVjnFuaUNdeDVjUmUWZtfoEsgIKexqKUNVoq71F3GQ9IjWxH\n"
    "YuWZeP7PpNj8h9oxC5cQ5eS6E58LnWha+nPo+t2kenPFIAHEeXxUbsWyszlvjayl\n"
    "pPQc5Asanx4KrvIRW9hJecz2stl4ebYgv/g0A6Z3CQKBgQDSV06QUNPE5ZYNev9V\n"
    "NOz/GVbDWKFp+Lg5Mv7Y4D54PlavzhKlj77zTLav/eLuLiACk+guB6hamDOeLaJw\n"
    "SxLHY1MEsori7U/TP/APkx5jvv5FrJNBaD+SD8qtdcAGmll2XlOsGY57wRtEoJrf\n"
    "BeqkKlF2oCxWHwA8iEbUdltD2QKBgQDLGdUBQOimwVaHEghyyl9vx7IvSef56v2l\n"
    "SJnhFLyAuNQDWJ+qm5wMLRHwNTlMO/oHU4DH8sN7c82cnHuPCpHPZsoM4QMv5py5\n"
    "Utm1DPNIlZKhU8v6bOgRTtUh0vf3ZfKJZkBc8kmWHugodAef5dkxqHwS3vIMhN81\n"
    "Uk2siO80uQKBgCjCunrE7wTM6NMb7rb4VqToqCOa3UzH4gtTkoc8jV6H1gyjhoGG\n"
    "5Z4IU66vKHa3gYR+XRPub/V+YSJZ/Yx9P9pbqQ7T+o4XJsztKvwZql3x+RxPYQnf\n"
    "xdHsNX5/vwKIjqWdieFj4nSg60PVS63EW8AMY1T1nSHjSAxy7Cbn+K+hAoGATWkc\n"
    "Ia0uv5hDNZou9CmkNIOlq5Z8v2nMoXnJhNuVeW55CIl32dwTnyRyiN6QZzkY9D/k\n"
    "ftFNprkdrkqKYZvCtY1VB5Gf2FsKcyxb5ED6XTj9OVYqEdn+ndIxNAIoFviZd7ss\n"
    "XwDOAVToYbrPyScfIGk6WSr2kMT4GmezSUar/akCgYBGT9bePauUr4WXeIyfKdkE\n"
    "pulMd1ntueLnjDLwakEXiTP9xmtTBhN6LxgUM4d8C/vSfZdJ2m7UyGaODOuOw0T3\n"
    "QJczfku/MQMLUHbHv5brpT/W/NlV08qzYBqpY0ECKlYgzgmj3MF6jKZwYH1JhTAY\n"
    "3xlm2rpGWd0uwuCHRXyoWQ==\n"
    "-----END PRIVATE KEY-----";

/// A key on P-256.
inline constexpr std::string_view p256_private_key = // public test key, not a secret
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdabFGlUFustb2Omc\n"
    "YJfutYKBBsSI/GDmpPYcxkNEV0qhRANCAAQHH0QiAuFkL6Y/Pn4qSpqhMQANBU4P\n"
    "CNLKkWHMOe8Rg7kDJa9RWVOntu/m8A6RuWFKElngzEucGaChddEgWeGr\n"
    "-----END PRIVATE KEY-----";
/// Providers whose deliveries can be made of a body, an id and a type: the signature stands in a header or a form, and
/// nothing else is signed or required but headers of any value.
template <class Provider>
concept deliverable = provider<Provider> &&(Provider::scheme.outgoing(0).signature.where
                                                == field::place::header
                                            || Provider::scheme.outgoing(0).signature.where
                                                   == field::place::form)
                      && !Provider::scheme.outgoing(0).needs_more;

/// A verified event in one line:
///
///     testing::delivery<providers::stripe> paid{R"({"id":"evt_1","type":"invoice.paid"})"};
///     handle(paid.event());
///
/// Nothing is faked: the delivery is signed with a fixed test key, and verified by a real verifier at the same time.
/// It owns the bytes that its event views, and stays where it is made. Other providers' events come of a verifier and a
/// delivery that was kept.
template <deliverable Provider>
class delivery {
public:
    /// `body` is what the provider sends; for a provider that signs within its form, the form without the signature.
    explicit delivery(std::string_view body, std::string_view event_id = "evt_test",
                      std::string_view event_type = "test")
        : delivered_(sign(body, event_id, event_type)), event_(verify()) {}
    delivery(const delivery&) = delete;
    delivery& operator=(const delivery&) = delete;

    [[nodiscard]] verified_event& event() noexcept { return event_; }
    [[nodiscard]] const verified_event& event() const noexcept { return event_; }

    /// The request, for tests of whole receivers; `verifier()` accepts it.
    [[nodiscard]] hookseal::request request() const noexcept {
        return hookseal::request{delivered_.headers, delivered_.body}.at("https://example.test/hook");
    }
    [[nodiscard]] const signed_headers& headers() const noexcept { return delivered_.headers; }
    [[nodiscard]] const std::string& body() const noexcept { return delivered_.body; }

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
        if (own.prepare(format, key()) != error::none) std::abort();
        return make(public_key::from_bytes(own.public_half().der()));
    }

    /// When test deliveries are signed.
    static constexpr std::chrono::sys_seconds signed_at{std::chrono::seconds(1'767'225'600)};

private:
    [[nodiscard]] static secret key() noexcept {
        switch (Provider::scheme.info().keys[0].how) {
        case proof::rsa:
        case proof::rsa_pss: return secret(rsa_private_key);
        case proof::ecdsa_der:
        case proof::ecdsa_p1363: return secret(p256_private_key);
        case proof::hmac:
        case proof::keyed_hash:
        case proof::token:
        case proof::ed25519: break;
        }
        constexpr unsigned char bytes[32] = {'h', 'o', 'o', 'k', 's', 'e', 'a', 'l', ' ', 't', 'e',
                                             's', 't', ' ', 'k', 'e', 'y', ',', ' ', 'n', 'o', 't',
                                             ' ', 'a', ' ', 's', 'e', 'c', 'r', 'e', 't', '.'};
        return secret::from_bytes(bytes);
    }

    [[nodiscard]] static signed_delivery sign(std::string_view body, std::string_view event_id,
                                              std::string_view event_type) {
        const auto with = hookseal::signer<Provider>::make(key());
        if (!with) std::abort();
        std::vector<std::pair<std::string_view, std::string_view>> others;
        for (const field& other : Provider::scheme.outgoing(0).supplied)
            if (other.where == field::place::header) others.emplace_back(other.name, "test");
        auto delivered = with->sign_delivery({.body = body,
                                              .event_id = event_id,
                                              .event_type = event_type,
                                              .at = signed_at,
                                              .url = "https://example.test/hook",
                                              .headers = others});
        if (!delivered) std::abort();
        return *std::move(delivered);
    }

    [[nodiscard]] verified_event verify() const {
        const auto with = verifier();
        auto event = with.verify(request());
        if (!event) std::abort();
        return *std::move(event);
    }

    signed_delivery delivered_;
    verified_event event_;
};

} // namespace hookseal::inline v0_1::testing

#endif
