// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_GROUP_COMMIT_HPP
#define HOOKSEAL_IDEMPOTENCY_GROUP_COMMIT_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace hookseal::inline v0_1::detail {

/// Has the changes that several threads want at the same moment made by one of them, in one transaction: a commit waits
/// for the disk. Who comes while the changes are being made joins them, and who comes during the commit is of the next
/// group.
///
/// Threads that were served together tend to come back together. So the next group waits for as many as were there when
/// the last one ended, for up to half as long as its commit took: else half of them would come during each commit, and groups
/// be half as large. Who is alone waits for nobody.
///
/// Groups are numbered, and a job is told its number when it comes: all that a thread waits for is the end of a group.
template <class Job, class Clock = std::chrono::steady_clock>
class group_commit {
public:
    explicit group_commit(std::size_t largest) noexcept : largest_(largest > 0 ? largest : 1) {}

    /// The jobs that share a commit, in the order in which they came.
    class group {
    public:
        group(group_commit& of, std::uint64_t number) noexcept : of_(of), number_(number) {}
        group(const group&) = delete;
        group& operator=(const group&) = delete;

        /// One more; null where no more is waiting or to be waited for, or the group is large enough. Then nobody joins it
        /// any more.
        [[nodiscard]] Job* next() noexcept {
            std::unique_lock lock(of_.mutex_);
            if (of_.first_ == nullptr) of_.wait_for_others(lock, number_);
            Job* const taken = of_.first_;
            if (taken == nullptr || taken->group != number_) {
                of_.close(number_);
                closed_ = Clock::now();
                return nullptr;
            }
            of_.first_ = taken->next;
            if (of_.first_ == nullptr) of_.last_ = &of_.first_;
            taken->next = nullptr;
            *last_ = taken;
            last_ = &taken->next;
            ++size_;
            return taken;
        }
        /// The first that was taken; the others are linked by `Job::next`.
        [[nodiscard]] Job* first() const noexcept { return first_; }
        [[nodiscard]] std::size_t size() const noexcept { return size_; }
        /// When it was complete.
        [[nodiscard]] typename Clock::time_point closed() const noexcept { return closed_; }

    private:
        group_commit& of_;
        std::uint64_t number_;
        Job* first_ = nullptr;
        Job** last_ = &first_;
        std::size_t size_ = 0;
        typename Clock::time_point closed_{};
    };

    /// Returns when `mine` was part of a group; `lead(group&)` works one off, up to where `next` is null. A job has `next`
    /// and `group`, a number of 64 bits.
    template <class Lead>
    void submit(Job& mine, Lead lead) noexcept {
        std::unique_lock lock(mutex_);
        if (size_ == largest_) close(joining_);
        const std::uint64_t number = mine.group = joining_;
        const bool leads = size_++ == 0;
        *last_ = &mine;
        last_ = &mine.next;
        if (!leads) {
            if (size_ == awaited_) leader_.notify_all();
            return members_[number % 2].wait(lock, [&] { return ended_ >= number; });
        }
        leader_.wait(lock, [&] { return ended_ + 1 == number; });
        lock.unlock();
        group led(*this, number);
        lead(led);
        lock.lock();
        ended_ = number;
        awaited_ = std::min(led.size() + size_, largest_);
        const auto end = Clock::now();
        awaited_until_ = end + (end - led.closed()) / 2;
        lock.unlock();
        leader_.notify_all();
        members_[number % 2].notify_all();
    }

private:
    void wait_for_others(std::unique_lock<std::mutex>& lock, std::uint64_t number) noexcept {
        leader_.wait_until(lock, awaited_until_, [&] { return joining_ != number || size_ >= awaited_; });
    }
    void close(std::uint64_t number) noexcept {
        if (joining_ != number) return;
        ++joining_;
        size_ = 0;
    }

    std::size_t largest_;
    std::mutex mutex_;
    std::condition_variable leader_;                 ///< of a group to come
    std::array<std::condition_variable, 2> members_; ///< of groups with even and odd numbers
    Job* first_ = nullptr;                           ///< of those that were not taken yet
    Job** last_ = &first_;
    std::uint64_t joining_ = 1; ///< the group that who comes now is of
    std::size_t size_ = 0;      ///< of that group, so far
    std::uint64_t ended_ = 0;   ///< the group that ended last
    std::size_t awaited_ = 1;   ///< so many are waited for
    typename Clock::time_point awaited_until_{};
};

} // namespace hookseal::inline v0_1::detail

#endif
