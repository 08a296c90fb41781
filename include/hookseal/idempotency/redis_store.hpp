// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_REDIS_STORE_HPP
#define HOOKSEAL_IDEMPOTENCY_REDIS_STORE_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/claim_token.hpp>
#include <hookseal/idempotency/connection_pool.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/idempotency/promises.hpp>
#include <hookseal/idempotency/redis/address.hpp>
#include <hookseal/idempotency/redis/connection.hpp>
#include <hookseal/idempotency/redis/records.hpp>
#include <hookseal/idempotency/redis/server.hpp>
#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/store_error.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hookseal::inline v0_1 {

struct redis_settings {
    /// How long the server may take to connect and to answer; then the answer is `unavailable` with `timeout`.
    std::chrono::milliseconds timeout{2000};
    /// How many connections there may be at a time.
    std::size_t connections = 16;
};

/// Remembers events in Redis 7 or later, or what speaks like it: fast, shared by all machines that reach it.
///
///     redis_store seen{"redis://:password@cache.internal"};
///
/// An event is one key, `hookseal:` and 32 hexadecimal digits. Connecting happens with the first call, and again after a
/// failure: ask `check()` to know at once. Whatever fails is `unavailable` with its cause; `OnError` is told in the
/// server's words, from the thread whose call failed.
///
/// A new event costs one command, `SET NX GET PX`, and so does a duplicate. Leases and times to live are judged by the
/// server's clock. A server that would evict keys to make room is refused as `misconfigured`; one that is full answers
/// `full`. What survives its crash is up to its own settings (`appendonly`, `appendfsync`), and a failover to a replica may
/// lose what was answered last: those events are then new again.
///
/// Generations begin with the time in nanoseconds, so that they grow although nothing is left of an event whose time is
/// over. Any number of threads may use it. It must not be carried over a `fork()`: open it afterwards.
template <class OnError = ignore_store_errors>
class redis_store {
    static_assert(std::is_nothrow_invocable_v<OnError&, const store_error&>,
                  "the error hook is called as hook(const hookseal::store_error&) and must be noexcept");

public:
    static constexpr promises promised{
        .exclusive = true,
        .tells_in_flight = true,
        .recovers = true,
        .fenced = true,
        .repeatable = true,
        .counts_attempts = true,
        .compares_payload = true,
        .hands_over = true,
        .durable = true,
        .shared = true,
        .may_evict = false,
    };

    /// `url`: see `redis::parse_address`.
    explicit redis_store(std::string_view url, const redis_settings& settings = {}, OnError on_error = {})
        : to_(redis::parse_address(url)),
          settings_(settings),
          pool_(settings.connections, settings.timeout),
          on_error_(std::move(on_error)) {}

    /// Whether the server can be reached and is as it should be: nothing, or what is the matter. For the program's start.
    [[nodiscard]] std::optional<store_fault> check() noexcept {
        pool_.close_idle();
        auto on = borrow();
        if (!on) return to_ ? store_fault::busy : store_fault::misconfigured;
        return on->well() ? std::nullopt : std::optional(failed(*on));
    }

    [[nodiscard]] claim_answer claim(const claim_request& request) noexcept {
        const std::optional<locator> where = durable_locator(request.key);
        if (!where) return claim_answer::failure(store_fault::down);
        const claim_terms terms = claim_terms::of(request);
        claim_record fresh;
        claim_answer if_new = decide_claim(fresh, terms, 0, first_generation());
        if (if_new.status != claim_status::granted) return if_new;
        if_new.token.where = *where;
        const redis::stored_text text(fresh, 0);
        const redis::digits lives(redis::time_to_live(fresh));

        return connected<claim_answer>([&](redis::connection& on, bool& in_doubt) noexcept {
            const key_text key(*where);
            for (int round = 0; round < most_rounds; ++round) {
                const bool was_well = on.well();
                on.send({"SET", key.view(), text.view(), "NX", "GET", "PX", lives.view()});
                on.send({"PTTL", key.view()});
                const redis::answer value = on.receive();
                const redis::answer left = on.receive();
                in_doubt = was_well && on.is_broken();
                if (value.is_nil() || !on.well()) return if_new;

                const auto answer = decide<claim_answer>(on, in_doubt, key.view(), value, left,
                                                         [&](claim_record& record, tick now) noexcept {
                                                             return decide_claim(record, terms, now);
                                                         });
                if (!answer && on.well()) continue;
                claim_answer told = answer.value_or(claim_answer{});
                told.token.where = *where;
                return told;
            }
            return claim_answer::failure(store_fault::busy);
        });
    }
    [[nodiscard]] settle_answer complete(const claim_token& token, const outcome& result) noexcept {
        return settle(token, settlement::complete(result));
    }
    [[nodiscard]] settle_answer release(const claim_token& token, earlier reason) noexcept {
        return settle(token, settlement::release(reason));
    }
    [[nodiscard]] settle_answer extend(const claim_token& token, std::chrono::milliseconds lease) noexcept {
        return settle(token, settlement::extend(lease));
    }

    [[nodiscard]] settle_answer forget(const unverified_key& key) noexcept {
        const std::optional<locator> where = durable_locator(key);
        if (!where) return settle_answer::failure(store_fault::down);
        return step<settle_answer>(*where, decide_forget);
    }
    [[nodiscard]] peek_answer peek(const unverified_key& key) noexcept {
        const std::optional<locator> where = durable_locator(key);
        if (!where) return peek_answer::failure(store_fault::down);
        return step<peek_answer>(*where,
                                 [](claim_record& record, tick now) noexcept { return show(record, now); });
    }

private:
    using pool = connection_pool<redis::connection>;

    /// Others changed the record that often while we looked: let the sender come back.
    static constexpr int most_rounds = 8;

    class key_text {
    public:
        explicit key_text(const locator& where) noexcept {
            constexpr std::string_view prefix = "hookseal:";
            char* const end = std::copy_n(prefix.begin(), prefix.size(), text_.begin());
            std::copy_n(locator_text(where).view().begin(), 2 * sizeof(locator), end);
        }
        [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), text_.size()}; }

    private:
        std::array<char, 9 + 2 * sizeof(locator)> text_{};
    };

    [[nodiscard]] static std::uint64_t first_generation() noexcept {
        const std::chrono::nanoseconds now = std::chrono::system_clock::now().time_since_epoch();
        return static_cast<std::uint64_t>(std::max<std::int64_t>(now.count(), 1));
    }

    [[nodiscard]] typename pool::loan borrow() noexcept {
        if (!to_) return {};
        const auto open = [&] { return redis::open_server(*to_, settings_.timeout); };
        auto on = pool_.borrow(open);
        if (on && on->was_ready() && on->is_stale()) {
            // The server was restarted while this one lay idle, and so did the others.
            pool_.close_idle();
            *on = open();
        }
        if (on) on->begin_anew();
        return on;
    }
    store_fault failed(const redis::connection& on) noexcept {
        on_error_({*on.fault(), 0, on.text()});
        return *on.fault();
    }

    /// Has `work(connection, in_doubt)` done; `in_doubt` says afterwards whether something may have been changed without
    /// a reply. If not, a connection that broke is replaced once.
    template <class Answer, class Work>
    [[nodiscard]] Answer connected(Work work) noexcept {
        for (bool is_first = true;; is_first = false) {
            auto on = borrow();
            if (!on) return Answer::failure(to_ ? store_fault::busy : store_fault::misconfigured);
            const bool was_ready = on->was_ready();
            bool in_doubt = false;
            const Answer answer = work(*on, in_doubt);
            if (on->well()) return answer;
            const bool broke = on->is_broken() && on->fault() == store_fault::down;
            if (is_first && was_ready && broke && !in_doubt) continue;
            return Answer::failure(failed(*on), in_doubt);
        }
    }

    /// The answer to what was read, and what it changes; nothing where somebody else was faster.
    template <class Answer, class Decide>
    [[nodiscard]] static std::optional<Answer> decide(redis::connection& on, bool& in_doubt,
                                                      std::string_view key, const redis::answer& value,
                                                      const redis::answer& left, Decide decide) noexcept {
        const redis::found_record found = redis::read_record(value, left);
        if (found.is_torn) return std::nullopt;
        if (!found.is_sound) return Answer::failure(store_fault::misconfigured);
        claim_record record = found.record;
        const Answer answer = decide(record, found.age);
        if (record == found.record || !found.is_there) return answer;
        const bool replaced = redis::replace(on, key, value.text(), found, record);
        in_doubt = on.is_broken();
        return replaced ? std::optional(answer) : std::nullopt;
    }

    template <class Answer, class Decide>
    [[nodiscard]] Answer step(const locator& where, Decide decision) noexcept {
        return connected<Answer>([&](redis::connection& on, bool& in_doubt) noexcept {
            const key_text key(where);
            for (int round = 0; round < most_rounds; ++round) {
                on.send({"GET", key.view()});
                on.send({"PTTL", key.view()});
                const redis::answer value = on.receive();
                const redis::answer left = on.receive();
                if (!on.well()) return Answer{};
                const auto answer = decide<Answer>(on, in_doubt, key.view(), value, left, decision);
                if (answer || !on.well()) return answer.value_or(Answer{});
            }
            return Answer::failure(store_fault::busy);
        });
    }

    [[nodiscard]] settle_answer settle(const claim_token& token, const settlement& wanted) noexcept {
        return step<settle_answer>(token.where, [&](claim_record& record, tick now) noexcept {
            return decide_settle(record, token, wanted, now);
        });
    }

    std::optional<redis::address> to_;
    redis_settings settings_;
    pool pool_;
    [[no_unique_address]] OnError on_error_;
};

} // namespace hookseal::inline v0_1

#endif
