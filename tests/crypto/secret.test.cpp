// SPDX-License-Identifier: MIT
#include <hookseal/crypto/secret.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"

#include <concepts>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using namespace hookseal;
namespace fs = std::filesystem;

namespace {

template <class T>
concept printable = requires(std::ostream& out, const T& t) {
    out << t;
};
template <class T>
concept comparable = requires(const T& a, const T& b) {
    a == b;
};
template <class T>
concept ordered = requires(const T& a, const T& b) {
    a < b;
};
template <class T>
concept hashable = requires(const T& t) {
    std::hash<T>{}(t);
};

static_assert(printable<int> && comparable<int> && ordered<int> && hashable<int>);
static_assert(!printable<secret> && !comparable<secret> && !ordered<secret> && !hashable<secret>);
static_assert(!std::is_copy_constructible_v<secret> && !std::is_copy_assignable_v<secret>);
static_assert(std::is_nothrow_move_constructible_v<secret> && std::is_nothrow_move_assignable_v<secret>);
static_assert(!std::is_default_constructible_v<secret>, "an empty secret is written down, not forgotten");
static_assert(!std::is_convertible_v<const char*, secret>, "a text is not a secret by accident");
static_assert(
    !std::is_convertible_v<secret, std::string_view> && !std::is_convertible_v<secret, std::string>);
static_assert(!std::is_convertible_v<secret, bool>);
static_assert(std::is_nothrow_constructible_v<secret, std::string_view>);
static_assert(!std::is_constructible_v<secret, public_key> && !std::is_constructible_v<public_key, secret>);
static_assert(!std::is_copy_constructible_v<public_key>);

/// A file that is gone with the test.
class temporary_file {
public:
    explicit temporary_file(std::string_view content) : path_(fs::temp_directory_path() / unique_name()) {
        std::ofstream out(path_, std::ios::binary);
        out << content;
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    static std::string unique_name() {
        static int count = 0;
        return "hookseal_secret_test_"
               + std::to_string(std::hash<std::string>{}(fs::temp_directory_path().string())) + "_"
               + std::to_string(reinterpret_cast<std::uintptr_t>(&count)) + "_" + std::to_string(++count);
    }
    fs::path path_;
};

secret from_content(std::string_view content) {
    const temporary_file file(content);
    return secret::from_file(file.path().c_str());
}

/// An environment variable for the time of a test.
class variable {
public:
    explicit variable(const char* value) { setenv(name, value, 1); }
    variable(const variable&) = delete;
    variable& operator=(const variable&) = delete;
    ~variable() { unsetenv(name); }

    static constexpr const char* name = "HOOKSEAL_TEST_SECRET";
};

} // namespace

TEST_CASE("secret: holds its text, and shows it to whoever asks by name") {
    const secret s("whsec_abc");
    CHECK(s.problem() == error::none);
    CHECK(s.expose() == "whsec_abc");
    CHECK(s.how() == key_writing::as_handed_out);

    const secret with_nul(std::string_view("a\0b", 3));
    CHECK(with_nul.problem() == error::none);
    CHECK(with_nul.expose().size() == 3);
}

TEST_CASE("secret: owns its text") {
    std::string text = "whsec_abc";
    const secret s(text);
    text.assign(text.size(), '!');
    CHECK(s.expose() == "whsec_abc");
}

TEST_CASE("secret: an empty one is a mistake, and so is white space at an end") {
    CHECK(secret("").problem() == error::empty_secret);
    CHECK(secret(std::string_view{}).problem() == error::empty_secret);
    CHECK(secret::from_hex("").problem() == error::empty_secret);
    CHECK(secret::from_base64("").problem() == error::empty_secret);
    CHECK(secret::from_bytes({}).problem() == error::empty_secret);
    for (const std::string blank : {" ", "\t", "\n", "\r", "\v", "\f"}) {
        INFO(static_cast<int>(blank[0]));
        for (const std::string& text : {blank, blank + "key", "key" + blank, blank + "key" + blank}) {
            CHECK(secret(text).problem() == error::secret_has_white_space);
            CHECK(secret::from_hex(text).problem() == error::secret_has_white_space);
            CHECK(secret::from_base64(text).problem() == error::secret_has_white_space);
        }
        CHECK(secret("ke" + blank + "y").problem() == error::none);
    }
    CHECK(secret(std::string("\0key\0", 5)).problem() == error::none);
}

TEST_CASE("secret: as bytes it may begin and end with any of them") {
    const unsigned char key[] = {' ', 'k', '\n'};
    const secret s = secret::from_bytes(key);
    CHECK(s.problem() == error::none);
    CHECK(s.how() == key_writing::bytes);
    CHECK(s.expose() == " k\n");
}

TEST_CASE("secret: knows how it was written") {
    CHECK(secret::from_hex("00ff").how() == key_writing::hex);
    CHECK(secret::from_base64("AAAA").how() == key_writing::base64);
    CHECK(secret::from_hex("00ff").expose() == "00ff"); // what it decodes to is its scheme's business
}

TEST_CASE("secret: one that was moved from is missing, and takes a new one") {
    secret first("key");
    const secret second = std::move(first);
    CHECK(second.expose() == "key");
    CHECK(second.problem() == error::none);
    CHECK(first.problem() == error::missing_secret);
    CHECK(first.expose().empty());

    first = secret("other");
    CHECK(first.problem() == error::none);
    CHECK(first.expose() == "other");

    secret third("third");
    third = std::move(first);
    CHECK(third.expose() == "other");
    CHECK(first.problem() != error::none);

    secret blank(" ");
    const secret still_blank = std::move(blank);
    CHECK(still_blank.problem() == error::secret_has_white_space);
    CHECK(blank.problem() != error::none);
}

TEST_CASE("secret: comes from the environment, where it is set") {
    {
        const variable set("whsec_abc");
        const secret s = secret::from_env(variable::name);
        CHECK(s.problem() == error::none);
        CHECK(s.expose() == "whsec_abc");
        CHECK(public_key::from_env(variable::name).view() == "whsec_abc");
    }
    CHECK(secret::from_env(variable::name).problem() == error::unreadable_secret);
    CHECK(public_key::from_env(variable::name).problem() == error::unreadable_secret);
    {
        const variable empty("");
        CHECK(secret::from_env(variable::name).problem() == error::empty_secret);
    }
    {
        const variable blank("key\n");
        CHECK(secret::from_env(variable::name).problem() == error::secret_has_white_space);
    }
}

TEST_CASE("secret: from a file, it is the content less one line break at its end") {
    struct row {
        std::string content;
        std::string_view text;
    };
    const row good[] = {{"key", "key"}, {"key\n", "key"}, {"key\r\n", "key"}, {"k\ney\n", "k\ney"}};
    for (const row& r : good) {
        INFO(r.content);
        const secret s = from_content(r.content);
        CHECK(s.problem() == error::none);
        CHECK(s.expose() == r.text);
    }
    for (const std::string content :
         {"key\n\n", "key\r\n\r\n", "key \n", "key\t\r\n", "\nkey\n", "key\n\r", "\n\n", " \n"}) {
        INFO(content);
        CHECK(from_content(content).problem() == error::secret_has_white_space);
    }
    CHECK(from_content("").problem() == error::empty_secret);
    CHECK(from_content("\n").problem() == error::empty_secret);
    CHECK(from_content("\r\n").problem() == error::empty_secret);
    CHECK(from_content(std::string("k\0y\n", 4)).expose() == std::string_view("k\0y", 3));
}

TEST_CASE("secret: a file may have 64 KiB") {
    CHECK(from_content(std::string(65536, 'k')).expose().size() == 65536);
    CHECK(from_content(std::string(65535, 'k') + "\n").expose().size() == 65535);
    CHECK(from_content(std::string(65537, 'k')).problem() == error::unreadable_secret);
    CHECK(from_content(std::string(65536, 'k') + "\n").problem() == error::unreadable_secret);
}

TEST_CASE("secret: what cannot be read as a file is unreadable") {
    CHECK(secret::from_file("/does/not/exist").problem() == error::unreadable_secret);
    CHECK(secret::from_file("").problem() == error::unreadable_secret);
    CHECK(secret::from_file(fs::temp_directory_path().string().c_str()).problem()
          == error::unreadable_secret);
    CHECK(public_key::from_file("/does/not/exist").problem() == error::unreadable_secret);
}

TEST_CASE("public_key: is text like a secret, but nothing to hide") {
    const public_key k("whpk_abc");
    CHECK(k.problem() == error::none);
    CHECK(k.view() == "whpk_abc");
    CHECK(k.how() == key_writing::as_handed_out);
    CHECK(public_key("").problem() == error::empty_secret);
    const unsigned char bytes[32] = {1};
    CHECK(public_key::from_bytes(bytes).how() == key_writing::bytes);
    CHECK(public_key::from_bytes(bytes).view().size() == 32);
}
