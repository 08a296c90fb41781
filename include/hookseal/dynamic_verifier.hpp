// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_DYNAMIC_VERIFIER_HPP
#define HOOKSEAL_DYNAMIC_VERIFIER_HPP

#include <hookseal/challenge.hpp>
#include <hookseal/core/challenge_answer.hpp>
#include <hookseal/key_lease.hpp>
#include <hookseal/keyring.hpp>
#include <hookseal/schemes/acknowledgement.hpp>
#include <hookseal/schemes/scheme_ref.hpp>
#include <hookseal/verifier.hpp>

#include <optional>
#include <span>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// A verifier whose scheme is chosen at run time: by name from `providers/catalog.hpp`, or from a configuration.
///
///     auto v = dynamic_verifier<>::make(*find_provider("slack"), secret::from_env("SLACK_SIGNING_SECRET"));
///
/// The same engine as `verifier`, through one function pointer a request. What does not compile there is an error
/// here: a weakness that is not accepted, a body that cannot come in pieces. Events view the scheme's description,
/// which is static for the catalogue's.
template <clock_source Clock = system_clock, class Hash = default_hash>
class dynamic_verifier {
public:
    using incremental = incremental_verification<scheme_ref, Clock, Hash>;

    [[nodiscard]] static result<dynamic_verifier> make(scheme_ref scheme, key_list keys,
                                                       std::span<const weakness> accepted = {},
                                                       const verifier_settings& settings = {},
                                                       Clock clock = {}) noexcept {
        dynamic_verifier made(scheme, std::move(clock));
        if (const error e = made.configure(accepted, settings); e != error::none) return e;
        if (const error e = made.own_keys_.prepare(scheme.info(), keys); e != error::none) return e;
        return made;
    }

    /// A verifier of keys that are found at run time. The source must outlive it.
    [[nodiscard]] static result<dynamic_verifier> make(scheme_ref scheme, const basic_remote_keys<Hash>& keys,
                                                       std::span<const weakness> accepted = {},
                                                       const verifier_settings& settings = {},
                                                       Clock clock = {}) noexcept {
        dynamic_verifier made(scheme, std::move(clock));
        if (const error e = made.configure(accepted, settings); e != error::none) return e;
        if (const error e = keys.problem_for(scheme.info()); e != error::none) return e;
        made.source_ = detail::key_finder<Hash>::of(keys);
        return made;
    }

    [[nodiscard]] const scheme_info& info() const noexcept { return scheme_.info(); }

    template <request_like Request>
    [[nodiscard]] result<verified_event> verify(const Request& from) const noexcept {
        return detail::verification<scheme_ref, Clock, Hash>::run(
            scheme_, setup(), request_access<Request>::view(from), finder());
    }
    template <request_like Request>
    requires(!std::is_same_v<Request, request>) result<verified_event> verify(const Request&& from)
    const = delete;

    template <request_like Request>
    [[nodiscard]] std::optional<challenge_answer> challenge_response(const Request& from) const noexcept {
        const request& seen = request_access<Request>::view(from);
        return answer(seen, [&] { return detail::signature_verdict::of(verify(seen)); });
    }
    [[nodiscard]] std::optional<challenge_answer>
    challenge_response(const request& from, const result<verified_event>& event) const noexcept {
        return answer(from, [&] { return detail::signature_verdict::of(event); });
    }
    [[nodiscard]] hookseal::acknowledgement acknowledgement() const noexcept {
        return scheme_.acknowledgement();
    }

    [[nodiscard]] incremental begin(const request& head) const noexcept {
        return incremental(scheme_, setup(), head, finder(), !info().protects.event_id);
    }

private:
    dynamic_verifier(scheme_ref scheme, Clock clock) noexcept : scheme_(scheme), clock_(std::move(clock)) {}

    template <class Judge>
    [[nodiscard]] std::optional<challenge_answer> answer(const request& from,
                                                         const Judge& judge) const noexcept {
        return detail::answer_challenge<Hash>(scheme_.challenges(), from, settings_.with(), own_keys_.keys(),
                                              judge);
    }

    [[nodiscard]] detail::verification_setup<Clock> setup() const noexcept {
        return {scheme_.info(), settings_.with(), settings_.window(), clock_};
    }

    [[nodiscard]] error configure(std::span<const weakness> accepted,
                                  const verifier_settings& settings) noexcept {
        if (info().problem != description_problem::none) return error::invalid_description;
        for (const weakness w :
             {weakness::body_not_signed, weakness::body_bound_by_crc, weakness::plain_hash}) {
            bool named = false;
            for (const weakness a : accepted)
                named = named || a == w;
            if (info().protects.has(w) && !named) return error::weakness_not_accepted;
        }
        return settings_.take(settings, info());
    }

    [[nodiscard]] detail::key_finder<Hash> finder() const noexcept {
        return source_.is_known() ? detail::key_finder<Hash>(own_keys_.keys()) : source_;
    }

    scheme_ref scheme_;
    basic_keyring<Hash> own_keys_;
    detail::key_finder<Hash> source_{};
    detail::settled_settings settings_;
    [[no_unique_address]] Clock clock_;
};

} // namespace hookseal::inline v0_1

#endif
