// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_VERIFIER_HPP
#define HOOKSEAL_VERIFIER_HPP

#include <hookseal/challenge.hpp>
#include <hookseal/configuration_error.hpp>
#include <hookseal/core/accepting.hpp>
#include <hookseal/core/challenge_answer.hpp>
#include <hookseal/core/clock.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/event_parts.hpp>
#include <hookseal/core/freshness.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/key_lease.hpp>
#include <hookseal/keyring.hpp>
#include <hookseal/schemes/acknowledgement.hpp>
#include <hookseal/schemes/challenge_scheme.hpp>
#include <hookseal/schemes/readers.hpp>
#include <hookseal/verification.hpp>
#include <hookseal/verifier_settings.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// A verification whose body comes in pieces: `update` with each, in order, then `finish`.
///
/// The verifier, the headers and the keyring it began with must outlive it. It keeps no body (only for Ed25519, which
/// wants its message in one piece, it collects one). One thread at a time.
template <class Scheme, class Clock, class Hash>
class incremental_verification {
public:
    /// Whether the head alone already rejects, so that the body need not be read.
    [[nodiscard]] error failed() const noexcept { return engine_.failed(); }

    void update(std::string_view chunk) noexcept { engine_.update(chunk); }
    template <detail::byte_container Chunk>
    requires(!std::is_convertible_v<const Chunk&, std::string_view>) void update(
        const Chunk& chunk) noexcept {
        engine_.update(detail::bytes_of(chunk));
    }

    /// The verdict on what was fed. The event has no body, and no id or type that stand in one.
    [[nodiscard]] result<verified_event> finish() && noexcept { return engine_.finish(nullptr); }

    /// The same, for who kept the body: it is verified to be the one fed, and the event has it.
    [[nodiscard]] result<verified_event> finish(std::string_view whole_body) && noexcept {
        return engine_.finish(&whole_body);
    }

private:
    template <provider, clock_source, class>
    friend class verifier;
    template <clock_source, class>
    friend class dynamic_verifier;

    template <class... Args>
    explicit incremental_verification(Args&&... args) noexcept : engine_(std::forward<Args>(args)...) {}

    detail::verification<Scheme, Clock, Hash> engine_;
};

/// Verifies the deliveries of one provider: is this request genuine and fresh?
///
///     const verifier<providers::stripe> stripe{secret::from_env("STRIPE_WEBHOOK_SECRET")};
///     auto event = stripe.verify(request);
///     if (!event) return http_status(event.error());
///
/// Keys are prepared when it is built, and a wrong configuration fails there. From then on it is immutable: `verify`
/// is `const`, `noexcept`, and may be called from any number of threads; with HMAC keys it allocates nothing.
/// Events view the request's bytes and the provider's static description.
///
/// `Clock` gives the time (see `clock_source`). `Hash` is how hashes are computed: `low_level_hash`, or `evp_hash`
/// where all cryptography must go through OpenSSL's providers, as for FIPS.
template <provider Provider, clock_source Clock = system_clock, class Hash = default_hash>
class verifier {
    using scheme_type = std::remove_cvref_t<decltype(Provider::scheme)>;

public:
    using keys_type = keyring<Provider, Hash>;
    using incremental = incremental_verification<scheme_type, Clock, Hash>;

    /// What is known of the scheme: its name, what it protects, its retry window.
    static constexpr scheme_info info = detail::sound(Provider::scheme.info());

#ifdef __cpp_exceptions
    /// Throws `configuration_error` where a key cannot be used or a setting makes no sense.
    explicit verifier(key_list keys, const verifier_settings& settings = {}, Clock clock = {})
        : verifier(keys, accepting<>, settings, std::move(clock)) {}

    /// For schemes with weaknesses, which are accepted by name.
    template <auto... Weaknesses>
    verifier(key_list keys, accepting_t<Weaknesses...> accepted, const verifier_settings& settings = {},
             Clock clock = {})
        : clock_(std::move(clock)) {
        if (const error e = configure(&keys, accepted, settings); e != error::none)
            throw configuration_error(e);
    }

    /// A verifier of keys that are found at run time. The source must outlive it.
    explicit verifier(const basic_remote_keys<Hash>& keys, const verifier_settings& settings = {},
                      Clock clock = {})
        : verifier(keys, accepting<>, settings, std::move(clock)) {}
    template <auto... Weaknesses>
    verifier(const basic_remote_keys<Hash>& keys, accepting_t<Weaknesses...> accepted,
             const verifier_settings& settings = {}, Clock clock = {})
        : clock_(std::move(clock)) {
        if (const error e = configure(nullptr, accepted, settings); e != error::none)
            throw configuration_error(e);
        if (const error e = take(keys); e != error::none) throw configuration_error(e);
    }

    /// A verifier without keys of its own, to which each call hands the tenant's.
    template <auto... Weaknesses>
    explicit verifier(keys_per_call_t, accepting_t<Weaknesses...> accepted = accepting<>,
                      const verifier_settings& settings = {}, Clock clock = {})
        : clock_(std::move(clock)) {
        if (const error e = configure(nullptr, accepted, settings); e != error::none)
            throw configuration_error(e);
    }
#endif

    /// The same without exceptions.
    [[nodiscard]] static result<verifier> make(key_list keys, const verifier_settings& settings = {},
                                               Clock clock = {}) noexcept {
        return make(keys, accepting<>, settings, std::move(clock));
    }
    template <auto... Weaknesses>
    [[nodiscard]] static result<verifier> make(key_list keys, accepting_t<Weaknesses...> accepted,
                                               const verifier_settings& settings = {},
                                               Clock clock = {}) noexcept {
        verifier made(std::move(clock), unconfigured{});
        if (const error e = made.configure(&keys, accepted, settings); e != error::none) return e;
        return made;
    }

    [[nodiscard]] static result<verifier> make(const basic_remote_keys<Hash>& keys,
                                               const verifier_settings& settings = {},
                                               Clock clock = {}) noexcept {
        return make(keys, accepting<>, settings, std::move(clock));
    }
    template <auto... Weaknesses>
    [[nodiscard]] static result<verifier>
    make(const basic_remote_keys<Hash>& keys, accepting_t<Weaknesses...> accepted,
         const verifier_settings& settings = {}, Clock clock = {}) noexcept {
        verifier made(std::move(clock), unconfigured{});
        if (const error e = made.configure(nullptr, accepted, settings); e != error::none) return e;
        if (const error e = made.take(keys); e != error::none) return e;
        return made;
    }

    template <auto... Weaknesses>
    [[nodiscard]] static result<verifier>
    make(keys_per_call_t, accepting_t<Weaknesses...> accepted = accepting<>,
         const verifier_settings& settings = {}, Clock clock = {}) noexcept {
        verifier made(std::move(clock), unconfigured{});
        if (const error e = made.configure(nullptr, accepted, settings); e != error::none) return e;
        return made;
    }

    /// Verifies one delivery: a `request`, or any framework's request that `request_access` knows. Read `error` for
    /// what is checked, `verification.hpp` for the order.
    template <request_like Request>
    [[nodiscard]] result<verified_event> verify(const Request& from) const noexcept {
        return engine::run(Provider::scheme, setup(), request_access<Request>::view(from), finder());
    }

    /// The same under the keys of one tenant, which take the place of the verifier's own.
    template <request_like Request>
    [[nodiscard]] result<verified_event> verify(const Request& from,
                                                const basic_keyring<Hash>& keys) const noexcept {
        return engine::run(Provider::scheme, setup(), request_access<Request>::view(from),
                           detail::key_finder<Hash>(keys.keys()));
    }

    /// An event views its request: one from a temporary that owns its bytes would view nothing.
    template <request_like Request>
    requires(!std::is_same_v<Request, request>) result<verified_event> verify(const Request&& from)
    const = delete;
    template <request_like Request>
    requires(!std::is_same_v<Request, request>) result<verified_event> verify(const Request&& from,
                                                                              const basic_keyring<Hash>& keys)
    const = delete;

    /// What to answer to a handshake of the provider's; nothing where the request is none, and is to be verified as any
    /// delivery. Challenges that are signed are verified first. Receivers ask this by themselves.
    template <request_like Request>
    [[nodiscard]] std::optional<challenge_answer> challenge_response(const Request& from) const noexcept {
        return challenge_response(from, own_keys_);
    }
    /// The same under the keys of one tenant.
    template <request_like Request>
    [[nodiscard]] std::optional<challenge_answer>
    challenge_response(const Request& from, const basic_keyring<Hash>& keys) const noexcept {
        const request& seen = request_access<Request>::view(from);
        return answer(seen, keys, [&] {
            const bool own = &keys == &own_keys_;
            return detail::signature_verdict::of(own ? verify(seen) : verify(seen, keys));
        });
    }
    /// The same for who has verified the request already, and knows what came of it.
    [[nodiscard]] std::optional<challenge_answer>
    challenge_response(const request& from, const result<verified_event>& event) const noexcept {
        return answer(from, own_keys_, [&] { return detail::signature_verdict::of(event); });
    }

    /// The body that the provider wants with every 2xx; empty where it wants none.
    [[nodiscard]] static constexpr hookseal::acknowledgement acknowledgement() noexcept {
        return acknowledgement_of<Provider>();
    }

    /// Begins with the head of a request whose body comes in pieces. The head is judged at once: see `failed`.
    [[nodiscard]] incremental begin(const request& head) const noexcept { return begin(head, finder()); }
    [[nodiscard]] incremental begin(const request& head, const basic_keyring<Hash>& keys) const noexcept {
        return begin(head, detail::key_finder<Hash>(keys.keys()));
    }

private:
    static_assert(detail::has_sound_challenges<Provider>(), "this description of a challenge makes no sense");

    template <class Judge>
    [[nodiscard]] std::optional<challenge_answer> answer(const request& from, const basic_keyring<Hash>& keys,
                                                         const Judge& judge) const noexcept {
        return detail::answer_challenge<Hash>(challenges_of<Provider>(), from, settings_.with(), keys.keys(),
                                              judge);
    }

    [[nodiscard]] incremental begin(const request& head,
                                    const detail::key_finder<Hash>& whose) const noexcept {
        static_assert(info.streams,
                      "this scheme reads its statement from the body: collect the body and use verify");
        // A store's key is the body's digest where no signed id tells events apart.
        return incremental(Provider::scheme, setup(), head, whose, !info.protects.event_id);
    }

    using engine = detail::verification<scheme_type, Clock, Hash>;
    struct unconfigured {};

    verifier(Clock clock, unconfigured) noexcept : clock_(std::move(clock)) {}

    template <auto... Weaknesses>
    [[nodiscard]] error configure(const key_list* keys, accepting_t<Weaknesses...>,
                                  const verifier_settings& settings) noexcept {
        using accepted = accepting_t<Weaknesses...>;
        static_assert(
            !info.protects.has(weakness::body_not_signed)
                || accepted::template includes<weakness::body_not_signed>(),
            "this provider does not sign the body: whoever sees one request can send any other. To "
            "use it all the same, say so: verifier<P> v{secret, accepting<weakness::body_not_signed>}");
        static_assert(!info.protects.has(weakness::body_bound_by_crc)
                          || accepted::template includes<weakness::body_bound_by_crc>(),
                      "this provider binds the body with a checksum alone, which can be forged. To use it "
                      "all the same, say so: verifier<P> v{key, accepting<weakness::body_bound_by_crc>}");
        static_assert(!info.protects.has(weakness::plain_hash)
                          || accepted::template includes<weakness::plain_hash>(),
                      "this provider uses a plain hash in place of a MAC. To use it all the same, say so: "
                      "verifier<P> v{secret, accepting<weakness::plain_hash>}");
        if (const error e = settings_.take(settings, info); e != error::none) return e;
        return keys == nullptr ? error::none : own_keys_.prepare(info, *keys);
    }

    [[nodiscard]] detail::verification_setup<Clock> setup() const noexcept {
        return {info, settings_.with(), settings_.window(), clock_};
    }

    [[nodiscard]] error take(const basic_remote_keys<Hash>& keys) noexcept {
        source_ = detail::key_finder<Hash>::of(keys);
        return keys.problem_for(info);
    }
    [[nodiscard]] detail::key_finder<Hash> finder() const noexcept {
        return source_.is_known() ? detail::key_finder<Hash>(own_keys_.keys()) : source_;
    }

    basic_keyring<Hash> own_keys_;
    detail::key_finder<Hash> source_{};
    detail::settled_settings settings_;
    [[no_unique_address]] Clock clock_;
};

} // namespace hookseal::inline v0_1

#endif
