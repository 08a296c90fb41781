// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/sqlite_store.hpp>
#include <hookseal/idempotency/tiered_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using stripe_delivery = hookseal::testing::delivery<hookseal::providers::stripe>;

const auto stripe = stripe_delivery::verifier();
const stripe_delivery paid{R"({"id":"evt_1"})"};

bool handled_once(const std::string& file) {
    int shipped = 0;
    const auto ship = [&](const hookseal::verified_event&) { ++shipped; };
    // [store]
    const auto complain = [](const hookseal::store_error& what) noexcept {
        std::fprintf(stderr, "events.db: %.*s\n", static_cast<int>(what.text.size()), what.text.data());
    };
    hookseal::sqlite_store seen{file, {}, hookseal::machine_ticks{}, complain};
    if (seen.check()) return false; // cannot be opened, or has the tables of a later version
    hookseal::receiver rx{stripe, seen};
    // [/store]
    // [tiered]
    hookseal::lru_ttl_store memory{100'000};
    hookseal::tiered_store tiers{memory, seen};
    // [/tiered]
    hookseal::receiver fast{stripe, tiers};
    return rx(paid.request(), ship).why == hookseal::reply_reason::handled
           && rx(paid.request(), ship).why == hookseal::reply_reason::duplicate
           && fast(paid.request(), ship).why == hookseal::reply_reason::duplicate && shipped == 1;
}

bool paid_once(const std::string& file) {
    hookseal::sqlite_store db{file};
    sqlite3* ledger = nullptr;
    if (db.check() || sqlite3_open(file.c_str(), &ledger) != SQLITE_OK) return false;
    sqlite3_exec(ledger, "CREATE TABLE ledger (event TEXT)", nullptr, nullptr, nullptr);
    // [transactional]
    hookseal::transactional inside{db};
    hookseal::receiver rx{stripe, inside};
    const auto pay = [](const hookseal::verified_event&, const auto& context) {
        sqlite3* const in = context.transaction(); // null where it could not be begun
        return sqlite3_exec(in, "INSERT INTO ledger VALUES ('paid')", nullptr, nullptr, nullptr) == SQLITE_OK;
    };
    const hookseal::reply reply = rx(paid.request(), pay);
    // [/transactional]
    const bool well = reply.status == 200 && rx(paid.request(), pay).why == hookseal::reply_reason::duplicate;
    int rows = 0;
    const auto count = [](void* to, int, char** values, char**) {
        *static_cast<int*>(to) = std::atoi(values[0]);
        return 0;
    };
    sqlite3_exec(ledger, "SELECT count(*) FROM ledger", count, &rows, nullptr);
    sqlite3_close(ledger);
    return well && rows == 1;
}

} // namespace

int main() {
    std::string folder = (std::filesystem::temp_directory_path() / "hookseal-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 1;
    const bool well = handled_once(folder + "/one.db") && paid_once(folder + "/two.db");
    std::filesystem::remove_all(folder);
    return well ? 0 : 1;
}
