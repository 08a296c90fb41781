// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_IDEMPOTENCY_GROUP_COMMIT_HPP
#define HOOKSEAL_IDEMPOTENCY_GROUP_COMMIT_HPP

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace hookseal::inline v0_1::detail {

/// Has the changes that several threads want at the same moment made by one of them, in one transaction: a commit waits
/// for the disk, and while one waits the next group gathers. Nobody waits for others to come.
template <class Job>
class group_commit {
public:
    explicit group_commit(std::size_t largest) noexcept : largest_(largest > 0 ? largest : 1) {}

    /// Returns when `mine` was part of a group; `lead(Job* first)` works a group off, linked by `Job::next`. A job has
    /// `next`, `finished` and `changed`, a condition variable.
    template <class Lead>
    void submit(Job& mine, Lead lead) noexcept {
        std::unique_lock lock(mutex_);
        *last_ = &mine;
        last_ = &mine.next;
        mine.changed.wait(lock, [&] { return mine.finished || (!has_leader_ && first_ == &mine); });
        if (mine.finished) return;

        has_leader_ = true;
        Job* const group = take_group();
        lock.unlock();
        lead(group);
        lock.lock();
        has_leader_ = false;
        for (Job* each = group; each != nullptr;) {
            Job* const following = each->next; // who is told that it is finished may be gone the next moment
            each->finished = true;
            each->changed.notify_one();
            each = following;
        }
        if (first_ != nullptr) first_->changed.notify_one();
    }

private:
    [[nodiscard]] Job* take_group() noexcept {
        Job* const group = first_;
        Job* end = group;
        for (std::size_t size = 1; size < largest_ && end->next != nullptr; ++size)
            end = end->next;
        first_ = end->next;
        end->next = nullptr;
        if (first_ == nullptr) last_ = &first_;
        return group;
    }

    std::size_t largest_;
    std::mutex mutex_;
    Job* first_ = nullptr;
    Job** last_ = &first_;
    bool has_leader_ = false;
};

} // namespace hookseal::inline v0_1::detail

#endif
