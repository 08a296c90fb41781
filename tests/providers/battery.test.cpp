// SPDX-License-Identifier: MIT
// What holds for every provider in `all_providers`, derived from its description: to list one is to test it.
// `s.judge` verifies in one go, in pieces, by name, with a tenant's keys, and again: all must agree.
#include "providers/every_provider.hpp"
#include "providers/subject.hpp"
#include "support/catch.hpp"

#include <hookseal/hookseal.hpp>
#include <hookseal/testing.hpp>

#include <array>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using hookseal::error;
using hookseal::freshness;
using hookseal_tests::check_refused;
using hookseal_tests::delivery;
using hookseal_tests::signed_at;
using hookseal_tests::subject;
using hookseal_tests::verdict;
using namespace std::chrono_literals;
using place = hookseal::field::place;

namespace {

std::string upper(std::string_view text) {
    std::string all(text);
    for (char& c : all)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return all;
}

std::string with_bit_flipped(std::string text, std::size_t bit) {
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
    return text;
}

bool is_list_of_spaces(const subject& s, std::string_view header) {
    return s.form().signature.separator == ' ' && s.is_signature_header(header);
}

/// What `id` or `type` of the genuine delivery must read as; beside the id other parts may stand.
bool reads_as(const hookseal::selector& where, std::string_view value, const std::string& got) {
    const place first = where.parts[0].where;
    const bool written = first == place::header || first == place::json || first == place::form;
    if (!written) return got.empty();
    return where.parts[1] ? got.find(value) != std::string::npos : got == value;
}

/// Whether the body can be any bytes, and a signer signs it: not where fields of it are signed, or the signature is in it.
bool takes_any_body(const subject& s) {
    if (s.name() == "x_twitter")
        return false; // refuses bodies that its challenge has signed for whoever asks
    return s.protects().body != hookseal::body_protection::some_fields && !s.signature_is_in_body();
}

/// Whether two values of this header, joined with a comma, are one list of signatures.
bool is_list_when_joined(const subject& s, std::string_view header) {
    const hookseal::outgoing_form form = s.form();
    const bool has_named_time = form.timestamp.name == form.signature.name && !form.timestamp.prefix.empty();
    return s.is_signature_header(header) && form.signature.separator == ',' && !has_named_time;
}

/// Whether a digit in front makes another number of the one that a signature has.
bool is_any_number(const subject& s, std::string_view header, char c) {
    const std::string_view prefix = s.form().signature.prefix;
    const auto is_digit = [](char d) { return d >= '0' && d <= '9'; };
    return s.is_signature_header(header) && !prefix.empty() && is_digit(prefix.front()) && is_digit(c);
}

/// Whether a word or number stands before the signature that may be spelled in another way: the case of the word
/// `application`, the number of a key or scheme.
bool has_free_word(const subject& s) {
    return s.name() == "sinch_voice" || s.name() == "worldpay_access" || s.name() == "convoy_advanced";
}

/// Whether two deliveries show the same signature, where the description says so in whatever case.
bool same_signature(const subject& s, const delivery& a, const delivery& b) {
    const auto of = [&](const delivery& d) {
        const std::optional<std::string> read = s.read_signature(d);
        const bool any_case = s.form().encoding == hookseal::encoding::hex_any_case;
        return read && any_case ? std::optional(upper(*read)) : read;
    };
    return of(a) == of(b);
}

} // namespace

// Genuine deliveries --------------------------------------------------------------------------------------

EVERY_PROVIDER("a genuine delivery is accepted, with the id, type and time that the description names") {
    const verdict got = s.judge(s.genuine());
    CHECK(got.error == "none");
    CHECK(got.key_index == 0);
    CAPTURE(got.id, got.type);
    CHECK(reads_as(s.info().event_id, "evt_1", got.id));
    CHECK(reads_as(s.info().event_type, "thing.done", got.type));
    CHECK(got.signed_at.has_value() == s.protects().timestamp);
    if (got.signed_at) CHECK(*got.signed_at == signed_at);
}

EVERY_PROVIDER("the delivery for users' own tests is genuine") { s.check_ready_delivery(); }

EVERY_PROVIDER("what the signer makes is accepted, whatever the body's length and bytes") {
    if (!takes_any_body(s)) return;
    constexpr std::size_t sizes[] = {0, 1, 31, 32, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 5000};
    for (const std::size_t size : sizes) {
        CAPTURE(size);
        CHECK(s.judge(s.signed_body(std::string(size, '7'))).error == "none");
        std::string binary(size, '\0');
        for (std::size_t i = 0; i < size; ++i)
            binary[i] = static_cast<char>(255 - i % 256);
        CHECK(s.judge(s.signed_body(binary)).error == "none");
        if (size > 0) CHECK(s.judge(s.signed_body(std::string(size, '\0'))).error == "none");
    }
}

EVERY_PROVIDER("the case of header names does not matter") {
    delivery shouted = s.genuine();
    delivery mixed = shouted;
    for (auto& [name, value] : shouted.headers)
        name = upper(name);
    for (auto& [name, value] : mixed.headers)
        for (std::size_t i = 0; i < name.size(); i += 3)
            name[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[i])));
    CHECK(s.judge(shouted) == s.judge(s.genuine()));
    CHECK(s.judge(mixed) == s.judge(s.genuine()));
}

EVERY_PROVIDER("the order of headers, and other headers, do not matter") {
    delivery reversed = s.genuine();
    std::reverse(reversed.headers.begin(), reversed.headers.end());
    CHECK(s.judge(reversed) == s.judge(s.genuine()));

    delivery among_others = s.genuine();
    for (const auto& [other, value] : delivery(among_others).headers) {
        among_others.headers.emplace_back(other + "s", value);
        among_others.headers.emplace_back("x" + other, "");
        among_others.headers.insert(among_others.headers.begin(), {other.substr(1), "junk\n"});
    }
    for (const char* other : {"host", "content-type", "content-type", "signature", "authorization", ""})
        if (s.genuine().without(other).headers.size() == s.genuine().headers.size())
            among_others.headers.emplace_back(other, "anything");
    CHECK(s.judge(among_others) == s.judge(s.genuine()));
}

// Other bytes than were signed ----------------------------------------------------------------------------

EVERY_PROVIDER("a changed bit of the body is refused, or changes nothing where the body is not signed") {
    const delivery genuine = s.genuine();
    const bool in_body = s.signature_is_in_body();
    const auto signed_content = s.content_of(genuine, "key");
    for (std::size_t bit = 0; bit < 8 * genuine.body.size(); ++bit) {
        CAPTURE(bit);
        const delivery changed = genuine.with_body(with_bit_flipped(genuine.body, bit));
        const verdict got = s.judge(changed);
        const bool same = s.content_of(changed, "key") == signed_content
                          && (!in_body || same_signature(s, changed, genuine));
        if (s.protects().body == hookseal::body_protection::whole) CHECK_FALSE(same);
        if (same)
            CHECK(got.error == "none");
        else if (s.info().streams)
            check_refused(got, "signature_mismatch");
        else
            check_refused(got); // perhaps it cannot even be read
    }
    if (s.protects().body == hookseal::body_protection::none && !in_body)
        CHECK(s.judge(genuine.with_body("x")).accepted());
}

EVERY_PROVIDER("a body cut short, or with more bytes at an end, is refused where the body is signed") {
    if (s.protects().body != hookseal::body_protection::whole) return;
    const delivery genuine = s.genuine();
    for (std::size_t size = 0; size < genuine.body.size(); ++size) {
        check_refused(s.judge(genuine.with_body(genuine.body.substr(0, size))), "signature_mismatch");
        check_refused(s.judge(genuine.with_body(genuine.body.substr(genuine.body.size() - size))));
    }
    for (const char c : {'\0', ' ', '\n', '\r', '.', ':', '7'}) {
        check_refused(s.judge(genuine.with_body(genuine.body + c)), "signature_mismatch");
        check_refused(s.judge(genuine.with_body(c + genuine.body)), "signature_mismatch");
    }
    check_refused(s.judge(genuine.with_body("\xef\xbb\xbf" + genuine.body)), "signature_mismatch");
    check_refused(s.judge(genuine.with_body(genuine.body + genuine.body)), "signature_mismatch");
    check_refused(s.judge(s.signed_body("").with_body(".")), "signature_mismatch");
    check_refused(s.judge(s.signed_body(std::string(64, '.')).with_body(std::string(63, '.'))),
                  "signature_mismatch");
}

EVERY_PROVIDER(
    "a changed bit of a header that binds is refused, and of another one changes nothing that is bound") {
    delivery genuine = s.genuine();
    const auto binding = s.binding_headers();
    for (const auto& [name, value] : genuine.headers) {
        const bool binds = std::find(binding.begin(), binding.end(), name) != binding.end();
        for (std::size_t bit = 0; bit < 8 * value.size(); ++bit) {
            const delivery changed = genuine.with(name, with_bit_flipped(value, bit));
            CAPTURE(name, bit);
            const verdict got = s.judge(changed);
            const auto [holder, at, size] = s.signature_place(genuine);
            const bool other_case_of_hex = s.form().encoding == hookseal::encoding::hex_any_case
                                           && s.is_signature_header(name) && bit / 8 >= at
                                           && bit / 8 < at + size && bit % 8 == 5
                                           && std::isalpha(static_cast<unsigned char>(value[bit / 8]));
            const bool other_word = has_free_word(s) && s.is_signature_header(name)
                                    && s.content_of(changed) == s.content_of(genuine)
                                    && s.read_signature(changed) == s.read_signature(genuine);
            if (binds && !other_case_of_hex && !other_word)
                check_refused(got);
            else
                CHECK(got.error == "none");
        }
    }
}

EVERY_PROVIDER("what the description protects is what binds") {
    const delivery genuine = s.genuine();
    const hookseal::outgoing_form form = s.form();
    const bool apart = form.timestamp.where == place::header && form.timestamp.name != form.signature.name;
    if (apart) CHECK(s.is_signed(genuine, form.timestamp.name) == s.protects().timestamp);
    const hookseal::field& id = s.info().event_id.parts[0];
    if (s.protects().event_id && id.where != place::query)
        CHECK(s.content_of(s.genuine(0, "evt_2")) != s.content_of(genuine));
    else if (id.where == place::header)
        CHECK_FALSE(s.is_signed(genuine, id.name));
    else if (id.where == place::json)
        CHECK(s.protects().body != hookseal::body_protection::whole);
}

EVERY_PROVIDER("a body or a signature from another delivery is refused") {
    const delivery one = s.genuine(0, "evt_1");
    const delivery other = s.another();
    if (s.content_of(one, "key") == s.content_of(other, "key")) return; // one signature for both
    check_refused(s.judge(s.with_signature(one, s.signature_of(other))), "signature_mismatch");
    if (s.protects().body == hookseal::body_protection::none || s.signature_is_in_body()) return;
    check_refused(s.judge(one.with_body(other.body)), "signature_mismatch");
}

// Headers that are not as the scheme prescribes -----------------------------------------------------------

EVERY_PROVIDER("a missing or empty header that binds is refused, and said to be missing") {
    const delivery genuine = s.genuine();
    for (const std::string& name : s.binding_headers()) {
        CAPTURE(name);
        // What may be left out, is then not signed.
        const bool may_be_absent = s.error_of_reading(genuine.without(name)) == error::none;
        const std::string_view missing = s.is_signature_header(name)       ? "missing_signature"
                                         : name == s.form().timestamp.name ? "missing_timestamp"
                                         : may_be_absent                   ? "signature_mismatch"
                                                                           : "missing_field";
        check_refused(s.judge(genuine.without(name)), missing);
        check_refused(s.judge(genuine.with(name, "")), missing);
    }
    if (s.signature_is_in_body())
        check_refused(s.judge({genuine.headers, "{}"}), "missing_signature");
    else
        check_refused(s.judge({{}, genuine.body}), "missing_signature");
}

EVERY_PROVIDER("a header that binds and comes twice is refused, equal or not, in either order") {
    const delivery genuine = s.genuine();
    for (const std::string& name : s.binding_headers()) {
        for (const std::string& second : {delivery(genuine)[name], std::string("x"), std::string(),
                                          delivery(s.genuine(1, "evt_2"))[name]}) {
            CAPTURE(name, second);
            delivery after = genuine;
            after.headers.emplace_back(upper(name), second);
            check_refused(s.judge(after), "repeated_header");
            delivery before = genuine;
            before.headers.insert(before.headers.begin(), {name, second});
            check_refused(s.judge(before), "repeated_header");
        }
    }
}

EVERY_PROVIDER("headers joined with a comma, as some frameworks do with repeated ones, are refused") {
    const delivery genuine = s.genuine();
    for (const std::string& name : s.binding_headers()) {
        const std::string value = delivery(genuine)[name];
        const std::string other = s.genuine(1, "evt_2")[name];
        for (const char* joint : {",", ", ", " , ", " ,"}) {
            CAPTURE(name, joint);
            if (!is_list_when_joined(s, name) || joint != std::string_view(",")) {
                check_refused(s.judge(genuine.with(name, value + joint + value)));
                check_refused(s.judge(genuine.with(name, value + joint + other)));
                check_refused(s.judge(genuine.with(name, other + joint + value)));
            }
            check_refused(s.judge(genuine.with(name, value + joint)));
            check_refused(s.judge(genuine.with(name, joint + value)));
        }
    }
}

EVERY_PROVIDER("a truncated header that binds is refused at every length, from either end") {
    const delivery genuine = s.genuine();
    for (const std::string& name : s.binding_headers()) {
        const std::string value = delivery(genuine)[name];
        for (std::size_t size = 0; size < value.size(); ++size) {
            CAPTURE(name, size);
            check_refused(s.judge(genuine.with(name, value.substr(0, size))));
            const std::string end = value.substr(value.size() - size);
            if (!s.is_another_form(genuine, name, end)) check_refused(s.judge(genuine.with(name, end)));
        }
    }
}

EVERY_PROVIDER("any byte before or behind the value of a header that binds is refused") {
    const delivery genuine = s.genuine();
    for (const std::string& name : s.binding_headers()) {
        const std::string value = delivery(genuine)[name];
        for (int byte = 0; byte < 256; ++byte) {
            if (byte == ' ' && is_list_of_spaces(s, name)) continue; // an empty element, which is passed over
            CAPTURE(name, byte);
            const char c = static_cast<char>(byte);
            if (!is_any_number(s, name, c)) check_refused(s.judge(genuine.with(name, c + value)));
            check_refused(s.judge(genuine.with(name, value + c)));
        }
        check_refused(s.judge(genuine.with(name, "\"" + value + "\"")));
        check_refused(s.judge(genuine.with(name, value + "\r\n")));
        check_refused(s.judge(genuine.with(name, "\t" + value + " ")));
    }
}

EVERY_PROVIDER("words that stand for nothing are no signature") {
    const delivery genuine = s.genuine();
    const std::string prefix(s.form().signature.prefix);
    for (const char* nothing : {"undefined", "null", "true", "NaN", "0", "*", "-", "=", ""}) {
        CAPTURE(nothing);
        check_refused(s.judge(s.with_signature(genuine, nothing)));
        if (s.signature_is_in_body()) continue;
        check_refused(s.judge(genuine.with(s.form().signature.name, nothing)));
        check_refused(s.judge(genuine.with(s.form().signature.name, prefix + nothing)));
    }
}

EVERY_PROVIDER("a signature in the body is refused when it is cut short or has more at an end") {
    if (!s.signature_is_in_body()) return; // headers: see above
    const delivery genuine = s.genuine();
    const std::string signature = s.signature_of(genuine);
    for (std::size_t size = 0; size < signature.size(); ++size) {
        CAPTURE(size);
        check_refused(s.judge(s.with_signature(genuine, signature.substr(0, size))));
        check_refused(s.judge(s.with_signature(genuine, signature.substr(signature.size() - size))));
    }
    for (int byte = 0; byte < 256; ++byte) {
        if (byte == '&' && s.form().signature.where == place::form) continue; // the end of a form's field
        CAPTURE(byte);
        const char c = static_cast<char>(byte);
        check_refused(s.judge(s.with_signature(genuine, c + signature)));
        check_refused(s.judge(s.with_signature(genuine, signature + c)));
    }
}

EVERY_PROVIDER("a signature has one spelling, but for the case of hex where the description says so") {
    if (!s.has_one_encoding()) return;
    const delivery genuine = s.genuine();
    const std::string signature = s.read_signature(genuine).value();
    const auto spelled = [&](const std::string& other) {
        REQUIRE(other != signature);
        return s.judge(s.with_signature(genuine, s.as_written(other)));
    };

    std::vector<unsigned char> bytes(signature.size());
    using enum hookseal::encoding;
    switch (s.form().encoding) {
    case hex:
    case hex_any_case: {
        bytes.resize(signature.size() / 2);
        REQUIRE(hookseal::decode_hex(signature, bytes));
        const verdict shouted = spelled(upper(signature));
        if (s.form().encoding == hex_any_case)
            CHECK(shouted == s.judge(genuine));
        else
            check_refused(shouted, "malformed_signature");
        std::string text(hookseal::base64_size(bytes.size(), hookseal::base64_form::padded), '\0');
        hookseal::encode_base64(bytes, text.data(), hookseal::base64_form::padded);
        check_refused(spelled(text), "malformed_signature");
        check_refused(spelled("0x" + signature), "malformed_signature");
        check_refused(spelled(signature + "00"));
        check_refused(spelled("00" + signature));
        break;
    }
    case base64: {
        bytes.resize(hookseal::decode_base64(signature, bytes, hookseal::base64_form::padded));
        std::string url = signature;
        std::replace(url.begin(), url.end(), '+', '-');
        std::replace(url.begin(), url.end(), '/', '_');
        if (url != signature) check_refused(spelled(url), "malformed_signature");
        std::string text(2 * bytes.size(), '\0');
        hookseal::encode_hex(bytes, text.data());
        check_refused(spelled(text));
        if (signature.ends_with('=')) {
            check_refused(spelled(signature.substr(0, signature.find('='))), "malformed_signature");
            std::string left_over_bits = signature;
            ++left_over_bits[signature.find('=') - 1];
            check_refused(spelled(left_over_bits));
        }
        check_refused(spelled(signature + "===="), "malformed_signature");
        check_refused(spelled(std::string(signature).insert(4, "\n")), "malformed_signature");
        break;
    }
    case base64url:
    case text:
    case decimal: break;
    }
}

EVERY_PROVIDER("a timestamp that is not exactly of its form is refused for its form") {
    if (!s.protects().timestamp || s.form().timestamp_form != hookseal::timestamp_form::unix_seconds) return;
    const delivery genuine = s.genuine();
    for (const char* text :
         {"",
          "0",
          "NaN",
          "-1767225600",
          "+1767225600",
          "01767225600",
          " 1767225600",
          "1767225600 ",
          "1767225600\n",
          "1767225600.0",
          "1767225600.",
          "1767225600e0",
          "1.7672256e9",
          "0x6955b900",
          "1_767_225_600",
          "1767225600s",
          "1767225600000",
          "18446744075476777216",
          "9223372036854775807",
          "2026-01-01T00:00:00Z",
          "\xd9\xa1\xd9\xa7\xd9\xa6\xd9\xa7\xd9\xa2\xd9\xa2\xd9\xa5\xd9\xa6\xd9\xa0\xd9\xa0"}) {
        CAPTURE(text);
        const verdict got = s.judge(s.with_time(genuine, text));
        check_refused(got);
        CHECK(got.error != "signature_mismatch");
    }
}

EVERY_PROVIDER("a header of more than 8192 bytes is refused before it is looked into") {
    const delivery genuine = s.genuine();
    for (const std::string& name : s.binding_headers()) {
        const std::string value = delivery(genuine)[name];
        check_refused(s.judge(genuine.with(name, std::string(8193, 'a'))), "too_large");
        check_refused(s.judge(genuine.with(name, value + std::string(100'000, ' '))), "too_large");
        CHECK(s.judge(genuine.with(name, std::string(8192, 'a'))).error != "too_large");
    }
}

EVERY_PROVIDER("of a list of signatures any may match, up to 32 of them") {
    const hookseal::field at = s.form().signature;
    if (at.separator == '\0') return;
    const delivery genuine = s.genuine();
    const std::string good = s.signature_of(genuine);
    const std::string wrong = s.signature_of(s.genuine(1));
    const auto with_others = [&](std::size_t before, std::size_t after) {
        std::string all;
        for (std::size_t i = 0; i < before; ++i)
            all.append(wrong) += at.separator + std::string(at.prefix);
        all += good;
        for (std::size_t i = 0; i < after; ++i)
            all += at.separator + std::string(at.prefix) + wrong;
        return s.judge(s.with_signature(genuine, all));
    };
    CHECK(with_others(1, 0).error == "none");
    CHECK(with_others(0, 1).error == "none");
    const bool time_is_one = s.form().timestamp.name == at.name;
    CHECK(with_others(time_is_one ? 30 : 31, 0).error == "none");
    check_refused(with_others(32, 0), "too_large");
    check_refused(with_others(0, 32), "too_large");
}

// Keys ----------------------------------------------------------------------------------------------------

EVERY_PROVIDER("under another key a delivery is refused") {
    check_refused(s.judge(s.genuine(1)), "signature_mismatch");
    check_refused(s.judge(s.genuine(0), {.keys = {1}}), "signature_mismatch");
    check_refused(s.judge(s.genuine(3), {.keys = {0, 1, 2}}), "signature_mismatch");
}

EVERY_PROVIDER("while keys are rotated any may match, and the event says which") {
    const delivery by[] = {s.genuine(0), s.genuine(1), s.genuine(2)};
    for (std::size_t i = 0; i < 3; ++i) {
        const verdict got = s.judge(by[i], {.keys = {0, 1, 2}});
        CHECK(got.error == "none");
        CHECK(got.key_index == i);
        CHECK(s.judge(by[i], {.keys = {2, 1, 0}}).key_index == 2 - i);
    }
    CHECK(s.judge(by[0], {.keys = {1, 2, 3, 4, 5, 6, 7, 0}}).key_index == 7);
}

EVERY_PROVIDER("with a wrong key no verifier is built") {
    using hookseal::public_key;
    using hookseal::secret;
    const auto refusal = [&](hookseal::key_list keys) {
        const error e = s.refusal(keys);
        if (e != error::none) CHECK(http_status(e) == 500);
        return std::string(name(e));
    };
    const bool shared = hookseal::detail::is_shared_secret(s.info().keys[0].how);
    const secret good = hookseal_tests::test_secret(0);
    if (shared) {
        CHECK(refusal(secret("")) == "empty_secret");
        CHECK(refusal(secret::from_bytes({})) == "empty_secret");
        CHECK(refusal({good, secret("")}) == "empty_secret");
        CHECK(refusal({secret(""), good}) == "empty_secret");
        CHECK(refusal(secret("   ")) == "secret_has_white_space");
        CHECK(refusal(secret("c2VjcmV0LXNlY3JldC1zZWNyZXQ=\n")) == "secret_has_white_space");
        CHECK(refusal(secret::from_env("HOOKSEAL_TESTS_NO_SUCH_VARIABLE")) == "unreadable_secret");
        const std::size_t least = s.info().keys[0].form.at_least;
        const std::vector<unsigned char> bytes(least, 'k');
        CHECK(refusal(secret::from_bytes(bytes)) == "none");
        if (least > 1)
            CHECK(refusal(secret::from_bytes(std::span(bytes).first(least - 1))) == "secret_too_short");
        const std::vector<hookseal::key_material> nine(9, good);
        CHECK(refusal(std::span(nine)) == "too_many_keys");
    } else {
        CHECK(refusal(good) == "unsuitable_key");
        CHECK(refusal(public_key("")) == "empty_secret");
        CHECK(refusal(public_key("not a key")) == "malformed_secret");
    }
    CHECK(refusal(std::initializer_list<hookseal::key_material>{}) == "missing_secret");
    CHECK(refusal(std::span<const hookseal::key_material>{}) == "missing_secret");

    secret moved = hookseal_tests::test_secret(0);
    const secret taken(std::move(moved));
    CHECK(refusal(moved) == "missing_secret");
}

EVERY_PROVIDER("a weakness must be accepted by name, and no other") {
    const hookseal_tests::receiving_keys keys(s.info().keys[0], {0});
    for (const hookseal::weakness w : hookseal_tests::all_weaknesses_by_value) {
        std::vector<hookseal::weakness> others;
        for (const hookseal::weakness other : hookseal_tests::all_weaknesses_by_value)
            if (other != w) others.push_back(other);
        const auto made = hookseal::dynamic_verifier<>::make(s.scheme(), keys.list(), others,
                                                             {.options = hookseal_tests::options});
        CHECK(name(made.error()) == (s.protects().has(w) ? "weakness_not_accepted" : "none"));
    }
}

// Time ----------------------------------------------------------------------------------------------------

EVERY_PROVIDER("a delivery is fresh up to the tolerance, edges included, and no second longer") {
    const delivery genuine = s.genuine();
    const auto at = [&](std::chrono::seconds from_signing, freshness tolerance = {}) {
        return s.judge(genuine, {.tolerance = tolerance, .now = signed_at + from_signing}).error;
    };
    if (!s.protects().timestamp) {
        CHECK(at(100h * 365) == "none");
        CHECK(at(-100h * 365) == "none");
        CHECK(at(1s, freshness(0s)) == "none");
        return;
    }
    const std::chrono::seconds usual = s.info().tolerance;
    CHECK(at(usual) == "none");
    CHECK(at(-usual) == "none");
    CHECK(at(usual + 1s) == "timestamp_too_old");
    CHECK(at(-usual - 1s) == "timestamp_too_new");

    CHECK(at(10s, freshness(10s)) == "none");
    CHECK(at(11s, freshness(10s)) == "timestamp_too_old");
    CHECK(at(-10s, freshness(10s)) == "none");
    CHECK(at(-11s, freshness(10s)) == "timestamp_too_new");

    CHECK(at(0s, freshness(0s)) == "none");
    CHECK(at(1s, freshness(0s)) == "timestamp_too_old");
    CHECK(at(-1s, freshness(0s)) == "timestamp_too_new");

    CHECK(at(900s, freshness::within(900s, 5s)) == "none");
    CHECK(at(-5s, freshness::within(900s, 5s)) == "none");
    CHECK(at(-6s, freshness::within(900s, 5s)) == "timestamp_too_new");
    CHECK(at(6s, freshness::within(5s, 900s)) == "timestamp_too_old");

    check_refused(s.judge(genuine, {.now = signed_at + 1h}));
}

EVERY_PROVIDER("unchecked freshness accepts any time, and checks the signature all the same") {
    const delivery genuine = s.genuine();
    for (const auto from_signing : {0s, 301s, -301s, 1'000'000'000s, -1'000'000'000s})
        CHECK(s.judge(genuine, {.tolerance = freshness::unchecked, .now = signed_at + from_signing}).error
              == "none");
    CHECK(s.judge(genuine, {.tolerance = freshness::unchecked, .now = {}}).error == "none");
    check_refused(s.judge(s.genuine(1), {.tolerance = freshness::unchecked}), "signature_mismatch");
}

EVERY_PROVIDER("a clock that gives no time, or an impossible one, rejects where a time is signed, and asks "
               "for a retry") {
    const std::string expected = s.protects().timestamp ? "clock_failed" : "none";
    const std::optional<std::chrono::sys_seconds> impossible[] = {std::nullopt, std::chrono::sys_seconds(-1s),
                                                                  std::chrono::sys_seconds::min(),
                                                                  std::chrono::sys_seconds::max()};
    for (const auto& now : impossible) {
        const verdict got = s.judge(s.genuine(), {.now = now});
        CHECK(got.error == expected);
        CHECK(got.http_status == (s.protects().timestamp ? 503 : 200));
    }
}

EVERY_PROVIDER("a negative tolerance is refused when the verifier is built") {
    const hookseal_tests::receiving_keys keys(s.info().keys[0], {0});
    for (const freshness wrong : {freshness(-1s), freshness::within(-1s, 1s), freshness::within(1s, -1s)}) {
        const auto made = hookseal::dynamic_verifier<>::make(
            s.scheme(), keys.list(), hookseal_tests::all_weaknesses_by_value, {.tolerance = wrong});
        CHECK(name(made.error()) == "invalid_tolerance");
    }
}

// Ids and types -------------------------------------------------------------------------------------------

EVERY_PROVIDER("an id or type that is not there is empty") {
    const hookseal::field& id = s.info().event_id.parts[0];
    const hookseal::field& type = s.info().event_type.parts[0];
    if (takes_any_body(s)) {
        for (const char* body :
             {"", "{}", "[]", "null", "not json", R"({"id":null,"type":{}})", "{\"id\":\"", "id=1"}) {
            const verdict got = s.judge(s.signed_body(body));
            CAPTURE(body);
            CHECK(got.error == "none");
            CHECK(got.id == (id.where == place::header ? "evt_1" : ""));
            CHECK(got.type == (type.where == place::header ? "thing.done" : ""));
        }
    }
    delivery genuine = s.genuine();
    const auto binding = s.binding_headers();
    for (const hookseal::field& at : {id, type}) {
        const bool binds = std::find(binding.begin(), binding.end(), at.name) != binding.end();
        if (at.where != place::header || binds) continue;
        const auto read = [&](const delivery& d) {
            const verdict got = s.judge(d);
            CHECK(got.error == "none");
            return at.name == id.name ? got.id : got.type;
        };
        CHECK(read(genuine.without(at.name)).empty());
        CHECK(read(genuine.with(at.name, "")).empty());
        CHECK(read(genuine.with(at.name, "another")) == "another");
        genuine.headers.emplace_back(at.name, "second");
        CHECK(read(genuine).empty());
        genuine = s.genuine();
    }
}

EVERY_PROVIDER("an id with a quote, an escape or other letters comes out as it is") {
    if (s.info().event_id.parts[0].where != place::json || s.info().event_id.parts[1]) return;
    for (const char* id : {"a\"b", "a\\b", "caf\xc3\xa9", "\xf0\x9f\x94\x92", "a/b", "{}", "0"})
        CHECK(s.judge(s.genuine(0, id)).id == id);
}

// Bodies in pieces ----------------------------------------------------------------------------------------

EVERY_PROVIDER("a body in pieces can be had back only if it is the one fed") {
    if (!s.info().streams) return;
    const delivery d = s.genuine();
    const auto with = s.verifier();
    const hookseal::request head = d.head();
    const auto finish = [&](std::string_view whole) {
        auto running = with.begin(head);
        hookseal_tests::feed(running, d.body, 7);
        return std::move(running).finish(whole);
    };
    const auto event = finish(d.body);
    REQUIRE(event.has_value());
    CHECK(event->has_body());
    CHECK(event->body() == d.body);

    std::string other = d.body;
    other.back() = ' ';
    CHECK(name(finish(other).error()) == "content_mismatch");
    CHECK(name(finish(d.body + " ").error()) == "content_mismatch");
    CHECK(name(finish(std::string_view(d.body).substr(1)).error()) == "content_mismatch");
    CHECK(name(finish("").error()) == "content_mismatch");
    CHECK(http_status(finish(other).error()) == 401);
}

EVERY_PROVIDER("a body that nobody kept leaves its digest, and what stands in headers") {
    if (!s.info().streams) return;
    const delivery d = s.genuine();
    const auto with = s.verifier();
    const hookseal::request head = d.head();
    auto running = with.begin(head);
    CHECK(running.failed() == error::none);
    hookseal_tests::feed(running, d.body, 7);
    const auto event = std::move(running).finish();
    REQUIRE(event.has_value());
    CHECK_FALSE(event->has_body());
    CHECK(event->body().empty());
    CHECK(event->id() == (s.info().event_id.parts[0].where == place::header ? "evt_1" : ""));
    CHECK(event->type() == (s.info().event_type.parts[0].where == place::header ? "thing.done" : ""));

    hookseal::body_digests expected;
    REQUIRE(expected.want(hookseal::digest::sha256));
    REQUIRE(expected.update(d.body));
    REQUIRE(expected.finish());
    const auto digest = expected.get(hookseal::digest::sha256);
    CHECK(event->digest_of_body().has_value() == !s.protects().event_id);
    if (event->digest_of_body())
        CHECK(std::equal(digest.begin(), digest.end(), event->digest_of_body()->begin()));
}

EVERY_PROVIDER("a head that rejects does so before the body, and stays rejected") {
    if (!s.info().streams) return;
    const delivery d = s.genuine();
    const auto with = s.verifier();
    const hookseal::signed_headers none;
    auto running = with.begin(hookseal::request{none});
    CHECK(running.failed() == error::missing_signature);
    hookseal_tests::feed(running, d.body, 7);
    CHECK(std::move(running).finish(d.body).error() == error::missing_signature);
}

EVERY_PROVIDER("a body that must be whole is said to be needed so") {
    if (s.info().streams) return;
    const delivery d = s.genuine();
    const auto with = s.verifier();
    auto running = with.begin(d.head());
    CHECK(running.failed() == error::whole_body_needed);
    hookseal_tests::feed(running, d.body, 7);
    CHECK(std::move(running).finish(d.body).error() == error::whole_body_needed);
}

EVERY_PROVIDER("a verification that was moved from, or is finished, rejects") {
    if (!s.info().streams) return;
    const delivery d = s.genuine();
    const auto with = s.verifier();
    const std::string_view body = d.body;
    auto from = with.begin(d.head());
    from.update(body.substr(0, 5));
    auto to = std::move(from);
    from.update(body.substr(5));
    to.update(body.substr(5));
    CHECK(std::move(from).finish().error() == error::unverified);
    CHECK(std::move(from).finish(body).error() == error::unverified);
    CHECK(std::move(to).finish().has_value());
    CHECK(std::move(to).finish().error() == error::unverified);
    CHECK(std::move(to).finish(body).error() == error::unverified);
    CHECK(http_status(error::unverified) == 401);
}

// The catalogue -------------------------------------------------------------------------------------------

EVERY_PROVIDER("the catalogue finds it by its name, and by no other") {
    const std::string found(s.name());
    REQUIRE(hookseal::find_provider(found) != nullptr);
    CHECK(hookseal::find_provider(found)->info().name == found);
    CHECK(hookseal::find_provider(upper(found)) == nullptr);
    CHECK(hookseal::find_provider(found + " ") == nullptr);
    CHECK(hookseal::find_provider(found.substr(1)) == nullptr);
}

TEST_CASE("catalog: names are lower case, told apart and in order") {
    for (std::size_t i = 0; i < hookseal::catalog.size(); ++i) {
        const std::string_view name = hookseal::catalog[i].info().name;
        CAPTURE(name);
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
        CHECK_FALSE(name.empty());
        if (i > 0) CHECK(hookseal::catalog[i - 1].info().name < name);
    }
    CHECK(hookseal::find_provider("") == nullptr);
    CHECK(hookseal::find_provider("nobody") == nullptr);
}
