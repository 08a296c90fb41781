// SPDX-License-Identifier: MIT
// What is special about a family, beyond what holds for every provider.
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>

#include <string>
#include <string_view>

namespace providers = hookseal::providers;
using hookseal::header;
using hookseal::secret;
using hookseal_tests::delivery;
using hookseal_tests::subject;
using hookseal_tests::verdict_on;

namespace {

/// The HMAC or hash of a content, as a scheme with nothing but that content makes it.
std::string seal(hookseal::proof how, hookseal::digest hash, std::string_view key, std::string_view content) {
    hookseal::signing_key signs;
    REQUIRE(signs.prepare({how, hash, {}}, secret(key)) == hookseal::error::none);
    std::vector<unsigned char> signature(signs.signature_size());
    REQUIRE(signs.sign(content, signature));
    return hookseal_tests::spelled(signature, hookseal::encoding::hex);
}

} // namespace

TEST_CASE("payu: one key serves every digest, and stays one key") {
    const hookseal::verifier<providers::payu> v{{secret("other"), secret("key")},
                                                hookseal::accepting<hookseal::weakness::plain_hash>};
    using enum hookseal::digest;
    for (const hookseal::digest hash : {md5, sha1, sha256, sha384, sha512}) {
        const std::string signature = seal(hookseal::proof::keyed_hash, hash, "key", "bodykey");
        const delivery d{{{"OpenPayU-Signature", "sender=checkout;signature=" + signature + ";algorithm=X"}},
                         "body"};
        const auto got = verdict_on(v.verify(d.whole()));
        CHECK(got.error == "none");
        CHECK(got.key_index == 1);
        CHECK(verdict_on(v.verify(d.with_body("body2").whole())).error == "signature_mismatch");
    }
}

TEST_CASE("braintree: the SHA-1 of the private key is the key, unless the key itself is given") {
    // SHA-1 of "private"
    constexpr std::string_view hashed = "c2d7b4aa38d7bc1c4d6ae0f1fbd2d48d36a1e1a9";
    const auto prepared = [](const secret& s, hookseal::detail::wiped_bytes& key) {
        return hookseal::detail::decode_key(s, providers::braintree::scheme.info().keys[0].form, key);
    };
    hookseal::detail::wiped_bytes key;
    REQUIRE(prepared(secret("private"), key) == hookseal::error::none);
    CHECK(key.size() == 20);
    unsigned char expected[20];
    REQUIRE(hookseal::sha1("private", expected));
    CHECK(key.view() == std::string_view(reinterpret_cast<const char*>(expected), 20));
    REQUIRE(prepared(secret::from_hex(hashed), key) == hookseal::error::none);
    CHECK(key.size() == 20);
    CHECK(static_cast<unsigned char>(key.view().front()) == 0xc2);
    REQUIRE(prepared(secret::from_bytes({}), key) == hookseal::error::empty_secret);
}

TEST_CASE("braintree: without the option that names the key nothing is verified, and it is ours to mend") {
    const auto d = subject::of<providers::braintree>().genuine();
    const hookseal::verifier<providers::braintree> v{hookseal_tests::test_secret(0)};
    const auto got = verdict_on(v.verify(d.whole()));
    CHECK(got.error == "missing_option");
    CHECK(got.http_status == 500);
}

TEST_CASE("openai: a secret without prefix is text, one with it is base64") {
    const auto prepared = [](std::string_view text) {
        hookseal::detail::wiped_bytes key;
        REQUIRE(hookseal::detail::decode_key(secret(text), providers::openai::scheme.key, key)
                == hookseal::error::none);
        return std::string(key.view());
    };
    CHECK(prepared("c2VjcmV0") == "c2VjcmV0");
    CHECK(prepared("whsec_c2VjcmV0") == "secret");
    CHECK(prepared("not base64!") == "not base64!");
}

TEST_CASE("twilio: the error is that of the candidate that came furthest") {
    const subject s = subject::of<providers::twilio>();
    const delivery d = s.genuine();
    CHECK(s.judge(d.with_body("amount=101")).error == "signature_mismatch");

    delivery json = d;
    json.url = "https://example.test/"
               "hook?bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    CHECK(s.judge(json.with_body("{}")).error == "signature_mismatch");
    const hookseal::signed_scheme url_alone{.name = "url",
                                            .digest = hookseal::digest::sha1,
                                            .encoding = hookseal::encoding::base64,
                                            .signature = header("x-twilio-signature"),
                                            .signed_content = "{url}"};
    const hookseal::scheme_info info = url_alone.info();
    const auto signer = hookseal::basic_signer::make({url_alone, info}, hookseal_tests::test_secret(0));
    REQUIRE(signer.has_value());
    auto headers = signer->sign({.url = json.url});
    REQUIRE(headers.has_value());
    json.headers = *std::move(headers);
    CHECK(s.judge(json.with_body("{}")).error == "none");
    CHECK(s.judge(json.with_body("{ }")).error == "content_mismatch");
    CHECK(s.judge(json.with_body("amount=100")).error == "content_mismatch");
}

TEST_CASE("mailgun: a form's token is its id, as in JSON") {
    const std::string signature =
        seal(hookseal::proof::hmac, hookseal::digest::sha256, "key", "1767225600tok");
    const delivery d{{}, "timestamp=1767225600&token=tok&event=opened&signature=" + signature};
    const hookseal::verifier<providers::mailgun, hookseal_tests::standing_clock> v{
        secret("key"), {}, {hookseal_tests::signed_at}};
    const auto got = verdict_on(v.verify(d.whole()));
    CHECK(got.error == "none");
    CHECK(got.id == "tok");
    CHECK(got.type == "opened");
}

TEST_CASE("postmark: credentials may be long") {
    const std::string credentials = "user:" + std::string(300, 'p');
    std::string text(hookseal::base64_size(credentials.size(), hookseal::base64_form::padded), '\0');
    const auto* bytes = reinterpret_cast<const unsigned char*>(credentials.data());
    hookseal::encode_base64({bytes, credentials.size()}, text.data(), hookseal::base64_form::padded);
    const hookseal::verifier<providers::postmark> v{secret(credentials),
                                                    hookseal::accepting<hookseal::weakness::body_not_signed>};
    const delivery d{{{"Authorization", "Basic " + text}}, "{}"};
    CHECK(verdict_on(v.verify(d.whole())).error == "none");
    CHECK(verdict_on(v.verify(d.with("Authorization", "Basic " + text + "QQ==").whole())).error
          == "malformed_signature");
    CHECK(verdict_on(v.verify(d.with("Authorization", "Basic dXNlcjpw").whole())).error
          == "signature_mismatch");
}
