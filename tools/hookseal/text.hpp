// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TOOLS_TEXT_HPP
#define HOOKSEAL_TOOLS_TEXT_HPP

#include <hookseal/core/protection.hpp>
#include <hookseal/schemes/scheme_ref.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace hookseal_cli {

/// Text from outside for one line of a log, in quotes. Everything but printable ASCII is escaped: an event id that holds
/// a line break must not look like another line.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// A weakness by the name it has in the library.
[[nodiscard]] std::string_view name_of(hookseal::weakness which) noexcept;
[[nodiscard]] std::optional<hookseal::weakness> weakness_named(std::string_view name) noexcept;

/// The provider of this name, or a `failure` that says where to find the names.
[[nodiscard]] const hookseal::scheme_ref& provider_named(std::string_view name);

/// All of standard input, byte for byte.
[[nodiscard]] std::string read_standard_input();

} // namespace hookseal_cli

#endif
