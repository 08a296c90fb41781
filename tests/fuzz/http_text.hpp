// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_FUZZ_HTTP_TEXT_HPP
#define HOOKSEAL_TESTS_FUZZ_HTTP_TEXT_HPP

#include <hookseal/core/request.hpp>

#include "fuzz/fuzz.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace hookseal_fuzz {

/// A request as a text that people can read and write, into which any bytes may be put:
///
///     POST https://example.test/hook
///     name: value
///
///     body
struct http_text {
    std::string_view method;
    std::string_view url;
    std::vector<std::pair<std::string_view, std::string_view>> headers;
    std::string_view body;

    explicit http_text(input from) : method(from.until(' ')), url(from.until('\n')) {
        while (!from.ended()) {
            const std::string_view line = from.until('\n');
            if (line.empty()) break;
            const std::size_t colon = line.find(": ");
            const bool has_value = colon != std::string_view::npos;
            headers.emplace_back(line.substr(0, colon),
                                 has_value ? line.substr(colon + 2) : std::string_view{});
        }
        body = from.rest();
    }

    [[nodiscard]] hookseal::request head() const {
        return hookseal::request{headers}.at(url).with_method(method);
    }
    [[nodiscard]] hookseal::request whole() const { return head().with_body(body); }
};

} // namespace hookseal_fuzz

#endif
