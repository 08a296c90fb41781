// SPDX-License-Identifier: MIT
#include <hookseal/crypto/certificate.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/crypto/running_proof.hpp>

#include "crypto/certificates.hpp"
#include "support/catch.hpp"

#include <openssl/err.h>

#include <cstdint>
#include <string>

using namespace hookseal;
using namespace hookseal_tests;

namespace {

constexpr std::int64_t some_time = 1'750'000'000;

struct chain {
    std::string root_name = "root";
    openssl_key root_key = new_ec_key("P-256");
    openssl_key middle_key = new_ec_key("P-256");
    openssl_key leaf_key = new_ec_key("P-256");
    openssl_certificate root = certify(root_key, {.name = root_name, .authority = true});
    openssl_certificate middle = certify(middle_key, {.name = "middle", .authority = true}, &root_key, &root);
    openssl_certificate leaf = certify(leaf_key, {}, &middle_key, &middle);

    [[nodiscard]] std::string sent() const { return pem_of(leaf) + pem_of(middle); }
};

certificate read(const std::string& pem) {
    certificate made;
    REQUIRE(made.read(pem) == error::none);
    return made;
}

certificate_roots roots(const std::string& pem) {
    certificate_roots made;
    REQUIRE(made.read(pem) == error::none);
    return made;
}

} // namespace

TEST_CASE("certificate: it is valid from the first second to the last, by the clock it is told") {
    const auto key = new_ec_key("P-256");
    const certificate c = read(pem_of(certify(key, {.from = 1'000'000'000, .to = 1'000'000'100})));
    CHECK_FALSE(c.is_valid_at(999'999'999));
    CHECK(c.is_valid_at(1'000'000'000));
    CHECK(c.is_valid_at(1'000'000'100));
    CHECK_FALSE(c.is_valid_at(1'000'000'101));
    CHECK(c.expires() == 1'000'000'100);
    // Beyond 2038, and 2050, where the form of dates changes (RFC 5280, section 4.1.2.5).
    const certificate late = read(pem_of(certify(key, {.from = 1'000'000'000, .to = 4'000'000'000})));
    CHECK(late.is_valid_at(3'999'999'999));
    CHECK(late.expires() == 4'000'000'000);
}

TEST_CASE("certificate: it is for its own name alone") {
    const auto key = new_ec_key("P-256");
    const certificate c = read(pem_of(certify(key, {.name = "sns.example.com"})));
    CHECK(c.is_for("sns.example.com"));
    CHECK(c.is_for("SNS.example.com"));
    CHECK_FALSE(c.is_for("example.com"));
    CHECK_FALSE(c.is_for("sns.example.co"));
    CHECK_FALSE(c.is_for("evilsns.example.com"));
    CHECK_FALSE(c.is_for(".example.com"));
    CHECK_FALSE(c.is_for(""));
    CHECK_FALSE(read(pem_of(certify(key, {.name = "*.example.com"}))).is_for("sns.example.com"));
}

TEST_CASE("certificate: a chain leads from it over its own companions to a root") {
    const chain a;
    const chain other{.root_name = "other root"};
    const certificate c = read(a.sent());
    CHECK(c.check_chain(roots(pem_of(a.root)), some_time) == error::none);
    CHECK(c.check_chain(roots(pem_of(other.root) + pem_of(a.root)), some_time) == error::none);
    CHECK(c.check_chain(roots(pem_of(a.middle)), some_time) == error::none);
    CHECK(c.check_chain(roots(pem_of(a.leaf)), some_time) == error::none);
    CHECK(c.check_chain(roots(pem_of(other.root)), some_time) == error::unsuitable_key);
    CHECK(c.check_chain(certificate_roots(), some_time) == error::unsuitable_key);
    CHECK(read(pem_of(a.leaf)).check_chain(roots(pem_of(a.root)), some_time) == error::unsuitable_key);
    CHECK(certificate().check_chain(roots(pem_of(a.root)), some_time) == error::unsuitable_key);
    CHECK(ERR_peek_error() == 0);
}

TEST_CASE("certificate: each link of a chain must be valid at that time, and may sign") {
    const chain a;
    const auto all = roots(pem_of(a.root));
    CHECK(read(a.sent()).check_chain(all, 1'699'999'999) == error::unsuitable_key);
    CHECK(read(a.sent()).check_chain(all, 1'800'000'001) == error::unsuitable_key);

    const auto short_lived = certify(a.middle_key, {.name = "middle", .authority = true, .to = 1'710'000'000},
                                     &a.root_key, &a.root);
    const certificate over_expired = read(pem_of(a.leaf) + pem_of(short_lived));
    CHECK(over_expired.check_chain(all, 1'705'000'000) == error::none);
    CHECK(over_expired.check_chain(all, some_time) == error::unsuitable_key);

    const auto no_authority = certify(a.middle_key, {.name = "middle"}, &a.root_key, &a.root);
    CHECK(read(pem_of(a.leaf) + pem_of(no_authority)).check_chain(all, some_time) == error::unsuitable_key);
}

TEST_CASE(
    "certificate: text that is none, or not whole, is refused, and nothing is left in OpenSSL's queue") {
    const chain a;
    const std::string pem = pem_of(a.leaf);
    certificate c;
    for (const std::string& bad :
         {std::string(), std::string("x"), pem.substr(0, pem.size() / 2), public_pem(a.leaf_key),
          pem + pem.substr(0, pem.size() / 2), pem.substr(0, 100) + "!" + pem.substr(101)}) {
        CHECK(c.read(bad) == error::malformed_secret);
        CHECK_FALSE(c.is_valid_at(some_time));
    }
    std::string many;
    for (int i = 0; i <= certificate::most; ++i)
        many += pem;
    CHECK(c.read(many) == error::too_large);
    CHECK(c.read(std::string(2'000'000, 'x')) == error::too_large);
    CHECK(c.public_key().der().empty());
    CHECK(certificate_roots().read("x") == error::malformed_secret);
    CHECK(ERR_peek_error() == 0);
}

TEST_CASE("certificate: the key that it certifies is the one its owner signs with") {
    const chain a;
    const std::string message = "some text";
    const byte_vector signature = sign(a.leaf_key, message);
    const spki certified = read(a.sent()).public_key();
    REQUIRE(certified.curve() == ec_curve::p256);
    prepared_key<default_hash> key;
    REQUIRE(key.prepare({.how = proof::ecdsa_der}, public_key::from_bytes(certified.der())) == error::none);
    running_proof<default_hash> running;
    REQUIRE((running.start(key) && running.update(message) && running.finish()));
    CHECK(running.holds(signature));
}
