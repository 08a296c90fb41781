// SPDX-License-Identifier: MIT
#include "stores.hpp"

#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/idempotency/transactional.hpp>

#include <libpq-fe.h>

#include <array>

namespace hookseal_cli {

namespace {

using store = hookseal::postgres_store<print_store_errors>;

bool run(PGconn* in, const char* text, const hookseal::verified_event* event = nullptr) {
    std::array<std::string, 2> values;
    if (event != nullptr) values = {std::string(event->provider()), event->id().str()};
    const std::array<const char*, 2> parameters{values[0].c_str(), values[1].c_str()};
    PGresult* const told =
        PQexecParams(in, text, event != nullptr ? 2 : 0, nullptr, parameters.data(), nullptr, nullptr, 0);
    const bool well = PQresultStatus(told) == PGRES_COMMAND_OK;
    PQclear(told);
    return well;
}

} // namespace

std::unique_ptr<event_store> open_postgres(const std::string& dsn, const receive_options& with) {
    if (!with.ledger) {
        auto made = std::make_unique<plain_store<store>>(with, dsn);
        require_well(made->store().check(), "the PostgreSQL server");
        return made;
    }
    const auto write = [](PGconn* in, const hookseal::verified_event& event) {
        return run(in, "INSERT INTO ledger VALUES ($1, $2)", &event);
    };
    auto made = std::make_unique<ledger_store<store, decltype(write)>>(with, write, dsn);
    require_well(made->store().check(), "the PostgreSQL server");
    auto session = hookseal::transactional{made->store()}.begin();
    PGconn* const in = session.transaction();
    if (in == nullptr || !run(in, "CREATE TABLE IF NOT EXISTS ledger (provider text, id text)")
        || !run(in, "COMMIT"))
        throw failure("no ledger can be made in the PostgreSQL database");
    return made;
}

} // namespace hookseal_cli
