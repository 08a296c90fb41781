// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_VERIFIED_EVENT_HPP
#define HOOKSEAL_CORE_VERIFIED_EVENT_HPP

#include <hookseal/core/duration.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/find_field.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/core/unix_time.hpp>
#include <hookseal/encoding/chars.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hookseal::inline v0_1 {

/// Longest event id or type that is read, in bytes.
inline constexpr std::size_t max_event_text = 256;

/// An event's id or type: a small value that holds its own bytes. Empty where the delivery has none.
class event_text {
public:
    // Not by default: what is not filled need be neither zeroed nor copied, which would be most of it.
    constexpr event_text() noexcept {}
    constexpr event_text(const event_text& other) noexcept { append(other.view()); }
    constexpr event_text& operator=(const event_text& other) noexcept {
        if (this == &other) return *this;
        clear();
        append(other.view());
        return *this;
    }

    [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes_, size_}; }
    constexpr operator std::string_view() const noexcept { return view(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::string str() const { return std::string(view()); }

    /// Appends; false, and empty for good, when there is no room.
    constexpr bool append(std::string_view more) noexcept {
        if (more.size() > max_event_text - size_) return clear(), false;
        std::char_traits<char>::copy(bytes_ + size_, more.data(), more.size());
        size_ += more.size();
        return true;
    }
    constexpr void clear() noexcept { size_ = 0; }

    friend constexpr bool operator==(const event_text& a, const event_text& b) noexcept {
        return a.view() == b.view();
    }
    friend constexpr bool operator==(const event_text& a, std::string_view b) noexcept {
        return a.view() == b;
    }

private:
    std::size_t size_ = 0;
    char bytes_[max_event_text];
};

/// SHA-256 of a body.
using body_digest = std::array<unsigned char, 32>;

class event_parts;
class owned_event;
namespace detail {

/// What makes a verified event: only a verifier has one.
class event_permit {
    template <class Scheme, class Clock, class Hash>
    friend class verification;

    constexpr event_permit() noexcept {}
};

} // namespace detail

/// A delivery whose signature held and whose signed time is within tolerance. Only a verifier makes one.
///
/// It is a view of the request's headers and body, which must outlive it; `owned()` is the copy for whoever finishes
/// later. Id and type are looked up when asked for, never before the signature held. Reading is `const`, holds no
/// state and may be done from several threads.
class verified_event {
public:
    /// The provider's name, as in its description: `"stripe"`.
    [[nodiscard]] std::string_view provider() const noexcept { return scheme_->name; }

    /// The event's id; empty where there is none, where it is longer than `max_event_text`, or where the body that
    /// holds it is not here. Several fields are joined with `:`, with `%` and `:` inside a field written `%25`, `%3A`.
    ///
    /// Whether the signature binds it is another question: see `protects().event_id`.
    [[nodiscard]] event_text id() const noexcept { return read(*event_id_); }

    /// The event's type, under the same rules.
    [[nodiscard]] event_text type() const noexcept { return read(*event_type_); }

    /// When the sender signed; nothing where the scheme signs no time.
    [[nodiscard]] std::optional<unix_time> signed_at() const noexcept { return signed_at_; }

    /// The raw body, byte for byte. Empty too where an incremental verification kept no body: see `has_body`.
    [[nodiscard]] std::string_view body() const noexcept { return from_.body(); }
    [[nodiscard]] bool has_body() const noexcept { return has_body_; }

    /// SHA-256 of the body where an incremental verification took it on the way; nothing else computes it here.
    [[nodiscard]] const std::optional<body_digest>& digest_of_body() const noexcept { return digest_; }

    /// The request that was verified. Headers that the scheme does not sign are not authentic.
    [[nodiscard]] const hookseal::request& request() const noexcept { return from_; }

    /// Which of the configured keys matched, counted from 0 in the order of configuration.
    [[nodiscard]] std::size_t key_index() const noexcept { return key_index_; }

    /// What the signature binds, and what it does not.
    [[nodiscard]] protection protects() const noexcept {
        protection bound = scheme_->protects;
        if (is_part_) bound.event_id = scheme_->binds_part_id;
        return bound;
    }

    /// How long the provider goes on delivering the same event; zero where that is not known.
    [[nodiscard]] duration retry_window() const noexcept { return scheme_->retry_window; }

    /// The events of a delivery that is a batch; see `core/event_parts.hpp`. A delivery that is none is its only part.
    ///
    /// \returns `malformed_field` for a list that is none of objects, `too_large` for too long a one, `whole_body_needed`,
    ///     `internal_failure` where memory fails.
    [[nodiscard]] result<event_parts> parts() const noexcept;

    /// A copy that owns its bytes. Allocates, and throws `std::bad_alloc` where that fails.
    [[nodiscard]] owned_event owned() const;

    /// For verifiers: see `detail::event_permit`. `scheme` must outlive the event, and so must the places of its id and
    /// type, which differ where one scheme has several.
    verified_event(detail::event_permit, const scheme_info& scheme, const selector& event_id,
                   const selector& event_type, const hookseal::request& from, const signed_time& signed_at,
                   std::size_t key_index, bool has_body, const std::optional<body_digest>& digest) noexcept
        : scheme_(&scheme),
          event_id_(&event_id),
          event_type_(&event_type),
          from_(from),
          digest_(digest),
          key_index_(key_index),
          has_body_(has_body) {
        if (signed_at.present) signed_at_.emplace(signed_at.unix_seconds);
    }

private:
    friend class event_parts;

    /// A part of a delivery: what was verified holds for it, and `item` is its body.
    verified_event(const verified_event& whole, std::string_view item) noexcept : verified_event(whole) {
        event_id_ = &scheme_->batch.id;
        event_type_ = &scheme_->batch.type;
        from_ = from_.with_body(item);
        digest_.reset();
        is_part_ = true;
    }

    [[nodiscard]] event_text read(const selector& which) const noexcept {
        event_text value;
        const bool composite = static_cast<bool>(which.parts[1]);
        for (const field& part : which.parts) {
            if (!part) break;
            if (&part != which.parts && !value.append(":")) return value;
            if (!append(value, part, composite)) return value.clear(), value;
        }
        return value;
    }

    bool append(event_text& value, const field& part, bool composite) const noexcept {
        text found = text::of({});
        auto names = name_set::unsettled;
        if (find(part, from_, {}, names, found) != error::none) return false;
        if (!composite)
            return found.write(from_, {&value, [](void* to, std::string_view bytes) noexcept {
                                           return static_cast<event_text*>(to)->append(bytes);
                                       }});
        return found.write(from_, {&value, [](void* to, std::string_view bytes) noexcept {
                                       auto& out = *static_cast<event_text*>(to);
                                       for (const char c : bytes) {
                                           const std::string_view shown = c == '%'   ? std::string_view("%25")
                                                                          : c == ':' ? std::string_view("%3A")
                                                                                     : chars(&c, 1);
                                           if (!out.append(shown)) return false;
                                       }
                                       return true;
                                   }});
    }

    const scheme_info* scheme_;
    const selector* event_id_;
    const selector* event_type_;
    hookseal::request from_;
    std::optional<unix_time> signed_at_;
    std::optional<body_digest> digest_;
    std::size_t key_index_;
    bool has_body_;
    bool is_part_ = false;
};

/// A verified event that owns its bytes, for work that outlives the request. Only a verified event makes one.
class owned_event {
public:
    [[nodiscard]] const std::string& provider() const noexcept { return provider_; }
    [[nodiscard]] const std::string& id() const noexcept { return id_; }
    [[nodiscard]] const std::string& type() const noexcept { return type_; }
    [[nodiscard]] const std::string& body() const noexcept { return body_; }
    [[nodiscard]] std::optional<unix_time> signed_at() const noexcept { return signed_at_; }
    [[nodiscard]] const protection& protects() const noexcept { return protects_; }

private:
    friend class verified_event;
    explicit owned_event(const verified_event& from)
        : provider_(from.provider()),
          id_(from.id().str()),
          type_(from.type().str()),
          body_(from.body()),
          signed_at_(from.signed_at()),
          protects_(from.protects()) {}

    std::string provider_;
    std::string id_;
    std::string type_;
    std::string body_;
    std::optional<unix_time> signed_at_;
    protection protects_;
};

inline owned_event verified_event::owned() const { return owned_event(*this); }

} // namespace hookseal::inline v0_1

#endif
