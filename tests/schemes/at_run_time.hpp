// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_SCHEMES_AT_RUN_TIME_HPP
#define HOOKSEAL_TESTS_SCHEMES_AT_RUN_TIME_HPP

#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/schemes/scheme_ref.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>
#include <hookseal/testing.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookseal_tests {

using header_list = std::vector<std::pair<std::string, std::string>>;

inline constexpr hookseal::weakness all_weaknesses[] = {hookseal::weakness::body_not_signed,
                                                        hookseal::weakness::body_bound_by_crc,
                                                        hookseal::weakness::plain_hash};

/// Signed content as a configuration would have it.
[[nodiscard]] inline hookseal::content_template content_of(std::string_view text) {
    hookseal::content_template parsed;
    if (hookseal::content_template::parse(text, parsed) != hookseal::template_problem::none)
        throw std::invalid_argument("not a content template: " + std::string(text));
    return parsed;
}

/// A description that is not known before the test runs, and stays where it is made.
class at_run_time {
public:
    explicit at_run_time(const hookseal::signed_scheme& description)
        : scheme_(description), info_(scheme_.info()) {}
    at_run_time(const at_run_time&) = delete;
    at_run_time& operator=(const at_run_time&) = delete;

    [[nodiscard]] const hookseal::signed_scheme& scheme() const noexcept { return scheme_; }
    [[nodiscard]] const hookseal::scheme_info& info() const noexcept { return info_; }
    [[nodiscard]] hookseal::scheme_ref ref() const noexcept { return {scheme_, info_}; }

    /// A verifier of it that accepts all weaknesses and stands still at `now`.
    template <class Hash = hookseal::default_hash>
    [[nodiscard]] auto verifier(hookseal::key_list keys, std::int64_t now = 0,
                                const hookseal::verifier_settings& settings = {}) const {
        using hookseal::testing::manual_clock;
        auto made = hookseal::dynamic_verifier<manual_clock, Hash>::make(ref(), keys, all_weaknesses,
                                                                         settings, manual_clock{now});
        if (!made) throw hookseal::configuration_error(made.error());
        return *std::move(made);
    }

private:
    hookseal::signed_scheme scheme_;
    hookseal::scheme_info info_;
};

} // namespace hookseal_tests

#endif
