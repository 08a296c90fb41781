// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_TIMESTAMP_FORM_HPP
#define HOOKSEAL_SCHEMES_TIMESTAMP_FORM_HPP

namespace hookseal::inline v0_1 {

/// How a scheme writes its timestamp. Whatever the form, the text of the request is what was signed.
enum class timestamp_form : unsigned char {
    unix_seconds,
    unix_milliseconds,
    unix_seconds_or_milliseconds, ///< told apart by magnitude: 10^12 and above are milliseconds
    rfc3339,
    http_date,
};

} // namespace hookseal::inline v0_1

#endif
