// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/sqlite/database.hpp>
#include <hookseal/idempotency/sqlite/rows.hpp>

#include "fuzz/fuzz.hpp"

#include <array>
#include <chrono>
#include <cstdint>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

constexpr store_time now{.wall = 1'800'000'000'000, .lease = 500'000'000, .run = 1};

/// Small numbers, times near now, and any others.
std::int64_t any_number(input& from) {
    switch (from.byte() % 4) {
    case 0: return from.byte();
    case 1: return now.wall + from.number<std::int16_t>();
    case 2: return now.lease + from.number<std::int16_t>();
    default: return from.number<std::int64_t>();
    }
}

} // namespace

/// The numbers of a row, as somebody may have written them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static sqlite::connection on = sqlite::open_database(":memory:", false, std::chrono::milliseconds(0));
    require(on.code() == SQLITE_OK, "there is a database");
    input from(data, size);
    const locator where{1};
    std::array<std::int64_t, 13> is{};
    for (std::int64_t& number : is)
        number = any_number(from);
    {
        sqlite::query put(on, sqlite::sql::put);
        int at = 0;
        for (const std::int64_t number : is)
            put.bind(++at, number);
        put.bind(14, where).bind(15, "").bind(16, "").bind(17, "").bind(18, "");
        require(put.run(), "the row is there");
    }
    const sqlite::row found = sqlite::find(on, where, now);
    const auto at_most = [&](std::size_t column, auto last) {
        return is[column] >= 0 && is[column] <= static_cast<std::int64_t>(last);
    };
    const bool is_known =
        at_most(0, event_state::done) && at_most(1, earlier::forgotten) && at_most(2, ending::ignored);
    require(found.is_there, "it is found");
    require(is_known || !found.is_sound, "states that nobody knows are not taken for others");

    const claim_terms terms{.nonce = 7};
    const claim_answer claimed = sqlite::claim(on, where, terms, {}, now);
    if (found.is_sound) {
        claim_record after = found.record;
        const claim_answer decided = decide_claim(after, terms, now.wall, after.generation == 0 ? 1 : 0);
        require(claimed.status == decided.status, "the state machine answers");
        require(sqlite::find(on, where, now).record == after, "and what it makes of the row is read again");
    } else {
        require(claimed.status == claim_status::unavailable, "what is not ours is not granted");
    }
    sqlite::query remove(on, sqlite::sql::remove);
    remove.bind(1, where);
    require(remove.run() && on.code() == SQLITE_OK, "the row is gone");
    return 0;
}
