// SPDX-License-Identifier: MIT
#include <hookseal/crypto/hmac.hpp>
#include <hookseal/crypto/whole_message.hpp>

#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <string>
#include <string_view>

using namespace hookseal;
using hookseal_tests::byte_vector;
using hookseal_tests::hex_of;

namespace {

std::string message_of(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i)
        text += static_cast<char>(i * 37 + size);
    return text;
}

template <class Hash>
std::string tag_at_once(const hmac_key<Hash>& key, whole_message& message) {
    running_hmac<Hash> running;
    unsigned char tag[max_digest_size];
    const std::size_t size = running.finish_whole(key, message, tag);
    return hex_of({tag, tag + size});
}

} // namespace

TEMPLATE_TEST_CASE("whole_message: its HMAC is what OpenSSL computes, at every length and with every hash",
                   "", low_level_hash, evp_hash) {
    constexpr std::string_view secret = "the key of every message";
    for (const digest hash : {digest::sha256, digest::sha1, digest::sha384, digest::sha512, digest::md5}) {
        hmac_key<TestType> key;
        REQUIRE(key.prepare(hash, secret));
        for (std::size_t size = 0; size <= whole_message::capacity; size += size < 260 ? 1 : 97) {
            const std::string text = message_of(size);
            whole_message message;
            REQUIRE(message.update(std::string_view(text).substr(0, size / 3)));
            REQUIRE(message.update(std::string_view(text).substr(size / 3)));
            INFO(size << " bytes, hash " << static_cast<int>(hash));
            const std::string expected =
                hex_of(hookseal_tests::hmac(hookseal::detail::evp_md(hash), secret, text));
            CHECK(tag_at_once(key, message) == expected);
            CHECK(tag_at_once(key, message) == expected); // for the next key it is still there
            CHECK(message.view() == text);
        }
    }
}

TEST_CASE("whole_message: what does not fit is refused and leaves what was there") {
    whole_message message;
    CHECK(message.update(std::string(whole_message::capacity - 1, 'a')));
    CHECK_FALSE(message.update("bc"));
    CHECK(message.view().size() == whole_message::capacity - 1);
    CHECK(message.update("b"));
    CHECK(message.update(""));
    CHECK_FALSE(message.update("c"));
    CHECK(message.view().back() == 'b');
}

TEMPLATE_TEST_CASE("whole_message: under a key that was never prepared there is no tag", "", low_level_hash,
                   evp_hash) {
    const hmac_key<TestType> unprepared{};
    whole_message message;
    REQUIRE(message.update("text"));
    CHECK(tag_at_once(unprepared, message).empty());
}
