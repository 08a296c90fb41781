// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTING_STORE_REPORT_HPP
#define HOOKSEAL_TESTING_STORE_REPORT_HPP

#include <hookseal/idempotency/claim.hpp>
#include <hookseal/idempotency/event_key.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/testing.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hookseal::inline v0_1::testing {

/// How much of each kind of test.
struct suite_settings {
    std::size_t sequences = 20; ///< random ones, of `steps` calls each
    std::size_t steps = 400;
    std::uint32_t seed = 1;
    std::size_t threads = 4;
    std::size_t events = 100; ///< raced for
};

/// What the suite found.
struct store_report {
    std::vector<std::string> faults;
    std::vector<std::string> passed;
    std::vector<std::string> skipped;

    [[nodiscard]] bool well() const noexcept { return faults.empty() && !passed.empty(); }
};

namespace detail {

inline constexpr std::chrono::milliseconds suite_lease = std::chrono::hours(1);
inline constexpr std::chrono::milliseconds suite_keep = std::chrono::hours(100);
/// What the machine may take for a case without anything changing.
inline constexpr std::chrono::milliseconds suite_slack = std::chrono::minutes(5);

/// The key of a genuine event. `scope` and `tenant` must outlive it.
[[nodiscard]] inline event_key suite_key(std::string_view id, std::string_view scope = {},
                                         std::string_view tenant = {}) {
    const delivery<providers::stripe> paid(R"({"id":")" + std::string(id) + R"("})");
    return *event_key::of(paid.event(), scope, tenant);
}

/// A case of the suite: what it finds goes under its name.
class suite_case {
public:
    suite_case(std::string_view name, store_report& told)
        : name_(name), told_(told), before_(told.faults.size()) {}
    suite_case(const suite_case&) = delete;
    suite_case& operator=(const suite_case&) = delete;
    ~suite_case() {
        if (told_.faults.size() == before_) told_.passed.emplace_back(name_);
    }

    bool check(bool holds, std::string_view what) {
        if (!holds) told_.faults.push_back(std::string(name_) + ": " + std::string(what));
        return holds;
    }
    [[nodiscard]] bool found() const noexcept { return told_.faults.size() != before_; }

private:
    std::string_view name_;
    store_report& told_;
    std::size_t before_;
};

} // namespace detail

} // namespace hookseal::inline v0_1::testing

#endif
