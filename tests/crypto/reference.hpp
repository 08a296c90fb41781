// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_CRYPTO_REFERENCE_HPP
#define HOOKSEAL_TESTS_CRYPTO_REFERENCE_HPP

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// A second opinion that shares no line with the library: OpenSSL's one-shot functions and its own encoders.

namespace hookseal_tests {

using byte_vector = std::vector<unsigned char>;

[[nodiscard]] inline byte_vector bytes_of(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()),
            reinterpret_cast<const unsigned char*>(text.data()) + text.size()};
}

[[nodiscard]] inline std::string hex_of(const byte_vector& bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text.push_back(digits[byte / 16]);
        text.push_back(digits[byte % 16]);
    }
    return text;
}

[[nodiscard]] inline byte_vector from_hex(std::string_view text) {
    const auto value = [](char c) {
        const std::string_view digits = "0123456789abcdef";
        const std::size_t at = digits.find(c);
        if (at == std::string_view::npos) throw std::invalid_argument("not a lower-case hex digit");
        return static_cast<unsigned>(at);
    };
    byte_vector bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        bytes.push_back(static_cast<unsigned char>(value(text[i]) * 16 + value(text[i + 1])));
    return bytes;
}

[[nodiscard]] inline std::string base64_of(const byte_vector& bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

[[nodiscard]] inline std::string base64url_of(const byte_vector& bytes) {
    std::string text = base64_of(bytes);
    for (char& c : text)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    while (!text.empty() && text.back() == '=')
        text.pop_back();
    return text;
}

[[nodiscard]] inline byte_vector hmac(const EVP_MD* hash, std::string_view key, std::string_view message) {
    byte_vector tag(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    if (HMAC(hash, key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(message.data()), message.size(), tag.data(), &size)
        == nullptr)
        throw std::runtime_error("HMAC");
    tag.resize(size);
    return tag;
}

[[nodiscard]] inline std::string hmac_sha256_hex(std::string_view key, std::string_view message) {
    return hex_of(hmac(EVP_sha256(), key, message));
}

[[nodiscard]] inline byte_vector digest_of(const EVP_MD* hash, std::string_view message) {
    byte_vector value(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    if (EVP_Digest(message.data(), message.size(), value.data(), &size, hash, nullptr) != 1)
        throw std::runtime_error("EVP_Digest");
    value.resize(size);
    return value;
}

} // namespace hookseal_tests

#endif
