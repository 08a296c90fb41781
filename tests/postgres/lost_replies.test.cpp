// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/idempotency/transactional.hpp>

#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/cutting_proxy.hpp"
#include "support/lost_replies.hpp"

#include <chrono>
#include <string>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

/// How libpq has a prepared statement executed.
std::string prepared(char which) { return std::string("\0hookseal", 9) + which + std::string(1, '\0'); }

struct application {
    postgres_schema schema;
    cutting_proxy proxy;
    postgres_store<> store;

    explicit application(const std::string& server)
        : schema(server), proxy(port_in(server)), store(schema.dsn("port=" + std::to_string(proxy.port()))) {
        schema.app().ask("CREATE TABLE ledger (event text)");
    }
    [[nodiscard]] int ledger() const { return std::stoi(schema.app().ask("SELECT count(*) FROM ledger")); }
    [[nodiscard]] auto pass() const {
        return [this](std::chrono::milliseconds time) { schema.pass(time); };
    }
};

} // namespace

TEST_CASE("postgres_store: replies that are lost anywhere are made good") {
    const auto server = postgres_server();
    if (!server) return;
    application app(*server);
    int works = 0;
    require_lost_replies_are_made_good(
        app.store, app.proxy, {prepared('a'), prepared('b'), prepared('c')}, app.pass(),
        [&](const auto&) { ++works; }, [&] { return works; });
}

TEST_CASE("transactional: replies that are lost anywhere on the way to PostgreSQL are made good") {
    const auto server = postgres_server();
    if (!server) return;
    const std::vector<std::string> commands{prepared('a'), prepared('b'),        prepared('c'),
                                            "BEGIN",       "INSERT INTO ledger", "COMMIT"};
    const auto pay = [](const auto&, const auto& context) {
        PGconn* const in = context.transaction();
        if (in == nullptr) return false;
        PGresult* const told = PQexec(in, "INSERT INTO ledger VALUES ('a')");
        const bool well = PQresultStatus(told) == PGRES_COMMAND_OK;
        PQclear(told);
        return well;
    };
    {
        application app(*server);
        transactional leased{app.store};
        require_lost_replies_are_made_good(leased, app.proxy, commands, app.pass(), pay,
                                           [&] { return app.ledger(); });
    }
    application app(*server);
    auto inside = claiming_inside(app.store);
    require_lost_replies_are_made_good(inside, app.proxy, commands, app.pass(), pay,
                                       [&] { return app.ledger(); });
}
