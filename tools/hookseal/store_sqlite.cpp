// SPDX-License-Identifier: MIT
#include "stores.hpp"
#include "text.hpp"

#include <hookseal/idempotency/sqlite_store.hpp>

#include <sqlite3.h>

namespace hookseal_cli {

namespace {

using store = hookseal::sqlite_store<hookseal::machine_ticks, print_store_errors>;

bool run(sqlite3* in, const char* text, const hookseal::verified_event* event = nullptr) {
    sqlite3_stmt* statement = nullptr;
    bool well = sqlite3_prepare_v2(in, text, -1, &statement, nullptr) == SQLITE_OK;
    if (well && event != nullptr) {
        const std::string provider(event->provider());
        sqlite3_bind_text(statement, 1, provider.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(statement, 2, event->id().str().c_str(), -1, SQLITE_TRANSIENT);
    }
    well = well && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return well;
}

void make_ledger(const std::string& file) {
    sqlite3* db = nullptr;
    bool made = sqlite3_open(file.c_str(), &db) == SQLITE_OK;
    sqlite3_busy_timeout(db, 10'000);
    made = made && run(db, "CREATE TABLE IF NOT EXISTS ledger (provider TEXT, id TEXT)");
    sqlite3_close(db);
    if (!made) throw failure("no ledger can be made in " + in_quotes(file));
}

} // namespace

std::unique_ptr<event_store> open_sqlite(const std::string& file, const receive_options& with) {
    const auto opened = [&](auto made) {
        require_well(made->store().check(), in_quotes(file));
        return made;
    };
    if (!with.ledger)
        return opened(std::make_unique<plain_store<store>>(with, file, hookseal::sqlite_settings{}));
    const auto write = [](sqlite3* in, const hookseal::verified_event& event) {
        return run(in, "INSERT INTO ledger VALUES (?1, ?2)", &event);
    };
    auto made = opened(std::make_unique<ledger_store<store, decltype(write)>>(with, write, file,
                                                                              hookseal::sqlite_settings{}));
    make_ledger(file);
    return made;
}

} // namespace hookseal_cli
