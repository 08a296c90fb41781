// SPDX-License-Identifier: MIT
// Every shape that providers' schemes have, from description to verdict, with signatures that OpenSSL's one-shot HMAC
// made over content written out by hand.
#include "core/print.hpp"
#include "crypto/reference.hpp"
#include "schemes/at_run_time.hpp"
#include "support/catch.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;
using hookseal_tests::at_run_time;
using hookseal_tests::base64_of;
using hookseal_tests::base64url_of;
using hookseal_tests::byte_vector;
using hookseal_tests::content_of;
using hookseal_tests::digest_of;
using hookseal_tests::header_list;
using hookseal_tests::hex_of;

namespace {

const std::string body = R"({"id":"evt_1","n":7,"text":"\u00e4"})";
const std::string url = "https://example.com/hook?a=x%20y&b=2";
constexpr std::int64_t now = 1'767'225'600;

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
    return text;
}

struct shape {
    std::string what;
    signed_scheme scheme;
    std::string content;                ///< what is signed, by hand
    std::string configured_key = "key"; ///< as the receiver has it
    std::string key = "key";            ///< as it is used
    const EVP_MD* hash = EVP_sha256();
    std::string (*encode)(const byte_vector&) = hex_of;
    std::string before = ""; ///< of the signature, in its header
    std::string after = "";
    header_list headers = {}; ///< beside the signature
    std::string signature_header = "X-Sig";
};

signed_scheme describe(std::string_view content, const std::function<void(signed_scheme&)>& otherwise = {}) {
    signed_scheme s;
    s.name = "shape";
    s.signature = header("x-sig");
    s.signed_content = content_of(content);
    if (otherwise) otherwise(s);
    return s;
}

std::vector<shape> all_shapes() {
    std::vector<shape> all;
    const std::string sha256_key("\x00\xff key of bytes, 32 of them, yes.", 32);

    const std::pair<digest, const EVP_MD*> digests[] = {{digest::sha1, EVP_sha1()},
                                                        {digest::sha256, EVP_sha256()},
                                                        {digest::sha384, EVP_sha384()},
                                                        {digest::sha512, EVP_sha512()}};
    for (const auto& [digest, md] : digests)
        all.push_back({.what = "HMAC with digest " + std::to_string(static_cast<int>(digest)),
                       .scheme = describe("{body}", [d = digest](auto& s) { s.digest = d; }),
                       .content = body,
                       .hash = md});

    const auto with_key = [&](const char* what, key_form form, std::string configured) {
        all.push_back({.what = std::string("a key as ") + what,
                       .scheme = describe("{body}", [form](auto& s) { s.key = form; }),
                       .content = body,
                       .configured_key = std::move(configured),
                       .key = sha256_key});
    };
    with_key("base64 behind a prefix", {.encoding = encoding::base64, .prefix = "whsec_"},
             "whsec_" + base64_of({sha256_key.begin(), sha256_key.end()}));
    with_key("base64, the prefix left out", {.encoding = encoding::base64, .prefix = "whsec_"},
             base64_of({sha256_key.begin(), sha256_key.end()}));
    with_key("base64 without padding", {.encoding = encoding::base64},
             base64_of({sha256_key.begin(), sha256_key.end()}).substr(0, 43));
    with_key("hex", {.encoding = encoding::hex}, hex_of({sha256_key.begin(), sha256_key.end()}));
    with_key("upper-case hex", {.encoding = encoding::hex_any_case},
             upper(hex_of({sha256_key.begin(), sha256_key.end()})));
    with_key("base64url", {.encoding = encoding::base64url},
             base64url_of({sha256_key.begin(), sha256_key.end()}));
    all.push_back({.what = "a key as text, whose prefix is part of it",
                   .scheme = describe("{body}"),
                   .content = body,
                   .configured_key = "whsec_abc",
                   .key = "whsec_abc"});
    all.push_back(
        {.what = "a key as text behind a prefix that is not",
         .scheme = describe("{body}", [](auto& s) { s.key = {.prefix = "pre_", .prefix_required = true}; }),
         .content = body,
         .configured_key = "pre_abc",
         .key = "abc"});

    const auto with_encoding = [&](const char* what, encoding form,
                                   std::string (*encode)(const byte_vector&)) {
        all.push_back({.what = std::string("a signature in ") + what,
                       .scheme = describe("{body}", [form](auto& s) { s.encoding = form; }),
                       .content = body,
                       .encode = encode});
    };
    with_encoding("hex of any case, lower", encoding::hex_any_case, hex_of);
    with_encoding("hex of any case, upper", encoding::hex_any_case,
                  [](const byte_vector& b) { return upper(hex_of(b)); });
    with_encoding("base64", encoding::base64, base64_of);
    with_encoding("base64url", encoding::base64url, base64url_of);

    all.push_back(
        {.what = "a prefix",
         .scheme = describe("{body}", [](auto& s) { s.signature = header("x-sig").after("sha256="); }),
         .content = body,
         .before = "sha256="});
    all.push_back({.what = "a list with commas that holds the time",
                   .scheme = describe("{timestamp}.{body}",
                                      [](auto& s) {
                                          s.signature = header("x-sig").item("v1=", ',');
                                          s.timestamp = header("x-sig").item("t=", ',');
                                      }),
                   .content = "1767225600." + body,
                   .before = "t=1767225600,v1=",
                   .after = ",v0=00"});
    all.push_back({.what = "a list with semicolons that holds the time",
                   .scheme = describe("{timestamp}:{body}",
                                      [](auto& s) {
                                          s.signature = header("x-sig").item("h1=", ';');
                                          s.timestamp = header("x-sig").item("ts=", ';');
                                      }),
                   .content = "1767225600:" + body,
                   .before = "ts=1767225600;h1="});
    all.push_back({.what = "a list with a space behind its commas",
                   .scheme = describe("{timestamp}.{body}",
                                      [](auto& s) {
                                          s.signature = header("x-sig").item("v1=", ',').with_spaces();
                                          s.timestamp = header("x-sig").item("t=", ',').with_spaces();
                                      }),
                   .content = "1767225600." + body,
                   .before = "t=1767225600, v1="});
    all.push_back(
        {.what = "a list with spaces",
         .scheme = describe("{body}", [](auto& s) { s.signature = header("x-sig").item("v1,", ' '); }),
         .content = body,
         .before = "v2,00 v1,",
         .after = " v1,00"});
    for (const char* name : {"X-Sig", "Sig"})
        all.push_back(
            {.what = std::string("two names of a header, used: ") + name,
             .scheme = describe("{body}", [](auto& s) { s.signature = header("x-sig").or_header("sig"); }),
             .content = body,
             .signature_header = name});

    const std::pair<timestamp_form, std::string> times[] = {
        {timestamp_form::unix_seconds, "1767225600"},
        {timestamp_form::unix_milliseconds, "1767225600123"},
        {timestamp_form::unix_seconds_or_milliseconds, "1767225600"},
        {timestamp_form::unix_seconds_or_milliseconds, "1767225600123"},
        {timestamp_form::rfc3339, "2026-01-01T01:00:00.123+01:00"},
        {timestamp_form::http_date, "Thu, 01 Jan 2026 00:00:00 GMT"}};
    for (const auto& [form, text] : times)
        all.push_back({.what = "a time as " + text,
                       .scheme = describe("{timestamp}.{body}",
                                          [f = form](auto& s) {
                                              s.timestamp = header("x-time");
                                              s.timestamp_form = f;
                                          }),
                       .content = text + "." + body,
                       .headers = {{"X-Time", text}}});

    const auto over = [&](std::string_view content, std::string by_hand, header_list headers = {}) {
        all.push_back({.what = "content as " + std::string(content),
                       .scheme = describe(content,
                                          [](auto& s) {
                                              s.event_id = header("x-id");
                                              if (s.signed_content.has(content_op::kind::timestamp))
                                                  s.timestamp = header("x-time");
                                          }),
                       .content = std::move(by_hand),
                       .headers = std::move(headers)});
    };
    over("v0:{timestamp}:{body}", "v0:1767225600:" + body, {{"x-time", "1767225600"}});
    over("{event_id}.{timestamp}.{body}", "msg_1.1767225600." + body,
         {{"x-id", "msg_1"}, {"x-time", "1767225600"}});
    over("{timestamp}{body}", "1767225600" + body, {{"x-time", "1767225600"}});
    over("{body}{timestamp}", body + "1767225600", {{"x-time", "1767225600"}});
    over("{method}{url}{body}{timestamp}", "POST" + url + body + "1767225600", {{"x-time", "1767225600"}});
    over("{body}{url}", body + url);
    over("{method}\n{path}\n{query_string}\n{body}", "POST\n/hook\na=x%20y&b=2\n" + body);
    over("{query:a}{query:b}{body}", "x y2" + body);
    over("{header:content-type}\n{header:date}\n{body}", "text/plain\nnow\n" + body,
         {{"Content-Type", "text/plain"}, {"Date", "now"}});
    over("{json:id}:{json:n}:{json:text}", "evt_1:7:\xC3\xA4");
    over("{json:text|raw}", R"(\u00e4)");
    over("{{[[{body}]]}}", "{[" + body + "]}");
    over("[id:{query:a};][request-id:{header:x-request-id};]ts:{timestamp};", "id:x y;ts:1767225600;",
         {{"x-time", "1767225600"}});
    over("{header:x-id}|{body|sha1}", "7|" + hex_of(digest_of(EVP_sha1(), body)), {{"x-id", "7"}});
    over("{body|sha256}", hex_of(digest_of(EVP_sha256(), body)));
    over("{body|sha384}.{body|sha512}",
         hex_of(digest_of(EVP_sha384(), body)) + "." + hex_of(digest_of(EVP_sha512(), body)));
    over("{body|md5|base64}", base64_of(digest_of(EVP_md5(), body)));
    over("{body|sha256}.{body}", hex_of(digest_of(EVP_sha256(), body)) + "." + body);
    over("{body}.{body}", body + "." + body);
    // More than the engine gathers before it calls the hash, and more than that in one piece.
    static const std::string long_literal = "{header:a}{header:b}" + std::string(300, 'x') + "{body}";
    over(long_literal, std::string(500, 'a') + "b" + std::string(300, 'x') + body,
         {{"a", std::string(500, 'a')}, {"b", "b"}});

    all.push_back(
        {.what = "content in lower case",
         .scheme = describe("{method|lower}{url|lower}{body|sha256|base64}",
                            [](auto& s) { s.digest = digest::sha512; }),
         .content = "posthttps://example.com/hook?a=x%20y&b=2" + base64_of(digest_of(EVP_sha256(), body)),
         .hash = EVP_sha512()});
    return all;
}

header_list delivered(const shape& s, std::string_view key) {
    header_list headers = s.headers;
    headers.emplace_back(s.signature_header,
                         s.before + s.encode(hookseal_tests::hmac(s.hash, key, s.content)) + s.after);
    return headers;
}

template <class Verifier>
error verdict(const Verifier& v, const header_list& headers, std::string_view of_body = body) {
    return v.verify(request{headers, of_body}.at(url)).error();
}

template <class Verifier>
error in_pieces(const Verifier& v, const header_list& headers, std::size_t size) {
    auto running = v.begin(request{headers}.at(url));
    for (std::size_t at = 0; at < body.size(); at += size)
        running.update(std::string_view(body).substr(at, size));
    return std::move(running).finish().error();
}

} // namespace

TEMPLATE_TEST_CASE("shapes: each is accepted under its key, and under no other", "", low_level_hash,
                   evp_hash) {
    for (const shape& s : all_shapes()) {
        INFO(s.what);
        const at_run_time described(s.scheme);
        REQUIRE(described.info().problem == description_problem::none);
        const auto v = described.verifier<TestType>(secret(s.configured_key), now);
        CHECK(verdict(v, delivered(s, s.key)) == error::none);
        CHECK(verdict(v, delivered(s, s.key + "!")) == error::signature_mismatch);

        const auto whole = described.info().protects.body == body_protection::whole;
        const error other_body = verdict(v, delivered(s, s.key), body + " ");
        CHECK(other_body == (whole ? error::signature_mismatch : error::none));

        if (described.info().streams) {
            for (const std::size_t size : {std::size_t{1}, std::size_t{7}, body.size()}) {
                CHECK(in_pieces(v, delivered(s, s.key), size) == error::none);
                CHECK(in_pieces(v, delivered(s, s.key + "!"), size) == error::signature_mismatch);
            }
        } else {
            CHECK(v.begin(request{s.headers}.at(url)).failed() == error::whole_body_needed);
        }
    }
}

TEST_CASE("shapes: a signature that is not exactly of its encoding is malformed") {
    struct row {
        encoding form;
        std::string (*spoil)(const byte_vector&);
    };
    const row rows[] = {
        {encoding::hex, [](const byte_vector& b) { return upper(hex_of(b)); }},
        {encoding::hex, [](const byte_vector& b) { return "0x" + hex_of(b); }},
        {encoding::hex, [](const byte_vector& b) { return hex_of(b) + "0"; }},
        {encoding::hex, [](const byte_vector& b) { return hex_of(b) + " "; }},
        {encoding::hex, [](const byte_vector& b) { return base64_of(b); }},
        {encoding::hex, [](const byte_vector&) { return std::string("undefined"); }},
        {encoding::hex_any_case, [](const byte_vector& b) { return hex_of(b).substr(1); }},
        {encoding::base64, [](const byte_vector& b) { return base64url_of(b); }},
        {encoding::base64, [](const byte_vector& b) { return base64_of(b).substr(0, 43); }},
        {encoding::base64, [](const byte_vector& b) { return base64_of(b) + "\n"; }},
        {encoding::base64, [](const byte_vector& b) { return base64_of(b) + base64_of(b); }},
        {encoding::base64, [](const byte_vector&) { return std::string("===="); }},
        {encoding::base64url, [](const byte_vector& b) { return base64_of(b); }},
    };
    const byte_vector tag = hookseal_tests::hmac(EVP_sha256(), "key", body);
    for (const row& r : rows) {
        INFO(r.spoil(tag));
        const at_run_time described(describe("{body}", [&](auto& s) { s.encoding = r.form; }));
        const auto v = described.verifier(secret("key"));
        const header_list headers{{"x-sig", r.spoil(tag)}};
        const error e = verdict(v, headers);
        CHECK((e == error::malformed_signature || e == error::signature_mismatch));
    }
}

TEST_CASE("shapes: a signature that is cut short, or longer than its digest, does not match") {
    const byte_vector tag = hookseal_tests::hmac(EVP_sha256(), "key", body);
    const at_run_time described(describe("{body}"));
    const auto v = described.verifier(secret("key"));
    for (std::size_t size = 1; size <= 32; ++size) {
        const header_list headers{
            {"x-sig", hex_of({tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(size)})}};
        CHECK((verdict(v, headers) == error::none) == (size == 32));
    }
    byte_vector longer = tag;
    for (std::size_t size = 33; size <= 65; ++size) {
        longer.push_back(0);
        const header_list headers{{"x-sig", hex_of(longer)}};
        CHECK(verdict(v, headers) != error::none);
    }
}

TEST_CASE("shapes: every flipped bit of a signature is noticed") {
    const byte_vector tag = hookseal_tests::hmac(EVP_sha512(), "key", body);
    const at_run_time described(describe("{body}", [](auto& s) { s.digest = digest::sha512; }));
    const auto v = described.verifier(secret("key"));
    for (std::size_t bit = 0; bit < 8 * tag.size(); ++bit) {
        byte_vector flipped = tag;
        flipped[bit / 8] = static_cast<unsigned char>(flipped[bit / 8] ^ (1U << bit % 8));
        const header_list headers{{"x-sig", hex_of(flipped)}};
        CHECK(verdict(v, headers) == error::signature_mismatch);
    }
}

TEST_CASE("shapes: a CRC binds a body as well as a CRC can") {
    // crc32("{}") is 0xa3 0x05 … as any zlib says; over this body it is computed with the table-free definition here.
    std::uint32_t crc = 0xffff'ffff;
    for (const char c : body) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (0xedb8'8320 & (0U - (crc & 1U)));
    }
    crc = ~crc;
    const at_run_time described(describe("{header:id}|{body|crc32}"));
    const auto v = described.verifier(secret("key"));
    const std::string content = "7|" + std::to_string(crc);
    const header_list headers{{"id", "7"}, {"x-sig", hookseal_tests::hmac_sha256_hex("key", content)}};
    CHECK(verdict(v, headers) == error::none);
    CHECK(in_pieces(v, headers, 5) == error::none);
    CHECK(verdict(v, headers, body + " ") == error::signature_mismatch);
}

TEST_CASE("shapes: a hash over key and content is verified with the key where it stands") {
    struct row {
        std::string_view content;
        std::string by_hand;
        digest hash;
        const EVP_MD* md;
    };
    const row rows[] = {
        {"{key}{body}", "key" + body, digest::sha256, EVP_sha256()},
        {"{body}{key}", body + "key", digest::sha512, EVP_sha512()},
        {"{key}|{body}|{key}", "key|" + body + "|key", digest::sha1, EVP_sha1()},
        {"{json:id}+{json:n}+{key}", "evt_1+7+key", digest::sha512, EVP_sha512()},
        {"{key}{body}", "key" + body, digest::md5, EVP_md5()},
    };
    for (const row& r : rows) {
        INFO(r.content);
        const at_run_time described(describe(r.content, [&](auto& s) {
            s.proof = proof::keyed_hash;
            s.digest = r.hash;
        }));
        const auto v = described.verifier(secret("key"));
        const auto evp = described.verifier<evp_hash>(secret("key"));
        const auto other = described.verifier(secret("kez"));
        const header_list headers{{"x-sig", hex_of(digest_of(r.md, r.by_hand))}};
        CHECK(verdict(v, headers) == error::none);
        CHECK(verdict(evp, headers) == error::none);
        CHECK(verdict(other, headers) == error::signature_mismatch);
        if (described.info().streams) CHECK(in_pieces(v, headers, 3) == error::none);
    }
}

TEST_CASE("shapes: a digest that is no hash is refused when the key is prepared, not with every request") {
    for (const proof how : {proof::hmac, proof::keyed_hash}) {
        const at_run_time described(describe(how == proof::hmac ? "{body}" : "{key}{body}", [&](auto& s) {
            s.proof = how;
            s.digest = digest::crc32;
        }));
        CHECK_THROWS_AS(described.verifier(secret("key")), configuration_error);
        CHECK_THROWS_AS(described.verifier<evp_hash>(secret("key")), configuration_error);
    }
}

TEST_CASE("shapes: a token is compared as it stands, whatever its length") {
    const at_run_time described(describe("", [](auto& s) {
        s.proof = proof::token;
        s.encoding = encoding::text;
    }));
    const std::string token(4000, 't');
    const auto v = described.verifier(secret(token));
    CHECK(verdict(v, {{"x-sig", token}}) == error::none);
    CHECK(verdict(v, {{"x-sig", token + "t"}}) == error::signature_mismatch);
    CHECK(verdict(v, {{"x-sig", token.substr(1)}}) == error::signature_mismatch);
    CHECK(verdict(v, {{"x-sig", "T" + token.substr(1)}}) == error::signature_mismatch);
    CHECK(verdict(v, {{"x-sig", " " + token}}) == error::signature_mismatch);
    CHECK(verdict(v, {{"x-sig", ""}}) == error::missing_signature);
    CHECK(verdict(v, {}) == error::missing_signature);
    CHECK(in_pieces(v, {{"x-sig", token}}, 9) == error::none);
}

TEST_CASE("shapes: a token may stand in a body, of a bounded length where it is spelled in escapes") {
    const at_run_time described(describe("", [](auto& s) {
        s.proof = proof::token;
        s.encoding = encoding::text;
        s.signature = json("token");
    }));
    const auto v = described.verifier(secret("t\"1"));
    CHECK(verdict(v, {}, R"({"token":"t\"1"})") == error::none);
    CHECK(verdict(v, {}, R"({"token":"\u0074\u0022\u0031"})") == error::none);
    CHECK(verdict(v, {}, R"({"token":"t1"})") == error::signature_mismatch);
    CHECK(verdict(v, {}, R"({"token":")" + std::string(9000, 'a') + R"(\n"})") == error::malformed_signature);
}
