// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_VERSION_HPP
#define HOOKSEAL_VERSION_HPP

#define HOOKSEAL_VERSION_MAJOR 0
#define HOOKSEAL_VERSION_MINOR 1
#define HOOKSEAL_VERSION_PATCH 0

/// hookseal: is this webhook delivery genuine, fresh and new?
///
/// Everything lives in an inline namespace named after the version whose layout it has, so that two versions
/// of the library in one program are two sets of types and cannot be mixed by accident.
namespace hookseal::inline v0_1 {

struct version_number {
    int major;
    int minor;
    int patch;
};

inline constexpr version_number version{HOOKSEAL_VERSION_MAJOR, HOOKSEAL_VERSION_MINOR,
                                        HOOKSEAL_VERSION_PATCH};

} // namespace hookseal::inline v0_1

#endif
