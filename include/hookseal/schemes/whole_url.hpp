// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_WHOLE_URL_HPP
#define HOOKSEAL_SCHEMES_WHOLE_URL_HPP

#include <hookseal/core/reader.hpp>
#include <hookseal/core/request.hpp>

#include <string_view>

namespace hookseal::inline v0_1 {

namespace readers {

/// The URL that the receiver is known under.
inline bool whole_url(const request& from, std::string_view, sink out) noexcept {
    return !from.url().empty() && out(from.url());
}

} // namespace readers

} // namespace hookseal::inline v0_1

#endif
