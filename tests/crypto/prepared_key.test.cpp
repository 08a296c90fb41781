// SPDX-License-Identifier: MIT
#include <hookseal/crypto/prepared_key.hpp>

#include "core/print.hpp"
#include "crypto/reference.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>

using namespace hookseal;
using hookseal_tests::base64_of;
using hookseal_tests::byte_vector;
using hookseal_tests::from_hex;
using hookseal_tests::hex_of;

namespace {

struct decoded {
    error why;
    std::string key;
    friend bool operator==(const decoded&, const decoded&) = default;
};

std::ostream& operator<<(std::ostream& out, const decoded& d) {
    return out << name(d.why) << " '" << d.key << '\'';
}

decoded decoded_key(const key_material& from, const key_form& form) {
    detail::wiped_bytes key;
    const error e = detail::decode_key(from, form, key);
    return {e, std::string(key.view())};
}

decoded bad(error why) { return {why, ""}; }
decoded good(std::string key) { return {error::none, std::move(key)}; }

template <class Hash>
std::string tag_under(const prepared_key<Hash>& key) {
    running_hmac<Hash> running;
    unsigned char tag[max_digest_size];
    if (!running.start(key.hmac()) || !running.update("message")) return "(failed)";
    const std::size_t size = running.finish(key.hmac(), tag);
    return hex_of({tag, tag + size});
}

constexpr std::string_view rfc8032_public =
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
constexpr std::string_view small_order = "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";

} // namespace

TEST_CASE("prepared_key: a secret as handed out is read as its provider writes it") {
    const std::string sixteen = "0123456789abcdef";
    const std::string encoded = base64_of({sixteen.begin(), sixteen.end()});
    const key_form text{};
    const key_form whsec{.encoding = encoding::base64, .prefix = "whsec_", .at_least = 16};
    const key_form required{.encoding = encoding::base64, .prefix = "whpk_", .prefix_required = true};
    const key_form hex{.encoding = encoding::hex};
    const key_form url{.encoding = encoding::base64url};
    const key_form short_text{.at_least = 4};
    const key_form any_words{.prefix = "signkey-", .prefix_until = '-'};

    struct row {
        const key_form& form;
        std::string configured;
        decoded expected;
    };
    const row rows[] = {
        {text, "whsec_abc", good("whsec_abc")},
        {text, "k", good("k")},
        {text, "k\xC3\xA4\x01y", good("k\xC3\xA4\x01y")},
        {any_words, "signkey-prod-abc", good("abc")},
        {any_words, "signkey-test-a-b", good("a-b")},
        {any_words, "abc-d", good("abc-d")},
        {any_words, "signkey-abc", bad(error::malformed_secret)},
        {any_words, "signkey-prod-", bad(error::empty_secret)},
        {short_text, "abc", bad(error::secret_too_short)},
        {short_text, "abcd", good("abcd")},
        {whsec, "whsec_" + encoded, good(sixteen)},
        {whsec, encoded, good(sixteen)},
        {whsec, encoded.substr(0, 22), good(sixteen)}, // padding cut off while copying
        {whsec, "whsec_", bad(error::empty_secret)},
        {whsec, "whsec_" + base64_of(byte_vector(15, 'a')), bad(error::secret_too_short)},
        {whsec, "whsec_" + base64_of(byte_vector(16, 'a')), good(std::string(16, 'a'))},
        {whsec, "WHSEC_" + encoded, bad(error::malformed_secret)},
        {whsec, "whsec_whsec_" + encoded, bad(error::malformed_secret)},
        {whsec, "v1,whsec_" + encoded, bad(error::malformed_secret)},
        {whsec, "whsec_" + encoded.substr(0, 23), bad(error::malformed_secret)},
        {whsec, "whsec_" + encoded + "=", bad(error::malformed_secret)},
        {whsec, "whsec_" + encoded.substr(0, 10) + "\n" + encoded.substr(10), bad(error::malformed_secret)},
        {whsec, "whsec_MDEyMzQ1Njc4OWFiY2RlZi0_", bad(error::malformed_secret)},
        {whsec, "whsec_====", bad(error::malformed_secret)},
        {whsec, "whsec_A", bad(error::malformed_secret)},
        {required, "whpk_AAAA", good(std::string(3, '\0'))},
        {required, "AAAA", bad(error::malformed_secret)},
        {required, "whpk_", bad(error::empty_secret)},
        {hex, "00ff", good(std::string("\0\xff", 2))},
        {hex, "00FF", good(std::string("\0\xff", 2))},
        {hex, "00f", bad(error::malformed_secret)},
        {hex, "0x00", bad(error::malformed_secret)},
        {hex, "zz", bad(error::malformed_secret)},
        {url, "-_8", good("\xfb\xff")},
        {url, "+/8", bad(error::malformed_secret)},
    };
    for (const row& r : rows) {
        INFO(r.configured);
        CHECK(decoded_key(secret(r.configured), r.form) == r.expected);
    }
}

TEST_CASE("prepared_key: a secret in hex, base64 or bytes is the key itself, whatever its provider writes") {
    const key_form whsec{
        .encoding = encoding::base64, .prefix = "whsec_", .prefix_required = true, .at_least = 3};
    CHECK(decoded_key(secret::from_hex("616263"), whsec) == good("abc"));
    CHECK(decoded_key(secret::from_hex("61626"), whsec) == bad(error::malformed_secret));
    CHECK(decoded_key(secret::from_hex("6162"), whsec) == bad(error::secret_too_short));
    CHECK(decoded_key(secret::from_base64("YWJj"), whsec) == good("abc"));
    CHECK(decoded_key(secret::from_base64("YWJjZA=="), whsec) == good("abcd"));
    CHECK(decoded_key(secret::from_base64("YWJjZA"), whsec) == good("abcd"));
    CHECK(decoded_key(secret::from_base64("whsec_YWJj"), whsec) == bad(error::malformed_secret));
    const unsigned char bytes[] = {'w', 'h', ' ', 0};
    CHECK(decoded_key(secret::from_bytes(bytes), whsec) == good(std::string("wh \0", 4)));
}

TEST_CASE("prepared_key: what is wrong with a secret is what is wrong with its key") {
    CHECK(decoded_key(secret(""), {}) == bad(error::empty_secret));
    CHECK(decoded_key(secret("key "), {}) == bad(error::secret_has_white_space));
    CHECK(decoded_key(secret::from_file("/does/not/exist"), {}) == bad(error::unreadable_secret));
    CHECK(decoded_key(key_material(error::missing_secret), {}) == bad(error::missing_secret));
    secret moved("key");
    const secret other = std::move(moved);
    CHECK(decoded_key(moved, {}) == bad(error::missing_secret));
}

TEMPLATE_TEST_CASE("prepared_key: serves the proof and the digest it was made for, and no other", "",
                   low_level_hash, evp_hash) {
    using key_type = prepared_key<TestType>;
    key_type hmac;
    REQUIRE(hmac.prepare({.how = proof::hmac, .hash = digest::sha512}, secret("key")) == error::none);
    CHECK(hmac.fits(proof::hmac, digest::sha512));
    CHECK_FALSE(hmac.fits(proof::hmac, digest::sha256));
    CHECK_FALSE(hmac.fits(proof::keyed_hash, digest::sha512));
    CHECK_FALSE(hmac.fits(proof::token, digest::sha512));
    CHECK_FALSE(hmac.fits(proof::ed25519, digest::sha512));
    CHECK(tag_under(hmac) == hex_of(hookseal_tests::hmac(EVP_sha512(), "key", "message")));

    key_type hashed;
    REQUIRE(hashed.prepare({.how = proof::keyed_hash, .hash = digest::sha1}, secret("key")) == error::none);
    CHECK(hashed.fits(proof::keyed_hash, digest::sha1));
    CHECK_FALSE(hashed.fits(proof::keyed_hash, digest::sha256));
    CHECK_FALSE(hashed.fits(proof::hmac, digest::sha1));
    CHECK(hashed.bytes() == "key");

    key_type token;
    REQUIRE(token.prepare({.how = proof::token}, secret("key")) == error::none);
    CHECK(token.fits(proof::token, digest::sha256));
    CHECK(token.fits(proof::token, digest::sha1));
    CHECK_FALSE(token.fits(proof::hmac, digest::sha256));

    key_type open;
    const key_format ed25519{.how = proof::ed25519, .form = {.encoding = encoding::hex}};
    REQUIRE(open.prepare(ed25519, public_key(rfc8032_public)) == error::none);
    CHECK(open.fits(proof::ed25519, digest::sha256));
    CHECK_FALSE(open.fits(proof::hmac, digest::sha256));
    CHECK_FALSE(open.fits(proof::token, digest::sha256));
}

TEST_CASE("prepared_key: a public key must be one, and sound") {
    const key_format format{.how = proof::ed25519, .form = {.encoding = encoding::hex_any_case}};
    const auto made = [&](std::string_view text) {
        return prepared_key<default_hash>{}.prepare(format, public_key(text));
    };
    CHECK(made(rfc8032_public) == error::none);
    CHECK(made(small_order) == error::unsuitable_key);
    CHECK(made(rfc8032_public.substr(2)) == error::unsuitable_key);
    CHECK(made(std::string(rfc8032_public) + "00") == error::unsuitable_key);
    CHECK(made(rfc8032_public.substr(1)) == error::malformed_secret);
    CHECK(made(" " + std::string(rfc8032_public)) == error::malformed_secret);
    CHECK(made("") == error::empty_secret);
    CHECK(prepared_key<default_hash>{}.prepare(format, public_key::from_bytes(from_hex(rfc8032_public)))
          == error::none);
}
