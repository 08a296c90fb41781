// SPDX-License-Identifier: MIT
#include "stores.hpp"

#include <hookseal/idempotency/redis_store.hpp>

namespace hookseal_cli {

std::unique_ptr<event_store> open_redis(const std::string& url, const receive_options& with) {
    using store = hookseal::redis_store<print_store_errors>;
    auto made = std::make_unique<plain_store<store>>(with, url);
    require_well(made->store().check(), "the Redis server");
    return made;
}

} // namespace hookseal_cli
