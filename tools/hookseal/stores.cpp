// SPDX-License-Identifier: MIT
#include "stores.hpp"

#include "text.hpp"

#include <hookseal/idempotency/lru_ttl_store.hpp>

#include <cstdio>
#include <cstdlib>

namespace hookseal_cli {

namespace {

[[nodiscard]] std::string in_environment(const std::string& name) {
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr) throw failure(name + " is not set");
    return value;
}

} // namespace

void print_store_errors::operator()(const hookseal::store_error& what) const noexcept {
    std::fprintf(stderr, "store: %.*s\n", static_cast<int>(what.text.size()), what.text.data());
}

void require_well(std::optional<hookseal::store_fault> found, std::string_view store) {
    if (!found) return;
    throw failure(std::string(store)
                  + (*found == hookseal::store_fault::misconfigured ? " is not as it should be"
                                                                    : " cannot be reached"));
}

std::unique_ptr<event_store> open_store(const receive_options& with) {
    std::string named = with.store;
    if (named.substr(0, 4) == "env:") named = in_environment(named.substr(4));
    const std::size_t colon = named.find(':');
    const std::string kind = named.substr(0, colon);
    std::string where = colon == std::string::npos ? "" : named.substr(colon + 1);
    if (where.substr(0, 2) == "//") where = named; // postgres://…, redis://…

    if (named == "memory") {
        if (with.ledger)
            throw failure("--ledger needs a store with transactions: sqlite:FILE or postgres:DSN");
        return std::make_unique<plain_store<hookseal::lru_ttl_store<>>>(with, with.capacity);
    }
    if (kind == "sqlite" && !where.empty()) {
#ifdef HOOKSEAL_WITH_SQLITE
        return open_sqlite(where, with);
#endif
    } else if (kind == "postgres") {
#ifdef HOOKSEAL_WITH_POSTGRES
        return open_postgres(where, with);
#endif
    } else if (kind == "redis" && !where.empty()) {
#ifdef HOOKSEAL_WITH_REDIS
        if (with.ledger)
            throw failure("--ledger needs a store with transactions: sqlite:FILE or postgres:DSN");
        return open_redis(where, with);
#endif
    } else {
        throw failure(
            "--store is memory, sqlite:FILE, postgres:DSN, redis:URL, or env:NAME for one of these");
    }
    throw failure("this program was built without the library that --store " + kind + " needs");
}

} // namespace hookseal_cli
