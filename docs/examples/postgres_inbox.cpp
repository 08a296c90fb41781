// SPDX-License-Identifier: MIT
// Acknowledge first, process later, with workers on any number of machines.
#include <hookseal/idempotency/inbox_worker.hpp>
#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/idempotency/transactional.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <libpq-fe.h>

#include <cstdlib>
#include <string>
#include <thread>

namespace {

using stripe_delivery = hookseal::testing::delivery<hookseal::providers::stripe>;

const auto stripe = stripe_delivery::verifier();

bool run(PGconn* in, const char* text) {
    PGresult* const told = PQexec(in, text);
    const bool well = PQresultStatus(told) == PGRES_COMMAND_OK;
    PQclear(told);
    return well;
}

bool accepted(auto& db, const std::string& id) {
    const hookseal::receiver rx{stripe, db};
    const stripe_delivery paid{R"({"id":")" + id + R"("})"};
    return rx.accept(paid.request()).status == 202;
}

// [worker]
void work(hookseal::postgres_store<>& db) { // on as many threads and machines as it takes
    hookseal::transactional inside{db};
    hookseal::inbox_worker worker{inside};
    const auto pay = [](const hookseal::stored_event&, auto& context) {
        PGconn* const in = context.transaction(); // null where it could not be begun
        return in != nullptr && run(in, "INSERT INTO ledger VALUES ('paid')");
    };
    while (worker.run_once(pay).what == hookseal::inbox_step::completed) {
    }
}
// [/worker]

} // namespace

int main() {
    const char* const dsn = std::getenv("HOOKSEAL_POSTGRES");
    if (dsn == nullptr) return 77; // skipped
    constexpr int events = 20;
    PGconn* const own = PQconnectdb(dsn);
    bool well = run(own, "CREATE TABLE ledger (event text)");
    hookseal::postgres_store db{dsn};
    for (int i = 0; i < events; ++i)
        well = well && accepted(db, "evt_" + std::to_string(i));
    std::thread twin([&] { work(db); });
    work(db);
    twin.join();
    PGresult* const rows = PQexec(own, "SELECT count(*), (SELECT count(*) FROM hookseal_inbox) FROM ledger");
    well = well && PQgetvalue(rows, 0, 0) == std::to_string(events)
           && PQgetvalue(rows, 0, 1) == std::string("0");
    PQclear(rows);
    PQfinish(own);
    return well ? 0 : 1;
}
