// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TOOLS_STORES_HPP
#define HOOKSEAL_TOOLS_STORES_HPP

#include "commands.hpp"

#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/idempotency/store_error.hpp>
#include <hookseal/receiver.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace hookseal_cli {

using any_verifier = hookseal::dynamic_verifier<>;
using handler = std::function<hookseal::verdict(const hookseal::verified_event&)>;

/// Where events are remembered: one of the library's stores, behind the receiver that uses it.
class event_store {
public:
    virtual ~event_store() = default;

    /// Claims, has `handle` called where the event is to be handled, completes, and says what to answer.
    [[nodiscard]] virtual hookseal::reply take(const any_verifier& verifier,
                                               const hookseal::result<hookseal::verified_event>& event,
                                               const handler& handle) = 0;
};

/// `memory`, `sqlite:FILE`, `postgres:DSN`, `redis:URL`, or `env:NAME`, which holds one of these.
[[nodiscard]] std::unique_ptr<event_store> open_store(const receive_options& with);

// Each is built where the database's library is there, else `open_store` says that it is not.
[[nodiscard]] std::unique_ptr<event_store> open_sqlite(const std::string& file, const receive_options& with);
[[nodiscard]] std::unique_ptr<event_store> open_postgres(const std::string& dsn, const receive_options& with);
[[nodiscard]] std::unique_ptr<event_store> open_redis(const std::string& url, const receive_options& with);

/// A handler's exception becomes the reply; nobody else needs it.
struct keep_serving {
    void failed(const std::exception_ptr&) noexcept {}
};

/// Prints what the database says when it fails.
struct print_store_errors {
    void operator()(const hookseal::store_error& what) const noexcept;
};

/// Throws what was found at the program's start, if anything.
void require_well(std::optional<hookseal::store_fault> found, std::string_view store);

[[nodiscard]] inline hookseal::receiver_policy policy_of(const receive_options& with) {
    return {.lease = std::chrono::seconds(with.lease)};
}

/// A store of the type `Store`.
template <class Store>
class plain_store : public event_store {
public:
    template <class... Arguments>
    explicit plain_store(const receive_options& with, Arguments&&... arguments)
        : store_(std::forward<Arguments>(arguments)...), policy_(policy_of(with)) {}

    [[nodiscard]] Store& store() noexcept { return store_; }
    [[nodiscard]] hookseal::reply take(const any_verifier& verifier,
                                       const hookseal::result<hookseal::verified_event>& event,
                                       const handler& handle) override {
        const hookseal::receiver rx{verifier, store_, policy_, keep_serving{}};
        return rx(event, {}, handle);
    }

protected:
    Store store_;
    hookseal::receiver_policy policy_;
};

/// The same, with a table in the same database to which each event is written in the transaction that completes it.
/// `write(transaction, event)` does so and says whether it could.
template <class Store, class Write>
class ledger_store : public plain_store<Store> {
public:
    template <class... Arguments>
    explicit ledger_store(const receive_options& with, Write write, Arguments&&... arguments)
        : plain_store<Store>(with, std::forward<Arguments>(arguments)...), write_(std::move(write)) {}

    [[nodiscard]] hookseal::reply take(const any_verifier& verifier,
                                       const hookseal::result<hookseal::verified_event>& event,
                                       const handler& handle) override {
        hookseal::transactional inside{this->store_};
        const hookseal::receiver rx{verifier, inside, this->policy_, keep_serving{}};
        return rx(event, {}, [&](const hookseal::verified_event& one, const auto& context) {
            const auto transaction = context.transaction();
            if (transaction == nullptr || !write_(transaction, one)) return hookseal::verdict::failed();
            return handle(one);
        });
    }

private:
    Write write_;
};

} // namespace hookseal_cli

#endif
