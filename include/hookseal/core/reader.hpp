// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_READER_HPP
#define HOOKSEAL_CORE_READER_HPP

#include <string_view>

namespace hookseal::inline v0_1 {

class request;

/// Where a reader puts bytes; false means that no more are wanted and that the reading has failed.
struct sink {
    void* to;
    bool (*put)(void* to, std::string_view bytes) noexcept;

    bool operator()(std::string_view bytes) const noexcept { return put(to, bytes); }
};

/// How the bytes of a request are read into what was signed: unescaped, decoded, sorted, … Returns success.
/// A null reader means: as they stand.
using reader = bool (*)(const request& from, std::string_view raw, sink out) noexcept;

} // namespace hookseal::inline v0_1

#endif
