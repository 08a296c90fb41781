// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_DELIVERIES_HPP
#define HOOKSEAL_BENCH_SUPPORT_DELIVERIES_HPP

#include "support/harness.hpp"

#include <hookseal/core/options.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/statement.hpp>
#include <hookseal/crypto/secret.hpp>
#include <hookseal/encoding/ascii.hpp>
#include <hookseal/signer.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookseal_bench {

using header_list = std::vector<std::pair<std::string, std::string>>;

/// A delivery as a framework hands it over.
struct delivery {
    header_list headers;
    std::string body;

    [[nodiscard]] hookseal::request request() const noexcept { return {headers, body}; }
};

/// What a provider's signer and a reverse proxy make of a body: `count` headers, those of the signature in the middle,
/// with names as most senders capitalise them.
inline header_list headers_around(const hookseal::signed_headers& own, const std::string& body,
                                  std::size_t count) {
    header_list all = {{"Host", "hooks.example.com"},
                       {"User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"},
                       {"Accept-Encoding", "gzip,deflate"},
                       {"Accept", "*/*"}};
    if (count < all.size() + own.size()) all.resize(count - own.size());
    for (const auto& [name, value] : own) {
        std::string capitalised = name;
        for (std::size_t i = 0; i < name.size(); ++i)
            if ((i == 0 || name[i - 1] == '-') && name[i] >= 'a' && name[i] <= 'z')
                capitalised[i] = static_cast<char>(name[i] - ('a' - 'A'));
        all.emplace_back(capitalised, value);
    }
    const header_list behind = {{"Content-Length", std::to_string(body.size())},
                                {"Content-Type", "application/json"},
                                {"X-Forwarded-For", "203.0.113.7"},
                                {"X-Forwarded-Proto", "https"},
                                {"X-Forwarded-Host", "hooks.example.com"},
                                {"X-Request-Id", "b4c0f7a1-6d58-4c5e-9c6e-0f3f6f3f2a11"}};
    for (std::size_t i = 0; all.size() < count && i < behind.size(); ++i)
        all.push_back(behind[i]);
    for (std::size_t i = 0; all.size() < count; ++i)
        all.insert(all.begin() + 2, {"X-Envoy-Attribute-" + std::to_string(i), "value"});
    return all;
}

/// A JSON body of exactly this size, at least 48 bytes; each `which` makes another one.
inline std::string json_body(std::size_t size, std::size_t which) {
    std::string body =
        R"({"type":"event","event_id":"Ev)" + std::to_string(100'000 + which) + R"(","text":")";
    for (std::size_t i = 0; body.size() + 2 < size; ++i)
        body.push_back(static_cast<char>('a' + (7 * i + which) % 26));
    return body + R"("})";
}

/// Deliveries that a provider has just signed, all with different bodies: benchmarks take one after the other.
class deliveries {
public:
    template <hookseal::provider Provider>
    [[nodiscard]] static deliveries of(const hookseal::secret& key, std::size_t body_size,
                                       std::size_t header_count = 12) {
        deliveries made;
        const auto with = hookseal::signer<Provider>::make(key);
        if (!with) fail(hookseal::message(with.error()));
        const std::size_t count = body_size < 100'000 ? 16 : 4;
        for (std::size_t i = 0; i < count; ++i) {
            std::string body = json_body(body_size, i);
            const auto headers = with->sign({.body = body, .event_id = "evt_" + std::to_string(i)});
            if (!headers) fail(hookseal::message(headers.error()));
            header_list all = headers_around(*headers, body, header_count);
            made.all_.push_back({std::move(all), std::move(body)});
        }
        return made;
    }

    [[nodiscard]] const delivery& operator[](std::size_t i) const noexcept { return all_[i % all_.size()]; }
    [[nodiscard]] std::vector<delivery>& all() noexcept { return all_; }

private:
    std::vector<delivery> all_;
};

/// What was signed, and the signature as text, read by the provider's own scheme.
struct signed_text {
    std::string content;
    std::string signature;
};

template <hookseal::provider Provider>
[[nodiscard]] signed_text read_signed(const delivery& from) {
    hookseal::statement what;
    if (Provider::scheme.read({from.request(), {}, 0}, what) != hookseal::error::none) fail("not readable");
    signed_text text;
    for (const hookseal::piece& p : what.content)
        text.content += p.what == hookseal::piece::kind::body ? std::string_view(from.body) : p.value.raw();
    if (what.presented.size() != 0) text.signature = what.presented[0].value.raw();
    return text;
}

} // namespace hookseal_bench

#endif
