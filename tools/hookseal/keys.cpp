// SPDX-License-Identifier: MIT
#include "keys.hpp"

#include "commands.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace hookseal_cli {

using hookseal::error;
using hookseal::public_key;
using hookseal::secret;

namespace {

constexpr std::string_view environment = "env:";
constexpr std::string_view file = "file:";

[[nodiscard]] key_source parse_key_source(std::string_view text) {
    if (text.starts_with(environment)) {
        text.remove_prefix(environment.size());
        const bool is_name = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
        if (is_name) return {key_source::place::environment, std::string(text)};
    } else if (text.starts_with(file) && text.size() > file.size()) {
        return {key_source::place::file, std::string(text.substr(file.size()))};
    }
    throw failure(
        "a key is named, never given: env:NAME (an environment variable) or file:PATH. What stands on the "
        "command line, every user of this machine can read");
}

/// Where the next source begins; a path may hold commas of its own.
[[nodiscard]] std::size_t end_of_first(std::string_view text) {
    for (std::size_t at = text.find(','); at != std::string_view::npos; at = text.find(',', at + 1))
        if (text.substr(at + 1).starts_with(environment) || text.substr(at + 1).starts_with(file)) return at;
    return text.size();
}

[[noreturn]] void refuse(const key_source& from, error why) {
    const bool is_variable = from.where == key_source::place::environment;
    if (why == error::unreadable_secret)
        throw failure(from.in_words() + (is_variable ? " is not set" : " cannot be read"));
    throw failure(from.in_words() + ": " + std::string(message(why)));
}

[[nodiscard]] public_key load_public_key(const key_source& from) {
    return from.where == key_source::place::environment ? public_key::from_env(from.name.c_str())
                                                        : public_key::from_file(from.name.c_str());
}

[[nodiscard]] bool is_public(const hookseal::scheme_info& scheme, std::string_view text) {
    bool knows_secrets = false;
    for (const hookseal::key_format& format : std::span(scheme.keys).first(scheme.key_formats)) {
        if (hookseal::detail::is_shared_secret(format.how))
            knows_secrets = true;
        else if (format.form.prefix_required && text.starts_with(format.form.prefix))
            return true;
    }
    return !knows_secrets;
}

} // namespace

std::string key_source::in_words() const {
    return (where == place::environment ? "the environment variable " : "the file ") + name;
}

std::vector<key_source> parse_key_sources(std::string_view text) {
    std::vector<key_source> sources;
    while (true) {
        const std::size_t end = end_of_first(text);
        sources.push_back(parse_key_source(text.substr(0, end)));
        if (end == text.size()) return sources;
        text.remove_prefix(end + 1);
    }
}

secret load_secret(const key_source& from) {
    secret loaded = from.where == key_source::place::environment ? secret::from_env(from.name.c_str())
                                                                 : secret::from_file(from.name.c_str());
    if (loaded.problem() != error::none) refuse(from, loaded.problem());
    return loaded;
}

key_set::key_set(const hookseal::scheme_info& scheme, const std::vector<key_source>& from) {
    keys_.reserve(from.size());
    for (const key_source& source : from) {
        public_key candidate = load_public_key(source);
        if (candidate.problem() != error::none) refuse(source, candidate.problem());
        if (is_public(scheme, candidate.view())) {
            views_.emplace_back(std::get<public_key>(keys_.emplace_back(std::move(candidate))));
        } else {
            views_.emplace_back(std::get<secret>(keys_.emplace_back(load_secret(source))));
        }
    }
}

} // namespace hookseal_cli
