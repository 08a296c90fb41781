// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_REMOTE_KEYS_HPP
#define HOOKSEAL_REMOTE_KEYS_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/crypto/certificate.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/jwk.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/key_lease.hpp>
#include <hookseal/keyring.hpp>
#include <hookseal/shared_keys.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

/// What fetching a key brought. Default-constructed: the key could not be fetched, and a retry may help.
class fetched_key {
public:
    fetched_key() noexcept = default;
    /// There is no such key, as who has them says.
    [[nodiscard]] static fetched_key unknown() noexcept {
        fetched_key none;
        none.is_unknown_ = true;
        return none;
    }
    /// A public key, a JWK Set or a certificate as it came, and for how long it may be believed: `max-age` of
    /// `Cache-Control`, as a rule. A set is all keys there are; the one that is wanted is looked up in it.
    fetched_key(public_key key, std::chrono::seconds good_for = std::chrono::hours(1)) noexcept
        : public_(std::move(key)), good_for_(good_for) {}
    /// The shared secret of whoever the hint names.
    fetched_key(secret key, std::chrono::seconds good_for = std::chrono::hours(1)) noexcept
        : secret_(std::move(key)), good_for_(good_for) {}

    [[nodiscard]] bool is_unknown() const noexcept { return is_unknown_; }
    [[nodiscard]] bool is_there() const noexcept { return public_.has_value() || secret_.has_value(); }
    [[nodiscard]] key_material key() const noexcept {
        return public_.has_value() ? key_material(*public_) : key_material(*secret_);
    }
    /// The public key itself; there must be one.
    [[nodiscard]] public_key take_public() && noexcept { return *std::move(public_); }
    [[nodiscard]] std::chrono::seconds good_for() const noexcept { return good_for_; }

private:
    std::optional<public_key> public_;
    std::optional<secret> secret_;
    std::chrono::seconds good_for_{0};
    bool is_unknown_ = false;
};

namespace detail {

struct plain_fetch_calls {
    template <class Fetch>
    [[nodiscard]] static fetched_key fetch(Fetch& with, const key_hint& wanted) noexcept {
        return with(wanted);
    }
};

#ifdef __cpp_exceptions

struct catching_fetch_calls {
    template <class Fetch>
    [[nodiscard]] static fetched_key fetch(Fetch& with, const key_hint& wanted) noexcept {
        try {
            return with(wanted);
        } catch (...) {
            return {};
        }
    }
};

using default_fetch_calls = catching_fetch_calls;

#else

using default_fetch_calls = plain_fetch_calls;

#endif

} // namespace detail

/// How remote keys behave.
struct remote_keys_settings {
    std::size_t most_kept = 16; ///< keys; the one that was used longest ago gives way. At most 64
    std::chrono::seconds keep_for = std::chrono::hours(24); ///< at most, whatever `good_for` says
    std::size_t fetches = 10;                               ///< at most so many, for keys that are not known,
    std::chrono::seconds per = std::chrono::minutes(1);     ///< in so long
    std::chrono::seconds set_stays =
        std::chrono::minutes(5); ///< for so long a key that is not in a set is not there
    std::string_view
        roots{}; ///< PEM: certificates must end here; empty: whoever was asked over TLS is believed
};

/// Keys that are found at run time: the key ids of a JWK Set, the certificates that a request names by URL.
///
///     const remote_keys<providers::plaid> keys{[&](const key_hint& wanted) -> fetched_key {
///         return public_key(ask_plaid_for(wanted.value));
///     }};
///     const verifier<providers::plaid> plaid{keys};
///
/// The library does no HTTP: the callable fetches, over TLS that is verified, without following redirects. It is only
/// ever asked for what the scheme allows: a certificate's URL has passed the provider's rule, byte for byte. An answer is
/// checked (a certificate's name, validity at the verifier's clock, and chain where there are roots), kept for as long as
/// it is good, and handed out shared: a key in use survives its eviction. Unknown ids cause a bounded number of fetches;
/// beyond it, and where fetching fails, the answer is `key_source_failed` (503), since nobody knows; a key that is known
/// not to exist is `unknown_key` (401).
///
/// Thread-safe. One fetch runs at a time, so that a crowd of requests asks once; keys that are kept are found meanwhile.
/// The callable may throw (that is a failed fetch); it must not verify with the source it serves. A source stays where it
/// is made and outlives its verifiers.
template <class Hash>
class basic_remote_keys {
public:
    template <class Fetch, class Calls = detail::default_fetch_calls>
    requires std::invocable<Fetch&, const key_hint&> && std::convertible_to<
        std::invoke_result_t<Fetch&, const key_hint&>, fetched_key>
    basic_remote_keys(const scheme_info& scheme, Fetch fetch, const remote_keys_settings& settings = {})
    noexcept
        : scheme_(scheme),
          settings_(settings),
          fetcher_(new (std::nothrow) fetcher_of<Fetch, Calls>(std::move(fetch))),
          kept_(new (std::nothrow) entry[most_entries]) {
        problem_ = check();
    }
    basic_remote_keys(const basic_remote_keys&) = delete;
    basic_remote_keys& operator=(const basic_remote_keys&) = delete;

    /// Why no verifier of a scheme can be built with it, if anything: it serves one scheme.
    [[nodiscard]] error problem_for(const scheme_info& scheme) const noexcept {
        return problem_ == error::none && scheme.name != scheme_.name ? error::unsuitable_key : problem_;
    }

    /// Drops a key, as when it is revoked: `id` as requests name it. What verifies with it now goes on.
    void forget(std::string_view id) noexcept {
        const std::lock_guard lock(kept_mutex_);
        for (entry& e : entries())
            if (e.id.view() == id) e = entry();
        set_expires_ = 0;
    }

    /// For verifiers: the keys that a request was signed with, by what it says of them.
    [[nodiscard]] error find(const key_hint& wanted, std::int64_t now,
                             key_lease<Hash>& found) const noexcept {
        if (problem_ != error::none) return problem_;
        if (wanted.value.size() > longest_id) return error::unknown_key;
        if (const error e = find_kept(wanted, now, found); e != error::key_source_failed) return e;
        const std::lock_guard one_at_a_time(fetch_mutex_);
        if (const error e = find_kept(wanted, now, found); e != error::key_source_failed) return e;
        return fetch(wanted, now, found);
    }

private:
    static constexpr std::size_t most_entries = 64;
    static constexpr std::size_t longest_id = 2048;

    struct fetcher {
        virtual ~fetcher() = default;
        virtual fetched_key fetch(const key_hint& wanted) noexcept = 0;
    };
    /// `Calls` is how user code is called, so that units with and without exceptions do not share one function.
    template <class Fetch, class Calls>
    struct fetcher_of final : fetcher {
        explicit fetcher_of(Fetch&& with) noexcept(std::is_nothrow_move_constructible_v<Fetch>)
            : with_(std::move(with)) {}
        fetched_key fetch(const key_hint& wanted) noexcept override { return Calls::fetch(with_, wanted); }
        Fetch with_;
    };

    /// Keys by what they were asked for.
    struct entry {
        key_hint::kind what = key_hint::kind::any;
        detail::wiped_bytes id{};
        std::string_view name{}; ///< of a certificate; belongs to the scheme
        key_lease<Hash> keys{};
        std::int64_t expires = 0; ///< 0: the entry is free
        std::int64_t asked = 0;
        std::uint64_t used = 0;

        [[nodiscard]] bool is_for(const key_hint& wanted) const noexcept {
            return expires != 0 && what == wanted.what && id.view() == wanted.value && name == wanted.name;
        }
    };

    [[nodiscard]] std::span<entry> entries() const noexcept { return {kept_.get(), settings_.most_kept}; }

    [[nodiscard]] error check() noexcept {
        if (!fetcher_ || !kept_) return error::internal_failure;
        if (settings_.most_kept == 0 || settings_.most_kept > most_entries || settings_.fetches == 0
            || settings_.per.count() <= 0 || settings_.keep_for.count() <= 0
            || settings_.set_stays.count() < 0)
            return error::invalid_tolerance;
        const std::string_view pem = std::exchange(settings_.roots, {});
        return pem.empty() ? error::none : roots_.read(pem);
    }

    /// `key_source_failed` where it must be fetched first.
    [[nodiscard]] error find_kept(const key_hint& wanted, std::int64_t now,
                                  key_lease<Hash>& found) const noexcept {
        const std::lock_guard lock(kept_mutex_);
        for (entry& e : entries()) {
            if (!e.is_for(wanted) || e.expires <= now) continue;
            e.used = ++uses_;
            found = e.keys;
            return error::none;
        }
        if (wanted.what != key_hint::kind::id || set_expires_ <= now) return error::key_source_failed;
        basic_keyring<Hash> keys;
        const error e = keys.prepare_one(scheme_, set_, wanted.value);
        if (e == error::none) return keep(wanted, std::move(keys), set_expires_, found);
        if (e != error::unknown_key) return e == error::internal_failure ? e : error::unknown_key;
        return now < set_fetched_ + settings_.set_stays.count() ? error::unknown_key
                                                                : error::key_source_failed;
    }

    [[nodiscard]] error fetch(const key_hint& wanted, std::int64_t now,
                              key_lease<Hash>& found) const noexcept {
        if (!may_fetch(wanted, now)) return error::key_source_failed;
        fetched_key fetched = fetcher_->fetch(wanted);
        if (fetched.is_unknown()) return error::unknown_key;
        if (!fetched.is_there() || fetched.good_for().count() <= 0) return error::key_source_failed;
        if (fetched.key().problem() != error::none) return error::key_source_failed;
        std::int64_t expires = now + std::min(fetched.good_for(), settings_.keep_for).count();

        const std::lock_guard lock(kept_mutex_);
        basic_keyring<Hash> keys;
        error e = error::none;
        if (wanted.what == key_hint::kind::certificate_url) {
            e = prepare_certificate(wanted, now, fetched.key().text(), keys, expires);
        } else if (wanted.what == key_hint::kind::id && !fetched.key().is_secret()
                   && jwk_set(fetched.key().text()).is_set()) {
            set_ = std::move(fetched).take_public();
            set_fetched_ = now;
            set_expires_ = expires;
            e = keys.prepare_one(scheme_, set_, wanted.value);
        } else {
            const key_material one = fetched.key();
            e = keys.prepare(scheme_, std::span(&one, 1));
        }
        if (e == error::unknown_key || e == error::internal_failure) return e;
        // What came is of no use: nothing that a sender could do better, and perhaps better next time.
        if (e != error::none) return error::key_source_failed;
        return keep(wanted, std::move(keys), expires, found);
    }

    /// RFC 5280: a certificate for the name that the scheme says, valid now, and leading to a root where there are roots.
    [[nodiscard]] error prepare_certificate(const key_hint& wanted, std::int64_t now, std::string_view pem,
                                            basic_keyring<Hash>& keys, std::int64_t& expires) const noexcept {
        certificate fetched;
        if (const error e = fetched.read(pem); e != error::none) return e;
        if (!fetched.is_for(wanted.name) || !fetched.is_valid_at(now)) return error::unsuitable_key;
        if (roots_)
            if (const error e = fetched.check_chain(roots_, now); e != error::none) return e;
        expires = std::min(expires, fetched.expires() + 1);
        const spki certified = fetched.public_key();
        const public_key key = public_key::from_bytes(certified.der());
        return keys.prepare(scheme_, key);
    }

    /// Keeps keys, in place of those used longest ago, and hands them out.
    [[nodiscard]] error keep(const key_hint& wanted, basic_keyring<Hash>&& keys, std::int64_t expires,
                             key_lease<Hash>& found) const noexcept {
        key_lease<Hash> shared = detail::share(std::move(keys));
        detail::wiped_bytes id(wanted.value.size());
        if (!shared || (!wanted.value.empty() && !id.allocated())) return error::internal_failure;
        std::copy(wanted.value.begin(), wanted.value.end(), id.data());
        const auto all = entries();
        const auto same =
            std::find_if(all.begin(), all.end(), [&](const entry& e) { return e.is_for(wanted); });
        const auto oldest = std::min_element(all.begin(), all.end(),
                                             [](const entry& a, const entry& b) { return a.used < b.used; });
        entry& to = same != all.end() ? *same : *oldest;
        to.what = wanted.what;
        to.id = std::move(id);
        to.name = wanted.name;
        to.keys = shared;
        to.expires = expires;
        to.used = ++uses_;
        found = std::move(shared);
        return error::none;
    }

    /// Keys that were there before may be fetched again, once a second; others use up what may be fetched in a while.
    [[nodiscard]] bool may_fetch(const key_hint& wanted, std::int64_t now) const noexcept {
        const std::lock_guard lock(kept_mutex_);
        for (entry& e : entries())
            if (e.is_for(wanted)) return std::exchange(e.asked, now) != now;
        if (now >= window_ + settings_.per.count() || now < window_) {
            window_ = now;
            fetches_ = 0;
        }
        return fetches_ < settings_.fetches && ++fetches_ != 0;
    }

    scheme_info scheme_;
    remote_keys_settings settings_;
    std::unique_ptr<fetcher> fetcher_;
    certificate_roots roots_;
    error problem_ = error::none;

    mutable std::mutex fetch_mutex_;
    mutable std::mutex kept_mutex_; ///< for all that follows
    std::unique_ptr<entry[]> kept_;
    mutable std::uint64_t uses_ = 0;
    mutable public_key set_{""};
    mutable std::int64_t set_fetched_ = 0;
    mutable std::int64_t set_expires_ = 0;
    mutable std::int64_t window_ = 0;
    mutable std::size_t fetches_ = 0;
};

/// The remote keys of one provider.
template <provider Provider, class Hash = default_hash>
class remote_keys : public basic_remote_keys<Hash> {
public:
    template <class Fetch>
    explicit remote_keys(Fetch fetch, const remote_keys_settings& settings = {}) noexcept
        : basic_remote_keys<Hash>(Provider::scheme.info(), std::move(fetch), settings) {}
};

} // namespace hookseal::inline v0_1

#endif
