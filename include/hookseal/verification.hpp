// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_VERIFICATION_HPP
#define HOOKSEAL_VERIFICATION_HPP

#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/clock.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/min_max.hpp>
#include <hookseal/core/options.hpp>
#include <hookseal/core/owned_array.hpp>
#include <hookseal/core/protection.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/core/unix_time.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/crypto/body_digests.hpp>
#include <hookseal/crypto/equal.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/running_proof.hpp>
#include <hookseal/crypto/whole_message.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/decimal.hpp>
#include <hookseal/encoding/hex.hpp>
#include <hookseal/key_lease.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

// The story of a verification, told once for every scheme, key and way of feeding a body:
//
//   read → key → times → content → signature → bindings
//
// and the first of these that fails is the error. A scheme's candidates are tried in turn; one that no key fits does
// not count. Of several errors the one that came furthest is told, else the first candidate's.
// Nothing here knows a provider or a family of schemes.

namespace hookseal::inline v0_1::detail {

/// The longest text of a signature or digest, still encoded, that a reader may have to decode: hex is the longest way to
/// write one.
inline constexpr std::size_t max_encoded_size = 2 * max_signature_size;

/// Collects what a text reads as, in a fixed array.
template <std::size_t Capacity>
class collected_text {
public:
    [[nodiscard]] bool collect(const text& from, const request& in) noexcept {
        return from.write(in, {this, [](void* to, std::string_view bytes) noexcept {
                                   return static_cast<collected_text*>(to)->append(bytes);
                               }});
    }
    [[nodiscard]] bool append(std::string_view bytes) noexcept {
        if (bytes.size() > Capacity - size_) return false;
        if (!bytes.empty()) std::memcpy(bytes_ + size_, bytes.data(), bytes.size());
        size_ += bytes.size();
        return true;
    }
    [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }

private:
    std::size_t size_ = 0;
    char bytes_[Capacity];
};

/// Decodes into `out`; the size, or 0 where the text is not exactly of that encoding.
[[nodiscard]] inline std::size_t decode(std::string_view encoded, encoding form,
                                        std::span<unsigned char> out) noexcept {
    std::size_t size = 0;
    switch (form) {
    case encoding::hex:
    case encoding::hex_any_case:
        size = encoded.size() / 2;
        if (size > out.size()) return 0;
        return decode_hex(encoded, out.first(size), form == encoding::hex ? hex_case::lower : hex_case::any)
                   ? size
                   : 0;
    case encoding::base64: size = decode_base64(encoded, out, base64_form::padded); break;
    case encoding::base64url: size = decode_base64(encoded, out, base64_form::url); break;
    case encoding::text:
    case encoding::decimal:
        if (encoded.size() > out.size()) return 0;
        std::memcpy(out.data(), encoded.data(), encoded.size());
        return encoded.size();
    }
    return size == not_base64 ? 0 : size;
}

/// Writes a digest as a piece of signed content spells it.
[[nodiscard]] inline std::string_view spell(std::span<const unsigned char> value, encoding form,
                                            std::span<char, 2 * max_digest_size> out) noexcept {
    switch (form) {
    case encoding::hex:
    case encoding::hex_any_case: encode_hex(value, out.data()); return chars(out.data(), 2 * value.size());
    case encoding::base64: return chars(out.data(), encode_base64(value, out.data(), base64_form::padded));
    case encoding::base64url: return chars(out.data(), encode_base64(value, out.data(), base64_form::url));
    case encoding::decimal: {
        std::uint64_t number = 0;
        for (const unsigned char byte : value)
            number = number << 8 | byte;
        return chars(out.data(), write_decimal(number, out.data()));
    }
    case encoding::text:
        std::memcpy(out.data(), value.data(), value.size());
        return chars(out.data(), value.size());
    }
    return {};
}

/// The body's digest as a piece of signed content spells it; empty where it is not known.
[[nodiscard]] inline std::string_view spelled_digest(const piece& p, const body_digests* digests,
                                                     std::span<char, 2 * max_digest_size> out) noexcept {
    if (digests == nullptr) return {};
    const auto value = digests->get(p.hash);
    return value.empty() ? std::string_view() : spell(value, p.form, out);
}

/// Feeds signed content to `Into`, piece by piece, in two stretches: up to the body, and from it.
///
/// What is small is gathered first, so that a hash is called once for all of it and once for the body.
template <class Into>
class content_feed {
public:
    /// Everything before the first piece that needs the body.
    [[nodiscard]] bool begin(const statement& what, const request& from, Into& into) noexcept {
        at_ = 0;
        for (; at_ < what.content.size() && !needs_body(what.content[at_]); ++at_)
            if (!feed(what.content[at_], from, into)) return false;
        streams_ = at_ < what.content.size() && what.content[at_].what == piece::kind::body;
        return flush(into);
    }

    /// A part of the body.
    [[nodiscard]] bool body(std::string_view bytes, Into& into) noexcept {
        return !streams_ || into.update(bytes);
    }

    /// Everything behind the body. `whole` is the body where it is at hand: a second copy of it can be wanted.
    /// Likewise `digests`, which are null where the statement wants none.
    [[nodiscard]] bool end(const statement& what, const request& from, const body_digests* digests,
                           const std::string_view* whole, Into& into) noexcept {
        if (streams_) ++at_;
        for (; at_ < what.content.size(); ++at_) {
            const piece& next = what.content[at_];
            switch (next.what) {
            case piece::kind::bytes:
            case piece::kind::key:
                if (!feed(next, from, into)) return false;
                break;
            case piece::kind::body:
                if (whole == nullptr || !flush(into) || !into.update(*whole)) return false;
                break;
            case piece::kind::digest_of_body: {
                char room[2 * max_digest_size];
                const std::string_view digest = spelled_digest(next, digests, room);
                if (digest.empty() || !put(digest, into)) return false;
                break;
            }
            }
        }
        return flush(into);
    }

private:
    [[nodiscard]] static bool needs_body(const piece& p) noexcept {
        return p.what == piece::kind::body || p.what == piece::kind::digest_of_body;
    }

    [[nodiscard]] bool feed(const piece& p, const request& from, Into& into) noexcept {
        if (p.what == piece::kind::key) return flush(into) && feed_key(into);
        return p.value.read == nullptr ? put(p.value.raw(), into) : p.value.write(from, gather(into));
    }

    [[nodiscard]] static bool feed_key(Into& into) noexcept {
        if constexpr (requires { into.update_with_key(); })
            return into.update_with_key();
        else
            return false;
    }

    struct gathering {
        content_feed* feed;
        Into* into;
    };

    [[nodiscard]] sink gather(Into& into) noexcept {
        gathering_ = {this, &into};
        return {&gathering_, [](void* to, std::string_view bytes) noexcept {
                    const auto& g = *static_cast<gathering*>(to);
                    return g.feed->put(bytes, *g.into);
                }};
    }
    [[nodiscard]] bool put(std::string_view bytes, Into& into) noexcept {
        if (bytes.size() > sizeof small_ - used_) {
            if (!flush(into)) return false;
            if (bytes.size() > sizeof small_ / 2) return into.update(bytes);
        }
        if (bytes.empty()) return true; // as the query of a URL without one, which is nowhere
        std::memcpy(small_ + used_, bytes.data(), bytes.size());
        used_ += bytes.size();
        return true;
    }
    [[nodiscard]] bool flush(Into& into) noexcept {
        const std::string_view gathered = chars(small_, used_);
        used_ = 0;
        return gathered.empty() || into.update(gathered);
    }

    std::size_t at_ = 0;
    std::size_t used_ = 0;
    bool streams_ = false;
    gathering gathering_{};
    char small_[256];
};

/// Which signed times are fresh.
struct freshness_window {
    bool checked = true;
    std::int64_t past = 300;
    std::int64_t future = 300;
};

/// Everything that stays the same from one request to the next.
template <class Clock>
struct verification_setup {
    const scheme_info& info;
    options with;
    freshness_window window;
    const Clock& clock;
};

/// The signatures of a statement, decoded once each.
class decoded_signatures {
public:
    [[nodiscard]] error decode_once(const statement& what, const request& from) noexcept {
        return size_ == 0 ? decode_all(what, from) : error::none;
    }
    [[nodiscard]] error decode_all(const statement& what, const request& from) noexcept {
        if (what.form == encoding::text) { // a token is compared as it stands, whatever its length
            for (const presented_signature& p : what.presented) {
                if (p.value.read != nullptr) return decode_one(p, what, from);
                add({reinterpret_cast<const unsigned char*>(p.value.data), p.value.size});
            }
            return size_ == 0 ? error::malformed_signature : error::none;
        }
        // A malformed signature beside others is passed over; if it was the only one, the request is malformed.
        error first = error::none;
        for (const presented_signature& p : what.presented) {
            const error e = decode_one(p, what, from);
            if (e != error::none && first == error::none) first = e;
        }
        if (size_ != 0) return error::none;
        return what.presented.size() == 1 ? first : error::signature_mismatch;
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::span<const unsigned char> operator[](std::size_t i) const noexcept {
        return {each_[i].data, each_[i].size};
    }

private:
    struct stretch { // a span would be zeroed
        const unsigned char* data;
        std::size_t size;
    };

    void add(std::span<const unsigned char> signature) noexcept {
        each_[size_++] = {signature.data(), signature.size()};
    }

    [[nodiscard]] error decode_one(const presented_signature& p, const statement& what,
                                   const request& from) noexcept {
        const std::span<unsigned char> room(bytes_ + used_, sizeof bytes_ - used_);
        std::size_t size = 0;
        if (p.value.read == nullptr) {
            const std::size_t longest = longest_signature(what.how);
            size = decode(p.value.raw(), what.form, room.first(smaller_of(room.size(), longest)));
        } else {
            collected_text<max_encoded_size> encoded;
            if (!encoded.collect(p.value, from)) return error::malformed_signature;
            size = decode(encoded.view(), what.form, room.first(smaller_of(room.size(), max_encoded_size)));
        }
        if (size == 0) return error::malformed_signature;
        add(room.first(size));
        used_ += size;
        return error::none;
    }

    std::size_t size_ = 0;
    std::size_t used_ = 0;
    stretch each_[max_presented];
    // As many signatures as there may be where they are short; long ones are few.
    unsigned char bytes_[larger_of(max_presented * max_digest_size, 2 * max_signature_size)];
};

/// Whether one of the signatures holds.
template <class Proof>
[[nodiscard]] error check_any(const Proof& finished, const decoded_signatures& signatures) noexcept {
    error verdict = error::signature_mismatch;
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        const error e = finished.check(signatures[i]);
        if (e == error::none) return e;
        if (e != error::signature_mismatch) verdict = e;
    }
    return verdict;
}

/// Puts signed content together where it is short; false where it is not, or is not for an HMAC.
[[nodiscard]] inline bool put_together(const statement& what, const request& from,
                                       const body_digests* digests, whole_message& message) noexcept {
    if (what.how != proof::hmac || from.body().size() > whole_message::capacity) return false;
    const sink into_message{&message, [](void* to, std::string_view bytes) noexcept {
                                return static_cast<whole_message*>(to)->update(bytes);
                            }};
    for (const piece& p : what.content) {
        bool put = false;
        switch (p.what) {
        case piece::kind::bytes:
            put = p.value.read == nullptr ? message.update(p.value.raw()) : p.value.write(from, into_message);
            break;
        case piece::kind::body: put = message.update(from.body()); break;
        case piece::kind::digest_of_body: {
            char room[2 * max_digest_size];
            const std::string_view digest = spelled_digest(p, digests, room);
            put = !digest.empty() && message.update(digest);
            break;
        }
        case piece::kind::key: break;
        }
        if (!put) return false;
    }
    return true;
}

/// The tag of a short message under one key.
template <class Hash>
class short_tag {
public:
    [[nodiscard]] bool compute(const prepared_key<Hash>& key, whole_message& message) noexcept {
        running_hmac<Hash> running;
        tag_.size = running.finish_whole(key.hmac(), message, tag_.bytes);
        return tag_.size != 0;
    }
    [[nodiscard]] error check(std::span<const unsigned char> signature) const noexcept {
        return equal(signature, {tag_.bytes, tag_.size}) ? error::none : error::signature_mismatch;
    }

private:
    wiped_tag tag_;
};

/// A statement, judged under one key: content in, verdict out.
template <class Hash>
class lane {
public:
    lane() noexcept {} // user-provided: `{}` must not zero its rooms
    [[nodiscard]] bool begin(const statement& what, const request& from,
                             const prepared_key<Hash>& key) noexcept {
        key_index_ = key.index();
        return proof_.start(key) && feed_.begin(what, from, proof_);
    }
    [[nodiscard]] bool body(std::string_view bytes) noexcept { return feed_.body(bytes, proof_); }
    /// Signatures are decoded behind the hash: the processor does both at the same time.
    [[nodiscard]] error end(const statement& what, const request& from, const body_digests* digests,
                            const std::string_view* whole, decoded_signatures& signatures) noexcept {
        if (!feed_.end(what, from, digests, whole, proof_) || !proof_.finish())
            return error::internal_failure;
        const error e = signatures.decode_once(what, from);
        return e == error::none ? check_any(proof_, signatures) : e;
    }
    [[nodiscard]] std::size_t key_index() const noexcept { return key_index_; }

private:
    std::size_t key_index_ = 0;
    running_proof<Hash> proof_;
    content_feed<running_proof<Hash>> feed_;
};

/// Nothing yet, or a lane. An array of `std::optional` itself would be zeroed, to the last of its kilobytes.
template <class Hash>
struct optional_lane : std::optional<lane<Hash>> {
    optional_lane() noexcept {} // user-provided, and not constexpr
};

[[nodiscard]] inline error check_times(const statement& what, const freshness_window& window,
                                       std::int64_t now) noexcept {
    if (what.signed_at.present && window.checked) {
        if (what.signed_at.unix_seconds < now - window.past) return error::timestamp_too_old;
        if (what.signed_at.unix_seconds > now + window.future) return error::timestamp_too_new;
    }
    if (what.not_before.present && what.not_before.unix_seconds > now) return error::timestamp_too_new;
    if (what.expires.present && what.expires.unix_seconds <= now) return error::timestamp_too_old;
    return error::none;
}

/// The time in Unix seconds; false where the clock does not tell it.
template <class Clock>
[[nodiscard]] bool now_of(const verification_setup<Clock>& setup, std::int64_t& unix_seconds) noexcept {
    const std::optional<unix_time> now = setup.clock.now();
    if (!now) return false;
    unix_seconds = now->time_since_epoch().in_seconds;
    // A clock that far off tells nothing; and sums of times cannot overflow.
    constexpr std::int64_t limit = std::int64_t{1} << 48;
    return unix_seconds >= 0 && unix_seconds <= limit;
}

template <class Clock>
[[nodiscard]] error check_times(const statement& what, const verification_setup<Clock>& setup) noexcept {
    const bool needed =
        (what.signed_at.present && setup.window.checked) || what.not_before.present || what.expires.present;
    if (!needed) return error::none;
    std::int64_t now = 0;
    return now_of(setup, now) ? check_times(what, setup.window, now) : error::clock_failed;
}

[[nodiscard]] inline bool wants_digests(const statement& what) noexcept {
    for (const piece& p : what.content)
        if (p.what == piece::kind::digest_of_body) return true;
    return what.bindings.size() != 0;
}

/// The digests of the body that a statement asks for.
[[nodiscard]] inline error want_digests(const statement& what, body_digests& digests) noexcept {
    for (const piece& p : what.content)
        if (p.what == piece::kind::digest_of_body && !digests.want(p.hash)) return error::internal_failure;
    for (const binding& b : what.bindings)
        if (b.of_body && !digests.want(b.hash)) return error::internal_failure;
    return error::none;
}

/// The digest of a text of the request.
[[nodiscard]] inline std::size_t digest_of(const text& subject, digest hash, const request& from,
                                           unsigned char (&out)[max_digest_size]) noexcept {
    evp_hash running;
    const bool good =
        running.start(hash) && subject.write(from, {&running, [](void* to, std::string_view bytes) noexcept {
                                                        return static_cast<evp_hash*>(to)->update(bytes);
                                                    }});
    return good ? running.finish(out) : 0;
}

/// Whether the body and the URL are those that the signed part speaks of.
[[nodiscard]] inline error check_bindings(const statement& what, const request& from,
                                          const body_digests& digests) noexcept {
    for (const binding& b : what.bindings) {
        collected_text<max_encoded_size> expected;
        unsigned char bytes[max_digest_size];
        if (!expected.collect(b.expected, from)) return error::content_mismatch;
        const std::size_t size = decode(expected.view(), b.form, bytes);
        if (b.of_body) {
            if (!equal(std::span(bytes, size), digests.get(b.hash))) return error::content_mismatch;
            continue;
        }
        unsigned char own[max_digest_size];
        const std::size_t own_size = digest_of(b.subject, b.hash, from, own);
        if (own_size == 0) return error::internal_failure;
        if (!equal(std::span(bytes, size), std::span(own, own_size))) return error::content_mismatch;
    }
    return error::none;
}

/// Keeps the error that says most, over the candidates of one request, in whatever order they fail: that of a candidate
/// which could be read before that of one which could not, and more than a mismatch before a mismatch.
class candidate_errors {
public:
    void add(error e, int candidate) noexcept {
        const int more = says(e) - says(worst_);
        if (worst_ != error::unverified && (more < 0 || (more == 0 && candidate > from_))) return;
        worst_ = e;
        from_ = candidate;
    }
    [[nodiscard]] error get() const noexcept {
        return worst_ == error::unverified ? error::unknown_key : worst_;
    }

private:
    [[nodiscard]] static int says(error e) noexcept {
        switch (e) {
        case error::missing_signature:
        case error::missing_timestamp:
        case error::missing_field:
        case error::malformed_signature:
        case error::malformed_timestamp:
        case error::malformed_field:
        case error::unsupported_version:
        case error::repeated_header:
        case error::too_large: return 0;
        case error::signature_mismatch: return 1;
        default: return 2;
        }
    }

    error worst_ = error::unverified;
    int from_ = 0;
};

/// A list of prepared keys, of which any may match.
template <class Hash>
using key_span = std::span<const prepared_key<Hash>>;

/// Whether a key can prove a statement: by its proof and, where both have one, by its id.
template <class Hash>
[[nodiscard]] bool fits(const prepared_key<Hash>& key, const statement& what) noexcept {
    return key.fits(what.how, what.hash)
           && (what.signer.what != key_hint::kind::id || key.id().empty() || key.id() == what.signer.value);
}

template <class Hash>
[[nodiscard]] bool any_fits(key_span<Hash> keys, const statement& what) noexcept {
    for (const prepared_key<Hash>& each : keys)
        if (fits(each, what)) return true;
    return false;
}

/// That room; made without touching it.
template <std::size_t Size>
struct scratch_room {
    char bytes[Size];
    scratch_room() noexcept {} // user-provided: `{}` must not zero the bytes
    [[nodiscard]] scratch_space space() noexcept { return {bytes, Size}; }
};
template <>
struct scratch_room<0> {
    [[nodiscard]] scratch_space space() noexcept { return {}; }
};

/// An error that a move leaves behind as `unverified`, so that what was moved from rejects.
class moved_error {
public:
    constexpr moved_error(error e) noexcept : error_(e) {}
    constexpr moved_error(moved_error&& other) noexcept
        : error_(std::exchange(other.error_, error::unverified)) {}
    constexpr moved_error& operator=(moved_error&& other) noexcept {
        error_ = std::exchange(other.error_, error::unverified);
        return *this;
    }
    constexpr operator error() const noexcept { return error_; }

private:
    error error_;
};

/// One request on its way through the story above. Each function is one stretch of it; `run` is the whole.
template <class Scheme, class Clock, class Hash>
class verification {
public:
    /// The whole body at once: key by key, until one matches.
    [[nodiscard]] static result<verified_event> run(const Scheme& scheme,
                                                    const verification_setup<Clock>& setup,
                                                    const request& from,
                                                    const key_finder<Hash>& whose) noexcept {
        candidate_errors errors;
        scratch_room<scratch_of<Scheme>()> room;
        for (int candidate = 0; candidate < setup.info.candidates; ++candidate) {
            statement what;
            key_lease<Hash> lease;
            key_span<Hash> keys = whose.known();
            error e =
                read(scheme, setup, {from, setup.with, candidate, room.space()}, whose, lease, keys, what);
            if (e == error::unknown_key) continue;
            std::size_t key_index = 0;
            if (e == error::none) e = judge(what, from, keys, key_index);
            if (e == error::none && what.has_more_items)
                e = judge_other_items(scheme, setup, from, candidate, room.space(), whose);
            if (e == error::none) return accept(setup, what, from, key_index, true, std::nullopt);
            errors.add(e, candidate);
        }
        return errors.get();
    }

    // For bodies that come in pieces.
    verification(const Scheme& scheme, const verification_setup<Clock>& setup, const request& head,
                 const key_finder<Hash>& whose, bool digest_body) noexcept
        : setup_(setup), from_(head), digest_body_(digest_body) {
        begin(scheme, whose);
    }
    verification(verification&&) noexcept = default;
    verification& operator=(verification&&) = delete;

    void update(std::string_view bytes) noexcept {
        if (failed_ != error::none) return;
        size_ += bytes.size();
        for (optional_lane<Hash>& l : std::span(lanes_, lane_count_))
            if (!l->body(bytes)) failed_ = error::internal_failure;
        if (!digests_.update(bytes)) failed_ = error::internal_failure;
    }

    [[nodiscard]] error failed() const noexcept { return failed_; }

    /// The verdict, once; `whole` is the body if its owner kept it, and is then verified to be the one fed.
    [[nodiscard]] result<verified_event> finish(const std::string_view* whole) noexcept {
        const error before = failed_;
        failed_ = error::unverified;
        if (before != error::none) return before;
        if (!digests_.finish()) return error::internal_failure;
        for (std::size_t i = 0; i < lane_count_; ++i) {
            const statement& what = statements_[lane_statement_[i]];
            decoded_signatures signatures;
            error e = lanes_[i]->end(what, from_, &digests_, nullptr, signatures);
            if (e == error::none) e = check_bindings(what, from_, digests_);
            if (e == error::none) return deliver(lane_statement_[i], lanes_[i]->key_index(), whole);
            errors_.add(e, statement_candidate_[lane_statement_[i]]);
        }
        return errors_.get();
    }

private:
    static constexpr std::size_t max_statements = max_streamed_candidates;
    static constexpr std::size_t max_lanes = max_statements * 8; // as many keys as a keyring has

    /// read → key → times.
    [[nodiscard]] static error read(const Scheme& scheme, const verification_setup<Clock>& setup,
                                    const reading& in, const key_finder<Hash>& whose, key_lease<Hash>& lease,
                                    key_span<Hash>& keys, statement& what) noexcept {
        const error e = scheme.read(in, what);
        if (!whose.is_known()) {
            if (e != error::none) return e; // who cannot be read is not asked about
            if (const error f = find_keys(setup, whose, what, lease); f != error::none) return f;
            keys = lease.keys();
        }
        if (!any_fits<Hash>(keys, what)) return error::unknown_key;
        return e == error::none ? check_times(what, setup) : e;
    }

    [[nodiscard]] static error find_keys(const verification_setup<Clock>& setup,
                                         const key_finder<Hash>& whose, const statement& what,
                                         key_lease<Hash>& lease) noexcept {
        std::int64_t now = 0;
        if (!now_of(setup, now)) return error::clock_failed;
        return whose.find(what.signer, now, lease);
    }

    /// Of items that are signed one by one, all must hold.
    [[nodiscard]] static error judge_other_items(const Scheme& scheme, const verification_setup<Clock>& setup,
                                                 const request& from, int candidate, scratch_space scratch,
                                                 const key_finder<Hash>& whose) noexcept {
        bool more = true;
        for (int item = 1; more; ++item) {
            statement what;
            key_lease<Hash> lease;
            key_span<Hash> keys = whose.known();
            const reading in{from, setup.with, candidate, scratch, item};
            if (const error e = read(scheme, setup, in, whose, lease, keys, what); e != error::none) return e;
            std::size_t unused = 0;
            if (const error e = judge(what, from, keys, unused); e != error::none) return e;
            more = what.has_more_items;
        }
        return error::none;
    }

    /// content → signature → bindings.
    [[nodiscard]] static error judge(const statement& what, const request& from, key_span<Hash> keys,
                                     std::size_t& key_index) noexcept {
        if (!wants_digests(what)) return try_keys(what, from, keys, nullptr, key_index);
        body_digests digests;
        if (const error e = want_digests(what, digests); e != error::none) return e;
        if (!digests.update(from.body()) || !digests.finish()) return error::internal_failure;
        const error verdict = try_keys(what, from, keys, &digests, key_index);
        return verdict == error::none ? check_bindings(what, from, digests) : verdict;
    }

    /// content → signature, with one key after the other.
    [[nodiscard]] static error try_keys(const statement& what, const request& from, key_span<Hash> keys,
                                        const body_digests* digests, std::size_t& key_index) noexcept {
        whole_message message;
        const bool is_short = put_together(what, from, digests, message);
        decoded_signatures signatures;
        error verdict = error::unknown_key;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (!fits(keys[i], what)) continue;
            verdict = is_short ? try_key(message, keys[i], what, from, signatures)
                               : try_key(what, from, keys[i], digests, signatures);
            key_index = keys[i].index();
            if (verdict != error::signature_mismatch) break;
        }
        return verdict;
    }
    // Signatures are decoded once, and behind the hash: the processor does both at the same time.
    [[nodiscard]] static error try_key(whole_message& message, const prepared_key<Hash>& key,
                                       const statement& what, const request& from,
                                       decoded_signatures& signatures) noexcept {
        short_tag<Hash> tag;
        if (!tag.compute(key, message)) return error::internal_failure;
        const error e = signatures.decode_once(what, from);
        return e == error::none ? check_any(tag, signatures) : e;
    }
    [[nodiscard]] static error try_key(const statement& what, const request& from,
                                       const prepared_key<Hash>& key, const body_digests* digests,
                                       decoded_signatures& signatures) noexcept {
        const std::string_view body = from.body();
        lane<Hash> one;
        if (!one.begin(what, from, key) || !one.body(body)) return error::internal_failure;
        return one.end(what, from, digests, &body, signatures);
    }

    // The event is made where it is wanted: copying what was just written costs more than writing it.
    [[nodiscard]] static result<verified_event> accept(const verification_setup<Clock>& setup,
                                                       const statement& what, const request& from,
                                                       std::size_t key_index, bool has_body,
                                                       const std::optional<body_digest>& digest) noexcept {
        const scheme_info& info = setup.info;
        return result<verified_event>(std::in_place, event_permit{}, info,
                                      what.event_id == nullptr ? info.event_id : *what.event_id,
                                      what.event_type == nullptr ? info.event_type : *what.event_type, from,
                                      what.signed_at, key_index, has_body, digest);
    }

    void begin(const Scheme& scheme, const key_finder<Hash>& whose) noexcept {
        if (!setup_.info.streams) {
            failed_ = error::whole_body_needed;
            return;
        }
        std::size_t statements = 0;
        for (int candidate = 0; candidate < setup_.info.candidates; ++candidate) {
            statement& what =
                *::new (&statements_[statements]) statement; // the candidate before may have left some
            keys_[statements] = whose.known();
            if (!room_for(statements)) return void(failed_ = error::internal_failure);
            const reading in{from_, setup_.with, candidate, {room_[statements].get(), setup_.info.scratch}};
            error e = read(scheme, setup_, in, whose, leases_[statements], keys_[statements], what);
            if (e == error::unknown_key) continue;
            if (statements == max_statements) return void(failed_ = error::whole_body_needed);
            if (e == error::none) {
                e = want_digests(what, digests_);
                if (e == error::none) e = begin_lanes(what, statements);
                if (e != error::none) return void(failed_ = e); // lanes half begun are of no use
            }
            if (e != error::none)
                errors_.add(e, candidate);
            else
                statement_candidate_[statements++] = candidate;
        }
        if (statements == 0) return void(failed_ = errors_.get());
        const bool needs_digest = digest_body_ || setup_.info.protects.body != body_protection::whole;
        if (needs_digest && !digests_.want(digest::sha256)) return void(failed_ = error::internal_failure);
        failed_ = error::none;
    }

    [[nodiscard]] error begin_lanes(const statement& what, std::size_t index) noexcept {
        for (const prepared_key<Hash>& key : keys_[index]) {
            if (!fits(key, what)) continue;
            if (lane_count_ == max_lanes) return error::too_many_keys;
            lane_statement_[lane_count_] = static_cast<unsigned char>(index);
            if (!lanes_[lane_count_++].emplace().begin(what, from_, key)) return error::internal_failure;
        }
        return error::none;
    }

    /// Room that stays where it is when this moves: the statement views it.
    [[nodiscard]] bool room_for(std::size_t index) noexcept {
        if (setup_.info.scratch == 0 || room_[index]) return true;
        room_[index].reset(new (std::nothrow) char[setup_.info.scratch]);
        return static_cast<bool>(room_[index]);
    }

    [[nodiscard]] result<verified_event> deliver(std::size_t index, std::size_t key_index,
                                                 const std::string_view* whole) noexcept {
        const statement& what = statements_[index];
        std::optional<body_digest> digest;
        if (digest_body_) {
            const auto taken = digests_.get(digest::sha256);
            digest.emplace();
            for (std::size_t i = 0; i < taken.size(); ++i)
                (*digest)[i] = taken[i];
        }
        if (whole == nullptr) return accept(setup_, what, from_, key_index, size_ == 0, digest);
        const request with_body = from_.with_body(*whole);
        if (whole->size() != size_) return error::content_mismatch;
        if (const error e = check_what_was_fed(index, with_body); e != error::none) return e;
        return accept(setup_, what, with_body, key_index, true, digest);
    }

    /// What was fed is genuine; whether this is what was fed, its own signature says, or else its digest.
    [[nodiscard]] error check_what_was_fed(std::size_t index, const request& with_body) const noexcept {
        if (setup_.info.protects.body == body_protection::whole) {
            std::size_t unused = 0;
            const error e = judge(statements_[index], with_body, keys_[index], unused);
            return e == error::none || e == error::internal_failure ? e : error::content_mismatch;
        }
        body_digests own;
        if (!own.want(digest::sha256) || !own.update(with_body.body()) || !own.finish())
            return error::internal_failure;
        const bool same = equal(own.get(digest::sha256), digests_.get(digest::sha256));
        return same ? error::none : error::content_mismatch;
    }

    verification_setup<Clock> setup_;
    request from_;
    bool digest_body_;
    moved_error failed_ = error::unverified;
    std::size_t size_ = 0;
    std::size_t lane_count_ = 0;
    unsigned char lane_statement_[max_lanes]{};
    int statement_candidate_[max_statements]{};
    candidate_errors errors_;
    optional_lane<Hash> lanes_[max_lanes]; // as many as are needed are made
    body_digests digests_;
    // One more than are kept: that no key fits a candidate is known once it is read.
    statement statements_[max_statements + 1];
    key_span<Hash> keys_[max_statements + 1];
    key_lease<Hash> leases_[max_statements + 1];
    owned_array<char> room_[max_statements + 1];
};

} // namespace hookseal::inline v0_1::detail

#endif
