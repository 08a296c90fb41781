// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/sqlite_store.hpp>
#include <hookseal/idempotency/transactional.hpp>

#include "sqlite/database.hpp"
#include "sqlite/temporary_file.hpp"
#include "support/catch.hpp"
#include "support/process_cases.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

/// One clock for all processes.
struct shared_clock {
    const shared_numbers<1>* seconds;
    [[nodiscard]] tick now() const noexcept { return 1'800'000'000'000 + 1000 * (*seconds)[0]; }
};
using tested_store = sqlite_store<shared_clock, ignore_store_errors, shared_clock>;

struct file_of_all {
    temporary_file file{};
    shared_numbers<1> seconds{};

    [[nodiscard]] auto open() const {
        const shared_clock clock{&seconds};
        return std::make_unique<tested_store>(
            file.path(), sqlite_settings{.survives_power_cuts = false, .busy_timeout = 60s}, clock,
            ignore_store_errors{}, clock);
    }
    void pass(std::chrono::milliseconds time) const { seconds[0] += static_cast<int>(time / 1s); }
};

} // namespace

TEST_CASE("sqlite_store: of several processes that want an event one handles it") {
    const file_of_all all;
    require_one_winner_among_processes([&] { return all.open(); });
}

TEST_CASE("sqlite_store: a process that sleeps beyond its lease changes nothing") {
    const file_of_all all;
    require_late_finisher_changes_nothing([&] { return all.open(); }, [&](auto time) { all.pass(time); });
}

TEST_CASE("sqlite_store: a process that dies at any step is made good, with its work done again where it may "
          "be lost") {
    const file_of_all all;
    require_deaths_are_made_good([&] { return all.open(); }, [&](auto time) { all.pass(time); });
}

TEST_CASE("transactional: in SQLite a process that dies at any step leaves its work once") {
    const file_of_all all;
    REQUIRE_FALSE(all.open()->check());
    database(all.file.path()).run("CREATE TABLE ledger (event TEXT)");
    const auto examine = [&](auto begin) {
        require_deaths_leave_one_effect(
            [&] { return all.open(); }, [&](auto time) { all.pass(time); }, begin,
            [](sqlite3* in) { database::run(in, "INSERT INTO ledger VALUES ('a')"); },
            [&] { return std::stoi(database(all.file.path()).ask("SELECT count(*) FROM ledger")); });
    };
    examine([](auto& store) { return transactional{store}.begin(); });
    examine([](auto& store) { return claiming_inside(store).begin(); });
}

TEST_CASE(
    "sqlite_store: of a log that a power cut tore, a beginning is there, whole, and nothing of it is wrong") {
    const temporary_file file;
    constexpr std::size_t events = 30;
    {
        sqlite_store<> store{file.path(), {.largest_group = 1}};
        for (std::size_t i = 0; i < events; ++i) {
            const claim_answer one = store.claim({.key = key_of(std::to_string(i))});
            REQUIRE(store.complete(one.token, {ending::handled, 7}).status == settle_status::ok);
        }
        // The power goes while the store is open: the log is not yet part of the file.
        std::filesystem::copy_file(file.path(), file.path("torn.db"));
        std::filesystem::copy_file(file.path() + "-wal", file.path("whole-wal"));
    }
    const std::size_t size = std::filesystem::file_size(file.path("whole-wal"));
    REQUIRE(size > 100'000);
    std::size_t most = 0;
    std::size_t least = events;
    const auto cut_at = [&](std::size_t bytes) {
        const std::string torn = file.path("copy.db");
        for (const char* part : {"", "-wal", "-shm"})
            std::filesystem::remove(torn + part);
        std::filesystem::copy_file(file.path("torn.db"), torn);
        std::filesystem::copy_file(file.path("whole-wal"), torn + "-wal");
        std::filesystem::resize_file(torn + "-wal", bytes);
        sqlite_store<> store{torn};
        REQUIRE_FALSE(store.check());
        std::size_t known = 0;
        for (std::size_t i = 0; i < events; ++i) {
            const peek_answer seen = store.peek(operators_key(std::to_string(i)));
            REQUIRE(seen.available);
            if (seen.state == event_state::absent) continue;
            REQUIRE(known == i); // whatever is there, all before it is there, too
            ++known;
            if (seen.state == event_state::done)
                REQUIRE(seen.result == outcome{ending::handled, 7});
            else
                REQUIRE(seen.state == event_state::in_flight);
        }
        most = std::max(most, known);
        least = std::min(least, known);
        if (known < events)
            REQUIRE(store.claim({.key = key_of(std::to_string(known))}).status == claim_status::granted);
    };
    for (std::size_t bytes = 0; bytes < size; bytes += 4127) // in the middle of pages and at their ends
        cut_at(bytes);
    cut_at(size);
    REQUIRE(least == 0);
    REQUIRE(most == events);
}
