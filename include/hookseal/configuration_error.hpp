// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CONFIGURATION_ERROR_HPP
#define HOOKSEAL_CONFIGURATION_ERROR_HPP

#include <hookseal/core/error.hpp>

#include <exception>

namespace hookseal::inline v0_1 {

/// What the throwing constructors throw: a verifier, keyring or signer cannot be built as configured.
///
/// Never thrown while a request is served. `what()` is `message(code())`; no byte of a secret is in it.
class configuration_error : public std::exception {
public:
    explicit configuration_error(error why) noexcept : why_(why) {}

    [[nodiscard]] error code() const noexcept { return why_; }
    [[nodiscard]] const char* what() const noexcept override { return message(why_).data(); }

private:
    error why_;
};

} // namespace hookseal::inline v0_1

#endif
