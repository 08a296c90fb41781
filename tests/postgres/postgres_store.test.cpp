// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/idempotency/postgres_store.hpp>
#include <hookseal/idempotency/tiered_store.hpp>
#include <hookseal/testing/store_suite.hpp>

#include "idempotency/keys.hpp"
#include "postgres/database.hpp"
#include "support/catch.hpp"
#include "support/cutting_proxy.hpp"
#include "support/suite.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

/// How the server is told to execute the statements that change something, once they are prepared.
const std::vector<std::string> changing{std::string("\0hooksealb\0", 11), std::string("\0hooksealc\0", 11)};

struct harness {
    std::unique_ptr<postgres_schema> schema;
    std::unique_ptr<cutting_proxy> proxy;
    std::unique_ptr<postgres_store<>> first = open();
    std::unique_ptr<postgres_store<>> second = open();
    static constexpr bool exact_time = true;

    explicit harness(const std::string& server)
        : schema(std::make_unique<postgres_schema>(server)),
          proxy(std::make_unique<cutting_proxy>(port_in(server))) {}

    std::unique_ptr<postgres_store<>> open() const {
        return std::make_unique<postgres_store<>>(schema->dsn("port=" + std::to_string(proxy->port())),
                                                  postgres_settings{.timeout = 60s});
    }
    postgres_store<>& store() { return *first; }
    postgres_store<>& another() { return *second; }
    void pass(std::chrono::milliseconds time) { schema->pass(time); }
    void lose_next_reply() { proxy->cut_at(changing, cutting_proxy::moment::after_the_reply_was_made); }
    void set_down(bool down) { proxy->set_down(down); }
};

} // namespace

TEST_CASE("postgres_store: is as every store should be") {
    const auto server = postgres_server();
    if (!server) return;
    require_well(testing::run_store_suite([&] { return harness(*server); }), 0);
}
