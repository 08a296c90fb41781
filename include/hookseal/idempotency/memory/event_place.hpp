// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MEMORY_EVENT_PLACE_HPP
#define HOOKSEAL_IDEMPOTENCY_MEMORY_EVENT_PLACE_HPP

#include <hookseal/crypto/random.hpp>
#include <hookseal/encoding/eight_bytes.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/siphash.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hookseal::inline v0_1::detail {

/// By what the memory store knows an event: 96 bits of a keyed hash of its key. That two of `n` events in a store are the
/// same by these bits has a probability of n²/2⁹⁷: 6·10⁻¹⁸ for a million.
struct event_place {
    std::uint32_t words[3]{};

    [[nodiscard]] static event_place of(const locator& where) noexcept {
        event_place place;
        std::memcpy(place.words, where.data(), sizeof place.words);
        return place;
    }
    /// As in tokens. The last bytes are 0.
    [[nodiscard]] locator where() const noexcept {
        locator all;
        write(all);
        return all;
    }
    /// The same without a copy, for which a processor would wait.
    void write(locator& to) const noexcept {
        std::memcpy(to.data(), words, sizeof words);
        std::memset(to.data() + sizeof words, 0, to.size() - sizeof words);
    }

    /// A number below `count`, by bits that neither `line` nor `tag` uses.
    [[nodiscard]] std::size_t part(std::size_t count) const noexcept { return scale(words[0], count); }
    [[nodiscard]] std::size_t line(std::size_t count) const noexcept { return scale(words[1], count); }
    [[nodiscard]] std::uint32_t tag() const noexcept { return words[2]; }

    friend bool operator==(const event_place& a, const event_place& b) noexcept {
        return ((a.words[0] ^ b.words[0]) | (a.words[1] ^ b.words[1]) | (a.words[2] ^ b.words[2])) == 0;
    }

private:
    [[nodiscard]] static std::size_t scale(std::uint32_t word, std::size_t count) noexcept {
        return static_cast<std::size_t>(std::uint64_t{word} * count >> 32U);
    }
};

/// The keyed hash. Each part of a key is filled up to whole words, and the lengths come first, so that no two keys have
/// the same words.
class event_placer {
    using hash = basic_siphash<1, 3>;

public:
    /// False where no random key is to be had; nothing must be placed then.
    [[nodiscard]] bool draw_key() noexcept {
        unsigned char bytes[sizeof key_];
        if (!random_bytes(bytes)) return false;
        std::memcpy(key_.data(), bytes, sizeof bytes);
        return true;
    }

    [[nodiscard]] event_place operator()(const event_key& key) const noexcept {
        if (key.where()) return event_place::of(*key.where());
        const bool by_body = key.source() == key_source::body;
        return of(key.scope(), key.provider(), key.tenant(), key.id(), by_body ? &key.digest() : nullptr);
    }
    [[nodiscard]] event_place operator()(const unverified_key& key) const noexcept {
        return of(key.scope, key.provider, key.tenant, key.id, key.digest ? &*key.digest : nullptr);
    }

private:
    [[nodiscard]] event_place of(std::string_view scope, std::string_view provider, std::string_view tenant,
                                 std::string_view id, const body_digest* digest) const noexcept {
        const std::string_view what =
            digest == nullptr
                ? id
                : std::string_view(reinterpret_cast<const char*>(digest->data()), digest->size());
        const std::uint64_t kind = digest == nullptr ? 0 : 1;
        hash running(key_);
        if ((scope.size() | provider.size() | tenant.size() | what.size()) < 0x8000) {
            running.update(kind | scope.size() << 1U | provider.size() << 16U | tenant.size() << 32U
                           | what.size() << 48U);
        } else {
            // No first word of a short key has its highest bit set.
            running.update(~std::uint64_t{kind});
            for (const std::string_view part : {scope, provider, tenant, what})
                running.update(std::uint64_t{part.size()});
        }
        for (const std::string_view part : {scope, provider, tenant, what})
            put(running, part);

        const hash::value value = running.finish();
        event_place place;
        place.words[0] = static_cast<std::uint32_t>(value[0]);
        place.words[1] = static_cast<std::uint32_t>(value[0] >> 32U);
        place.words[2] = static_cast<std::uint32_t>(value[1]);
        return place;
    }

    static void put(hash& running, std::string_view part) noexcept {
        const char* at = part.data();
        for (std::size_t words = part.size() / 8; words > 0; --words, at += 8)
            running.update(eight_bytes(at));
        const std::size_t left = part.size() % 8;
        if (left == 0) return;
        if (part.size() > 8)
            running.update(eight_bytes(at + left - 8) >> (64 - 8 * left));
        else
            running.update(less_than_eight(part));
    }

    /// The bytes of a short text as a number, and zeros.
    [[nodiscard]] static std::uint64_t less_than_eight(std::string_view text) noexcept {
        const auto byte = [text](std::size_t i) noexcept {
            return std::uint64_t{static_cast<unsigned char>(text[i])} << 8 * i;
        };
        const std::size_t n = text.size();
        if (n < 4) return byte(0) | byte(n / 2) | byte(n - 1);
        return four_bytes(text.data()) | std::uint64_t{four_bytes(text.data() + n - 4)} << 8 * (n - 4);
    }

    hash::key key_{};
};

} // namespace hookseal::inline v0_1::detail

#endif
