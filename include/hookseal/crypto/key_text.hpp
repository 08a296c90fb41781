// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CRYPTO_KEY_TEXT_HPP
#define HOOKSEAL_CRYPTO_KEY_TEXT_HPP

#include <hookseal/core/error.hpp>

#include <openssl/crypto.h>

#include <cstddef>
#include <cstdio>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1::detail {

/// Bytes on the heap that are wiped before they are freed.
class wiped_bytes {
public:
    wiped_bytes() noexcept = default;
    explicit wiped_bytes(std::size_t size) noexcept
        : data_(new (std::nothrow) unsigned char[size + 1]), size_(size) {}
    wiped_bytes(wiped_bytes&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    wiped_bytes& operator=(wiped_bytes&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~wiped_bytes() {
        if (data_ != nullptr) OPENSSL_cleanse(data_, size_);
        delete[] data_;
    }

    [[nodiscard]] bool allocated() const noexcept { return data_ != nullptr; }
    [[nodiscard]] unsigned char* data() noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::span<unsigned char> bytes() noexcept { return {data_, size_}; }
    [[nodiscard]] std::string_view view() const noexcept {
        return data_ == nullptr ? std::string_view{}
                                : std::string_view{reinterpret_cast<const char*>(data_), size_};
    }

private:
    unsigned char* data_ = nullptr;
    std::size_t size_ = 0;
};

/// The text of a key as somebody configured it, or why there is none.
class key_text {
public:
    explicit key_text(error why) noexcept : problem_(why) {}
    explicit key_text(std::string_view text) noexcept : bytes_(text.size()) {
        if (!bytes_.allocated()) {
            problem_ = error::internal_failure;
            return;
        }
        if (!text.empty()) std::memcpy(bytes_.data(), text.data(), text.size());
        problem_ = text.empty() ? error::empty_secret : error::none;
    }
    key_text(key_text&& other) noexcept
        : bytes_(std::move(other.bytes_)), problem_(std::exchange(other.problem_, error::missing_secret)) {}
    key_text& operator=(key_text&& other) noexcept {
        bytes_ = std::move(other.bytes_);
        problem_ = std::exchange(other.problem_, error::missing_secret);
        return *this;
    }

    /// Reads a whole file of at most 64 KiB, through a buffer that is wiped. One final line break is dropped.
    [[nodiscard]] static key_text from_file(const char* path) noexcept {
        constexpr std::size_t limit = 65536;
        std::FILE* file = std::fopen(path, "rb");
        if (file == nullptr) return key_text(error::unreadable_secret);
        std::setvbuf(file, nullptr, _IONBF, 0); // or the stream's own buffer keeps a copy
        wiped_bytes all(limit + 1);
        const std::size_t size = all.allocated() ? std::fread(all.data(), 1, limit + 1, file) : 0;
        const bool failed = !all.allocated() || std::ferror(file) != 0 || size > limit;
        std::fclose(file);
        if (failed) return key_text(error::unreadable_secret);
        std::string_view text = all.view().substr(0, size);
        if (text.ends_with('\n')) text.remove_suffix(1);
        if (text.ends_with('\r')) text.remove_suffix(1);
        return key_text(text);
    }

    [[nodiscard]] std::string_view view() const noexcept { return bytes_.view(); }
    [[nodiscard]] error problem() const noexcept { return problem_; }

private:
    wiped_bytes bytes_{};
    error problem_ = error::missing_secret;
};

} // namespace hookseal::inline v0_1::detail

#endif
