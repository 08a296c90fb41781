// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_MACHINE_TICKS_HPP
#define HOOKSEAL_IDEMPOTENCY_MACHINE_TICKS_HPP

#include <hookseal/idempotency/state_machine.hpp>
#include <hookseal/idempotency/tick.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace hookseal::inline v0_1 {

/// A clock by which the leases in a file are judged, for all processes of one machine.
///
/// Where the system tells its boots apart (Linux does, in /proc/sys/kernel/random/boot_id) it is the clock that counts
/// from then on, which nobody sets; a lease of another boot is over, for its owner cannot be alive. Elsewhere it is the wall
/// clock, and a step of it shortens or prolongs leases by as much. Processes with a time namespace of their own (a kind
/// of container) must not share a file with others.
class machine_ticks {
public:
    machine_ticks() noexcept : boot_(this_boot()) {}

    [[nodiscard]] tick now() const noexcept { return boot_ != 0 ? steady_ticks{}.now() : wall_ticks{}.now(); }

    /// Which run of the clock that is; times of different runs cannot be compared. 0: the wall clock.
    [[nodiscard]] std::uint64_t run() const noexcept { return boot_; }

private:
    [[nodiscard]] static std::uint64_t this_boot() noexcept {
        std::FILE* const file = std::fopen("/proc/sys/kernel/random/boot_id", "r");
        if (file == nullptr) return 0;
        char text[64];
        const std::size_t size = std::fread(text, 1, sizeof text, file);
        std::fclose(file);
        std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a
        for (std::size_t i = 0; i < size; ++i)
            hash = (hash ^ static_cast<unsigned char>(text[i])) * 0x100000001b3;
        return size < 32 ? 0 : std::max<std::uint64_t>(hash, 1);
    }

    std::uint64_t boot_;
};

/// The time as a durable store knows it: leases by one clock, time to live by another that goes on while the machine is
/// off.
struct store_time {
    tick wall;
    tick lease;
    std::uint64_t run;

    template <class LeaseClock, class WallClock>
    [[nodiscard]] static store_time of(const LeaseClock& leases, const WallClock& wall) noexcept {
        if constexpr (requires { leases.run(); })
            return {wall.now(), leases.now(), leases.run()};
        else
            return {wall.now(), leases.now(), 0};
    }
};

namespace detail {

/// The record as it was stored, for the state machine, which knows one time: `now.wall`.
[[nodiscard]] constexpr claim_record in_wall_time(claim_record stored, std::uint64_t run,
                                                  const store_time& now) noexcept {
    if (stored.state != event_state::in_flight) return stored;
    const std::int64_t left = run == now.run ? stored.leased_until - now.lease : 0;
    stored.leased_until = later(now.wall, std::clamp<std::int64_t>(left, -stored.lease, stored.lease));
    // Whoever sets the wall clock does not end the lease of a live owner.
    if (left > 0) stored.expires = std::max(stored.expires, later(stored.leased_until, 1));
    return stored;
}

/// The other way round; `run` is to be `now.run`.
[[nodiscard]] constexpr claim_record in_lease_time(claim_record record, const store_time& now) noexcept {
    if (record.state == event_state::in_flight)
        record.leased_until = later(now.lease, record.leased_until - now.wall);
    return record;
}

} // namespace detail

} // namespace hookseal::inline v0_1

#endif
