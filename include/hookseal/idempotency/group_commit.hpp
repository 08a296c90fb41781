// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_GROUP_COMMIT_HPP
#define HOOKSEAL_IDEMPOTENCY_GROUP_COMMIT_HPP

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace hookseal::inline v0_1::detail {

/// Has the changes that several threads want at the same moment made by one of them, in one transaction: a commit waits
/// for the disk. Who comes while the changes are being made joins them, and who comes during the commit is of the next
/// group. Nobody waits for others to come.
template <class Job>
class group_commit {
public:
    explicit group_commit(std::size_t largest) noexcept : largest_(largest > 0 ? largest : 1) {}

    /// The jobs that share a commit, in the order in which they came.
    class group {
    public:
        explicit group(group_commit& of) noexcept : of_(of) {}
        group(const group&) = delete;
        group& operator=(const group&) = delete;

        /// One more; null where no more is waiting, or the group is large enough.
        [[nodiscard]] Job* next() noexcept {
            const std::lock_guard lock(of_.mutex_);
            if (size_ == of_.largest_ || of_.first_ == nullptr) return nullptr;
            ++size_;
            Job* const taken = of_.first_;
            of_.first_ = taken->next;
            if (of_.first_ == nullptr) of_.last_ = &of_.first_;
            taken->next = nullptr;
            *last_ = taken;
            last_ = &taken->next;
            return taken;
        }
        /// The first that was taken; the others are linked by `Job::next`.
        [[nodiscard]] Job* first() const noexcept { return first_; }

    private:
        group_commit& of_;
        Job* first_ = nullptr;
        Job** last_ = &first_;
        std::size_t size_ = 0;
    };

    /// Returns when `mine` was part of a group; `lead(group&)` works one off. A job has `next`, `finished` and `changed`,
    /// a condition variable.
    template <class Lead>
    void submit(Job& mine, Lead lead) noexcept {
        std::unique_lock lock(mutex_);
        *last_ = &mine;
        last_ = &mine.next;
        mine.changed.wait(lock, [&] { return mine.finished || (!has_leader_ && first_ == &mine); });
        if (mine.finished) return;

        has_leader_ = true;
        lock.unlock();
        group led(*this);
        lead(led);
        lock.lock();
        has_leader_ = false;
        for (Job* each = led.first(); each != nullptr;) {
            Job* const following = each->next; // who is told that it is finished may be gone the next moment
            each->finished = true;
            each->changed.notify_one();
            each = following;
        }
        if (first_ != nullptr) first_->changed.notify_one();
    }

private:
    std::size_t largest_;
    std::mutex mutex_;
    Job* first_ = nullptr;
    Job** last_ = &first_;
    bool has_leader_ = false;
};

} // namespace hookseal::inline v0_1::detail

#endif
