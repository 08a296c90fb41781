// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_CONNECTION_POOL_HPP
#define HOOKSEAL_IDEMPOTENCY_CONNECTION_POOL_HPP

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

namespace hookseal::inline v0_1 {

/// Connections to a database, opened when they are needed and kept for the next who needs one. At most `limit` at a time;
/// whoever comes then waits, and gets none if it takes longer than `patience`. The next gets the one that was used last;
/// where `Connection::stays_with_thread`, a thread gets the one that it had before, if it is there.
///
/// `Connection` is movable and says whether it `usable()` still is; one that is not is dropped, and the next is opened
/// anew. Any number of threads may use a pool; it must not be carried over a `fork()`.
template <class Connection>
class connection_pool {
public:
    /// A borrowed connection, or none.
    class loan {
    public:
        loan() noexcept = default;
        loan(connection_pool& from, std::unique_ptr<Connection> connection) noexcept
            : from_(&from), connection_(std::move(connection)) {}
        loan(loan&& other) noexcept
            : from_(std::exchange(other.from_, nullptr)), connection_(std::move(other.connection_)) {}
        loan& operator=(loan&&) = delete;
        ~loan() { give_back(); }

        /// Whether there is one; it may have failed to open.
        [[nodiscard]] explicit operator bool() const noexcept { return connection_ != nullptr; }
        [[nodiscard]] Connection& operator*() noexcept { return *connection_; }
        [[nodiscard]] Connection* operator->() noexcept { return connection_.get(); }

        void give_back() noexcept {
            if (from_ != nullptr) std::exchange(from_, nullptr)->take_back(std::move(connection_));
        }

    private:
        connection_pool* from_ = nullptr;
        std::unique_ptr<Connection> connection_;
    };

    connection_pool(std::size_t limit, std::chrono::milliseconds patience)
        : limit_(limit > 0 ? limit : 1), patience_(patience) {
        idle_.reserve(limit_);
    }
    connection_pool(const connection_pool&) = delete;
    connection_pool& operator=(const connection_pool&) = delete;

    /// A connection; `open()` makes a new one, which need not be usable.
    template <class Open>
    [[nodiscard]] loan borrow(Open open) noexcept {
        {
            std::unique_lock lock(mutex_);
            const auto is_free = [&] { return !idle_.empty() || lent_ < limit_; };
            if (!is_free() && !returned_.wait_for(lock, patience_, is_free)) return {};
            ++lent_;
            if (!idle_.empty()) return {*this, take_idle()};
        }
        return {*this, std::unique_ptr<Connection>(new (std::nothrow) Connection(open()))};
    }

    /// Closes the connections nobody uses.
    void close_idle() noexcept {
        const std::lock_guard lock(mutex_);
        idle_.clear();
    }

private:
    struct idle_connection {
        std::unique_ptr<Connection> it;
        std::thread::id had_by;
    };

    [[nodiscard]] std::unique_ptr<Connection> take_idle() noexcept {
        if constexpr (Connection::stays_with_thread) {
            const auto mine = [me = std::this_thread::get_id()](const idle_connection& each) {
                return each.had_by == me;
            };
            const auto found = std::find_if(idle_.begin(), idle_.end(), mine);
            if (found != idle_.end()) std::swap(*found, idle_.back());
        }
        std::unique_ptr<Connection> taken = std::move(idle_.back().it);
        idle_.pop_back();
        return taken;
    }
    void take_back(std::unique_ptr<Connection> connection) noexcept {
        const std::lock_guard lock(mutex_);
        --lent_;
        if (connection != nullptr && connection->usable())
            idle_.push_back({std::move(connection), std::this_thread::get_id()});
        returned_.notify_one();
    }

    std::size_t limit_;
    std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<idle_connection> idle_;
    std::size_t lent_ = 0;
};

} // namespace hookseal::inline v0_1

#endif
