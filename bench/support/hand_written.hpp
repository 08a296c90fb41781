// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_BENCH_SUPPORT_HAND_WRITTEN_HPP
#define HOOKSEAL_BENCH_SUPPORT_HAND_WRITTEN_HPP

#include "support/deliveries.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <strings.h>

namespace hookseal_bench {

struct ignoring_case {
    bool operator()(const std::string& a, const std::string& b) const {
        return strcasecmp(a.c_str(), b.c_str()) < 0;
    }
};

/// Headers as the common frameworks keep them: this map is filled before the clock runs.
using header_map = std::multimap<std::string, std::string, ignoring_case>;

/// Slack's verification as its guides and answers on the web show it: one-shot `HMAC`, hex, a comparison in constant time.
inline bool verify_slack_by_hand(const header_map& headers, const std::string& body,
                                 const std::string& secret) {
    const auto timestamp = headers.find("X-Slack-Request-Timestamp");
    const auto signature = headers.find("X-Slack-Signature");
    if (timestamp == headers.end() || signature == headers.end()) return false;
    if (std::labs(std::time(nullptr) - std::atol(timestamp->second.c_str())) > 300) return false;

    const std::string base = "v0:" + timestamp->second + ":" + body;
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(base.data()), base.size(), mac, &size)
        == nullptr)
        return false;

    std::string expected = "v0=";
    for (unsigned int i = 0; i < size; ++i) {
        expected.push_back("0123456789abcdef"[mac[i] >> 4]);
        expected.push_back("0123456789abcdef"[mac[i] & 15]);
    }
    return expected.size() == signature->second.size()
           && CRYPTO_memcmp(expected.data(), signature->second.data(), expected.size()) == 0;
}

} // namespace hookseal_bench

#endif
