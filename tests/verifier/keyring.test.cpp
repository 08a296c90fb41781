// SPDX-License-Identifier: MIT
#include <hookseal/keyring.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"
#include "verifier/toys.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

static_assert(!std::is_copy_constructible_v<keyring<toys::plain>>);
static_assert(std::is_nothrow_move_constructible_v<keyring<toys::plain>>);
static_assert(!std::is_default_constructible_v<keyring<toys::plain>>);

std::string bytes_of_hashed(const basic_keyring<>& keys, std::size_t i) {
    return std::string(keys.keys()[i].bytes());
}

} // namespace

TEST_CASE("keyring: keeps its keys in the order given") {
    const secret a("a");
    const secret b("b");
    const keyring<toys::hashed> keys{{a, b}};
    REQUIRE(keys.keys().size() == 2);
    CHECK(bytes_of_hashed(keys, 0) == "a");
    CHECK(bytes_of_hashed(keys, 1) == "b");
    CHECK(keyring<toys::hashed>{a}.keys().size() == 1);
}

TEST_CASE("keyring: all keys must be good, and what was there before stays where one is not") {
    basic_keyring<> keys;
    CHECK(keys.keys().empty());
    const scheme_info info = toys::hashed::scheme.info();
    REQUIRE(keys.prepare(info, secret("a")) == error::none);
    CHECK(keys.prepare(info, {secret("b"), secret("")}) == error::empty_secret);
    CHECK(keys.prepare(info, {}) == error::missing_secret);
    REQUIRE(keys.keys().size() == 1);
    CHECK(bytes_of_hashed(keys, 0) == "a");
    REQUIRE(keys.prepare(info, {secret("b"), secret("c")}) == error::none);
    CHECK(bytes_of_hashed(keys, 1) == "c");
}

TEST_CASE("keyring: takes a list that is made at run time, of at most eight") {
    std::vector<std::unique_ptr<secret>> owned;
    std::vector<key_material> list;
    for (int i = 0; i < 9; ++i) {
        owned.push_back(std::make_unique<secret>(std::to_string(i)));
        list.emplace_back(*owned.back());
        const auto made = keyring<toys::hashed>::make(std::span<const key_material>(list));
        CHECK(made.error() == (i < 8 ? error::none : error::too_many_keys));
        if (made) CHECK(bytes_of_hashed(*made, static_cast<std::size_t>(i)) == std::to_string(i));
    }
}

TEST_CASE("keyring: one that was moved from has no keys") {
    keyring<toys::hashed> first{secret("a")};
    const keyring<toys::hashed> second = std::move(first);
    CHECK(first.keys().empty());
    CHECK(second.keys().size() == 1);
    first = keyring<toys::hashed>{secret("b")};
    CHECK(bytes_of_hashed(first, 0) == "b");
}

TEST_CASE("keyring: throws what make tells") {
    CHECK_THROWS_AS(keyring<toys::plain>{secret("")}, configuration_error);
    CHECK_THROWS_AS(keyring<toys::plain>{public_key(public_key_of_it)}, configuration_error);
    CHECK(keyring<toys::plain>::make(secret("")).error() == error::empty_secret);
    CHECK(keyring<toys::open>::make(public_key(public_key_of_it)).has_value());
    CHECK(keyring<toys::two_kinds>::make({secret("key"), public_key(public_key_of_it)})->keys().size() == 2);
}

TEST_CASE(
    "keyring: a key is prepared for each of a scheme's proofs and digests that it fits, and stays one key") {
    constexpr std::string_view open = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    scheme_info scheme;
    scheme.key_formats = 4;
    scheme.keys[0] = {proof::hmac, digest::sha256, {.encoding = encoding::base64, .at_least = 16}};
    scheme.keys[1] = {proof::ed25519, digest::sha256, {.encoding = encoding::hex}};
    scheme.keys[2] = {proof::token, digest::sha256, {}};
    scheme.keys[3] = {proof::hmac, digest::sha256, {}};
    const auto proofs_of = [&](key_list from) -> std::string {
        basic_keyring<> made;
        if (const error e = made.prepare(scheme, from); e != error::none) return std::string(name(e));
        std::string all;
        for (const auto& key : made.keys()) {
            all += key.how() == proof::hmac ? "hmac " : key.how() == proof::token ? "token " : "ed25519 ";
            all += std::to_string(key.index()) + " ";
        }
        return all;
    };
    const secret encoded("YWFhYWFhYWFhYWFhYWFhYQ==");
    const secret plain("not base64");
    CHECK(proofs_of(encoded) == "hmac 0 token 0 ");
    CHECK(proofs_of(plain) == "token 0 hmac 0 ");
    CHECK(proofs_of(public_key(open)) == "ed25519 0 ");
    CHECK(proofs_of({plain, public_key(open), encoded}) == "token 0 hmac 0 ed25519 1 hmac 2 token 2 ");
    CHECK(proofs_of(secret(" ")) == "secret_has_white_space");
    CHECK(proofs_of({plain, plain, plain, plain, plain, plain, plain, plain}).ends_with("token 7 hmac 7 "));
    CHECK(proofs_of({plain, plain, plain, plain, plain, plain, plain, plain, plain}) == "too_many_keys");

    // Where none fits, what is said is what is wrong with the first that might have.
    scheme.key_formats = 2;
    CHECK(proofs_of(plain) == "malformed_secret");
    CHECK(proofs_of(secret("AAAA")) == "secret_too_short");
    CHECK(proofs_of(public_key("zz")) == "malformed_secret");
    scheme.key_formats = 1;
    CHECK(proofs_of(public_key(open)) == "unsuitable_key");
    scheme.keys[0] = scheme.keys[1];
    CHECK(proofs_of(secret(open)) == "unsuitable_key");
}
