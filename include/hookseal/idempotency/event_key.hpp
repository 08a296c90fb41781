// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_EVENT_KEY_HPP
#define HOOKSEAL_IDEMPOTENCY_EVENT_KEY_HPP

#include <hookseal/core/error.hpp>
#include <hookseal/core/min_max.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/idempotency/claim_token.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hookseal::inline v0_1 {

/// By what two deliveries are recognised as the same event.
enum class key_source : unsigned char {
    signed_id,   ///< the event id, which the signature binds
    body,        ///< the body's SHA-256, because the id is missing or is not signed
    unsigned_id, ///< the event id of a scheme that signs nothing
    ticket,      ///< an earlier claim that was handed over
};

/// What an operator knows of an event, for `forget` and `peek` alone: nothing proves that such an event ever arrived.
///
/// Where the store knows events by their body (see `key_source`), `digest` is the body's SHA-256 and counts instead of
/// the id.
struct unverified_key {
    std::string_view scope{};
    std::string_view provider{};
    std::string_view tenant{};
    std::string_view id{};
    std::optional<body_digest> digest{};
};

/// Which event, of whom, for whom.
///
/// Made from a verified event or from a ticket, and in no other way: ids that nobody signed do not reach a store. `scope`
/// says which consumer asks (two that share a store must not silence each other), `tenant` for whom; both come from
/// configuration or from the key that matched, never from the request, and must outlive the key.
class event_key {
    struct blank {};

public:
    explicit event_key(blank) noexcept {} // for `of` alone: nobody else has such an argument

    /// The key of a verified event.
    ///
    /// The id where the signature binds it. Where it does not, the SHA-256 of the body takes its place, because a replayed
    /// delivery may carry any id: two events with the same body are then one. Where the scheme binds nothing at all (a
    /// token) the id stays, for the body is no more authentic.
    ///
    /// \returns `whole_body_needed` where the body is needed and neither it nor its digest is here; `internal_failure`.
    [[nodiscard]] static result<event_key> of(const verified_event& event, std::string_view scope = {},
                                              std::string_view tenant = {}) noexcept {
        result<event_key> made(std::in_place, blank{}); // where it is wanted: a key is large
        event_key& key = *made;
        key.scope_ = scope;
        key.provider_ = event.provider();
        key.tenant_ = tenant;
        key.id_ = event.id();
        const protection bound = event.protects();
        if (!key.id_.empty() && (bound.event_id || bound.body == body_protection::none))
            key.source_ = bound.event_id ? key_source::signed_id : key_source::unsigned_id;
        else if (const error e = digest_of(event, key.digest_); e != error::none)
            made = e;
        return made;
    }

    /// Nobody signed that one.
    event_key(const unverified_key&) = delete;

    /// The key of what was handed over: the place where its claim is kept.
    [[nodiscard]] static event_key of(const claim_token& ticket) noexcept {
        event_key key{blank{}};
        key.source_ = key_source::ticket;
        key.where_ = ticket.where;
        return key;
    }

    /// Has the store compare the body with that of earlier deliveries of the same id. Costs a SHA-256 of the body; does
    /// nothing where the body is the key already, or is not here.
    ///
    /// \returns `none` or `internal_failure`.
    [[nodiscard]] error compare_content(const verified_event& event) noexcept {
        if (source_ == key_source::body) return error::none;
        body_digest digest;
        const error e = digest_of(event, digest);
        if (e == error::whole_body_needed) return error::none;
        if (e == error::none) {
            detail::get_big_endian(digest.data(), fingerprint_);
            fingerprint_ = detail::larger_of<std::uint64_t>(fingerprint_, 1);
        }
        return e;
    }

    [[nodiscard]] std::string_view scope() const noexcept { return scope_; }
    [[nodiscard]] std::string_view provider() const noexcept { return provider_; }
    [[nodiscard]] std::string_view tenant() const noexcept { return tenant_; }
    /// The event's id, for people to find it by: also where the body is the key. May be empty.
    [[nodiscard]] std::string_view id() const noexcept { return id_.view(); }
    [[nodiscard]] key_source source() const noexcept { return source_; }
    /// Of the body, where `source()` is `body`.
    [[nodiscard]] const body_digest& digest() const noexcept { return digest_; }
    /// 64 bits of the body's SHA-256; 0 where contents are not compared.
    [[nodiscard]] std::uint64_t fingerprint() const noexcept { return fingerprint_; }
    /// Where the event is kept, if the key is that of a ticket.
    [[nodiscard]] const std::optional<locator>& where() const noexcept { return where_; }

private:
    [[nodiscard]] static error digest_of(const verified_event& event, body_digest& out) noexcept {
        if (event.digest_of_body()) {
            out = *event.digest_of_body();
            return error::none;
        }
        if (!event.has_body()) return error::whole_body_needed;
        return sha256(event.body(), out) ? error::none : error::internal_failure;
    }

    std::string_view scope_{};
    std::string_view provider_{};
    std::string_view tenant_{};
    event_text id_{};
    key_source source_ = key_source::body;
    body_digest digest_{};
    std::uint64_t fingerprint_ = 0;
    std::optional<locator> where_{};
};

namespace detail {

template <class Put>
void put_key_part(Put& put, std::string_view part) noexcept {
    unsigned char size[8];
    put_big_endian(size, std::uint64_t{part.size()});
    put(std::string_view(reinterpret_cast<const char*>(size), sizeof size));
    put(part);
}

template <class Put>
void put_key(Put& put, std::string_view scope, std::string_view provider, std::string_view tenant,
             std::string_view id, const body_digest* digest) noexcept {
    put_key_part(put, scope);
    put_key_part(put, provider);
    put_key_part(put, tenant);
    put(digest == nullptr ? std::string_view("i") : std::string_view("b"));
    put_key_part(put, digest == nullptr
                          ? id
                          : std::string_view(reinterpret_cast<const char*>(digest->data()), digest->size()));
}

} // namespace detail

/// Puts the bytes that tell keys apart into `put(std::string_view)`, for a store to hash: each part behind its length,
/// so that no two keys have the same bytes. Says nothing of a ticket's key, which has a place instead.
template <class Put>
void put_identity(const event_key& key, Put&& put) noexcept {
    detail::put_key(put, key.scope(), key.provider(), key.tenant(), key.id(),
                    key.source() == key_source::body ? &key.digest() : nullptr);
}

template <class Put>
void put_identity(const unverified_key& key, Put&& put) noexcept {
    detail::put_key(put, key.scope, key.provider, key.tenant, key.id, key.digest ? &*key.digest : nullptr);
}

/// The place of a key in durable stores: the first half of the SHA-256 of its identity, which every process and every
/// version of this library computes alike, however it hashes. Nothing where hashing fails.
template <class Hash = default_hash, class Key>
[[nodiscard]] std::optional<locator> durable_locator(const Key& key) noexcept {
    if constexpr (requires { key.where(); })
        if (key.where()) return key.where();
    Hash hash;
    bool held = hash.start(digest::sha256);
    put_identity(key, [&](std::string_view bytes) noexcept { held = held && hash.update(bytes); });
    unsigned char out[max_digest_size];
    if (!held || hash.finish(out) < sizeof(locator)) return std::nullopt;
    locator where;
    std::memcpy(where.data(), out, where.size());
    return where;
}

} // namespace hookseal::inline v0_1

#endif
