// SPDX-License-Identifier: MIT
#include "delivery_log.hpp"

#include "text.hpp"

#include <hookseal/encoding/date.hpp>

#include <chrono>
#include <cstdio>

namespace hookseal_cli {

void delivery_log::write(const account& of) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    char time[20];
    std::string line;
    const auto add = [&](std::string_view name, std::string_view value) {
        line.append(line.empty() ? "" : " ").append(name).append("=").append(value);
    };
    add("at", {time, hookseal::write_rfc3339(now.time_since_epoch().count(), time)});
    add("provider", of.provider);
    add("verdict", of.verdict);
    add("status", std::to_string(of.status));
    add("handler", of.handler);
    if (!of.why.empty()) add("why", of.why);
    if (of.key) {
        add("key", std::to_string(*of.key));
        add("id", in_quotes(of.id));
        add("type", in_quotes(of.type));
    }
    print(line += '\n');
}

void delivery_log::print(std::string_view text) {
    const std::lock_guard lock(mutex_);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

} // namespace hookseal_cli
