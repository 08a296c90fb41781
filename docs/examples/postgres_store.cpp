// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using stripe_delivery = hookseal::testing::delivery<hookseal::providers::stripe>;

const auto stripe = stripe_delivery::verifier();

bool handled_once(const std::string& dsn) {
    const stripe_delivery paid{R"({"id":"evt_1"})"};
    // [store]
    const auto complain = [](const hookseal::store_error& what) noexcept {
        std::fprintf(stderr, "postgres: %.*s\n", static_cast<int>(what.text.size()), what.text.data());
    };
    hookseal::postgres_store seen{dsn, {}, complain}; // "host=db.internal dbname=shop user=shop"
    if (seen.check()) return false; // cannot be reached, or has the tables of a later version
    hookseal::receiver rx{stripe, seen};
    // [/store]
    int shipped = 0;
    const auto ship = [&](const hookseal::verified_event&) { ++shipped; };
    return rx(paid.request(), ship).why == hookseal::reply_reason::handled
           && rx(paid.request(), ship).why == hookseal::reply_reason::duplicate && shipped == 1;
}

bool run(PGconn* in, const char* text) {
    PGresult* const told = PQexec(in, text);
    const bool well = PQresultStatus(told) == PGRES_COMMAND_OK;
    PQclear(told);
    return well;
}

bool paid_once(const std::string& dsn) {
    const stripe_delivery paid{R"({"id":"evt_2"})"};
    PGconn* const own = PQconnectdb(dsn.c_str());
    bool well = run(own, "CREATE TABLE ledger (event text)");
    hookseal::postgres_store db{dsn};
    // [transactional]
    hookseal::transactional inside{db};
    hookseal::receiver rx{stripe, inside};
    const auto pay = [](const hookseal::verified_event&, const auto& context) {
        PGconn* const in = context.transaction(); // null where it could not be begun
        return in != nullptr && run(in, "INSERT INTO ledger VALUES ('paid')");
    };
    const hookseal::reply reply = rx(paid.request(), pay);
    // [/transactional]
    well = well && reply.status == 200 && rx(paid.request(), pay).why == hookseal::reply_reason::duplicate;

    const stripe_delivery refunded{R"({"id":"evt_3"})"};
    const auto key = *hookseal::event_key::of(refunded.event());
    // [in_ones_own]
    const hookseal::claim_answer claim = db.claim({.key = key});
    if (claim.status != hookseal::claim_status::granted) return false;
    run(own, "BEGIN");
    run(own, "INSERT INTO ledger VALUES ('refunded')");
    const bool is_ours = db.complete_in(own, claim.token, {}).status == hookseal::settle_status::ok;
    run(own, is_ours ? "COMMIT" : "ROLLBACK");
    // [/in_ones_own]
    PGresult* const rows = PQexec(own, "SELECT count(*) FROM ledger");
    well = well && is_ours && std::string(PQgetvalue(rows, 0, 0)) == "2";
    PQclear(rows);
    PQfinish(own);
    return well;
}

} // namespace

int main() {
    const char* const dsn = std::getenv("HOOKSEAL_POSTGRES");
    if (dsn == nullptr) return 77; // skipped
    return handled_once(dsn) && paid_once(dsn) ? 0 : 1;
}
