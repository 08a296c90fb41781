// SPDX-License-Identifier: MIT
#include <hookseal/encoding/form.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

std::optional<std::string> decoded(std::string_view raw) {
    const heap_copy copy{raw};
    std::string text;
    const bool read = decode_form(copy.view(), [&text](std::string_view piece) {
        text += piece;
        return true;
    });
    if (!read) return std::nullopt;
    return text;
}

/// The raw value behind `one:`, else what there is instead.
std::string found(std::string_view form, std::string_view name) {
    const heap_copy copy{form};
    const form_value value = find_form_field(copy.view(), name);
    switch (value.match) {
    case form_match::one: return "one:" + std::string{value.raw};
    case form_match::missing: return value.raw.empty() ? "missing" : "missing, with a value";
    case form_match::repeated: return value.raw.empty() ? "repeated" : "repeated, with a value";
    default: return value.raw.empty() ? "malformed" : "malformed, with a value";
    }
}

/// The same answers, written a second time with vectors and copies.
std::optional<std::string> naively_decoded(std::string_view raw) {
    std::string text;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '%') {
            text += raw[i] == '+' ? ' ' : raw[i];
            continue;
        }
        const std::string digits{raw.substr(i + 1, 2)};
        if (digits.size() != 2 || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
            return {};
        text += static_cast<char>(std::stoi(digits, nullptr, 16));
        i += 2;
    }
    return text;
}

std::string naively_found(const std::string& form, const std::string& name) {
    std::vector<std::string> pairs{""};
    for (const char c : form) {
        if (c == '&') {
            pairs.emplace_back();
        } else {
            pairs.back() += c;
        }
    }
    std::vector<std::string> values;
    bool malformed = false;
    for (const std::string& pair : pairs) {
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        const auto pair_name = naively_decoded(pair.substr(0, equals));
        if (!pair_name) malformed = true;
        if (pair_name != name) continue;
        values.push_back(equals == std::string::npos ? "" : pair.substr(equals + 1));
        if (!naively_decoded(values.back())) malformed = true;
    }
    if (malformed) return "malformed";
    if (values.empty()) return "missing";
    return values.size() == 1 ? "one:" + values[0] : "repeated";
}

static_assert(find_form_field("a=1&b=2", "b").raw == "2");
static_assert(find_form_field("a=1&a=2", "a").match == form_match::repeated);
static_assert(form_value{}.match == form_match::missing);
static_assert(url_path("https://example.com/a/b?c=d#e") == "/a/b");
static_assert(url_query("https://example.com/a/b?c=d#e") == "c=d");
static_assert(url_path_and_query("https://example.com/a/b?c=d#e") == "/a/b?c=d");
static_assert(noexcept(find_form_field("", "")) && noexcept(url_path("")));

constexpr bool decodes_at_compile_time() {
    std::size_t size = 0;
    return decode_form("a+b%21",
                       [&size](std::string_view piece) noexcept {
                           size += piece.size();
                           return true;
                       })
           && size == 4;
}
static_assert(decodes_at_compile_time());

} // namespace

TEST_CASE("form: plus signs are spaces and escapes are bytes") {
    const auto [raw, text] = GENERATE(table<std::string, std::string>({{"", ""},
                                                                       {"plain", "plain"},
                                                                       {"a+b++c", "a b  c"},
                                                                       {"%2B%2b", "++"},
                                                                       {"Hello%2C+world%21", "Hello, world!"},
                                                                       {"caf%C3%A9", "caf\xc3\xa9"},
                                                                       {"%25%32%30", "%20"},
                                                                       {"%ff\xfe", "\xff\xfe"},
                                                                       {"a=b;c", "a=b;c"}}));
    CAPTURE(raw);
    CHECK(decoded(raw) == text);
    CHECK(decoded("%00") == std::string(1, '\0'));
}

TEST_CASE("form: an escape that is cut short or not hexadecimal is refused") {
    const auto raw = GENERATE(as<std::string>{}, "%", "%4", "a%", "a%4", "%zz", "%4z", "%z4", "%+1", "%-1",
                              "% 1", "%%41", "%u0041", "%0x", "%41%", "ok%4", "+%");
    CAPTURE(raw);
    CHECK_FALSE(decoded(raw).has_value());
}

TEST_CASE("form: the receiver of the pieces can stop the decoding, and never gets an empty piece") {
    std::string text;
    CHECK_FALSE(decode_form("one+two+three", [&text](std::string_view piece) {
        CHECK_FALSE(piece.empty());
        text += piece;
        return text.size() < 4;
    }));
    CHECK(text == "one ");
}

TEST_CASE("form: a field is found by its decoded name and given as it stands") {
    const auto [form, value] = GENERATE(table<std::string, std::string>({{"id=7", "one:7"},
                                                                         {"a=1&id=7&b=2", "one:7"},
                                                                         {"id=", "one:"},
                                                                         {"id", "one:"},
                                                                         {"a&id&b", "one:"},
                                                                         {"id=a=b=c", "one:a=b=c"},
                                                                         {"id=%37+x", "one:%37+x"},
                                                                         {"%69d=7", "one:7"},
                                                                         {"%69%64=7", "one:7"},
                                                                         {"&&id=7&&", "one:7"},
                                                                         {"", "missing"},
                                                                         {"&", "missing"},
                                                                         {"=id", "missing"},
                                                                         {"ID=7", "missing"},
                                                                         {"idx=7&i=7&xid=7", "missing"},
                                                                         {"id%00=7", "missing"},
                                                                         {"a=id=7", "missing"},
                                                                         {"a=1;id=7", "missing"},
                                                                         {"id;x=7", "missing"},
                                                                         {" id=7", "missing"},
                                                                         {"+id=7", "missing"}}));
    CAPTURE(form);
    CHECK(found(form, "id") == value);
}

TEST_CASE("form: names with dots, spaces and brackets are found") {
    CHECK(found("data.id=5&type=x", "data.id") == "one:5");
    CHECK(found("a+b=5", "a b") == "one:5");
    CHECK(found("a%20b=5", "a b") == "one:5");
    CHECK(found("f%5B0%5D=5", "f[0]") == "one:5");
    CHECK(found("=5", "") == "one:5");
    CHECK(found("a=1&=", "") == "one:");
}

TEST_CASE("form: a repeated field has no value, however its name is written") {
    const auto form = GENERATE(as<std::string>{}, "id=7&id=7", "id=7&id=8", "id=7&%69d=8", "id&id",
                               "id=7&a=1&id=", "id=1&id=2&id=3");
    CAPTURE(form);
    CHECK(found(form, "id") == "repeated");
}

TEST_CASE("form: a broken escape in the field or in any name is malformed, in other values it is not seen") {
    const auto [form, value] = GENERATE(table<std::string, std::string>({{"id=%zz", "malformed"},
                                                                         {"id=7%", "malformed"},
                                                                         {"id=7%4", "malformed"},
                                                                         {"id=%4&x=1", "malformed"},
                                                                         {"id%=7", "malformed"},
                                                                         {"%zzid=7", "malformed"},
                                                                         {"id=7&%zz=8", "malformed"},
                                                                         {"%=1&id=7", "malformed"},
                                                                         {"id=7&id=8&id=%", "malformed"},
                                                                         {"id=%&id=8", "malformed"},
                                                                         {"sale=5%&id=7", "one:7"},
                                                                         {"id=7&x=%zz", "one:7"}}));
    CAPTURE(form);
    CHECK(found(form, "id") == value);
}

TEST_CASE("form: random forms are read as a second, slow reader reads them") {
    static constexpr std::string_view bytes = "iid==&&%%+067aF;\xc3";
    std::mt19937 random{1866};
    int repeated = 0;
    int malformed = 0;
    int one = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::string form;
        for (std::size_t size = random() % 24; size > 0; --size) {
            switch (random() % 12) {
            case 0: form += "&id="; break;
            case 1: form += "%69"; break;
            default: form += bytes[random() % bytes.size()]; break;
            }
        }
        const std::string name = random() % 4 == 0 ? "i" : random() % 4 == 0 ? "" : "id";
        const std::string ours = found(form, name);
        if (ours != naively_found(form, name)) FAIL("'" << form << "', field '" << name << "': " << ours);
        if (decoded(form) != naively_decoded(form)) FAIL("'" << form << "'");
        repeated += ours == "repeated" ? 1 : 0;
        malformed += ours == "malformed" ? 1 : 0;
        one += ours.starts_with("one:") ? 1 : 0;
    }
    CHECK(repeated > 1000);
    CHECK(malformed > 1000);
    CHECK(one > 1000);
}

TEST_CASE("form: a URL's path and query are what a request line would hold") {
    struct parts {
        std::string url, path_and_query, path, query;
    };
    const auto [url, path_and_query, path, query] = GENERATE(values<parts>({
        {"https://example.com/hooks/7?x=1&y=2", "/hooks/7?x=1&y=2", "/hooks/7", "x=1&y=2"},
        {"https://example.com:8443/hooks?x=1#top", "/hooks?x=1", "/hooks", "x=1"},
        {"https://user:pass@example.com/a", "/a", "/a", ""},
        {"https://[2001:db8::1]:8080/a?b", "/a?b", "/a", "b"},
        {"http://example.com/", "/", "/", ""},
        {"http://example.com", "/", "/", ""},
        {"http://example.com#top", "/", "/", ""},
        {"http://example.com?x=1", "?x=1", "/", "x=1"},
        {"http://example.com/?", "/?", "/", ""},
        {"http://example.com/a?b?c=/d", "/a?b?c=/d", "/a", "b?c=/d"},
        {"https://example.com/a%2Fb/../c//d;e=f", "/a%2Fb/../c//d;e=f", "/a%2Fb/../c//d;e=f", ""},
        {"https://example.com/a#b?c=d", "/a", "/a", ""},
        {"/hooks/7?x=1", "/hooks/7?x=1", "/hooks/7", "x=1"},
        {"/hooks?return=https://other.example/path?q", "/hooks?return=https://other.example/path?q", "/hooks",
         "return=https://other.example/path?q"},
        {"/https://other.example/x", "/https://other.example/x", "/https://other.example/x", ""},
        {"//other.example/x?y", "//other.example/x?y", "//other.example/x", "y"},
        {"/a:b://c", "/a:b://c", "/a:b://c", ""},
        {"/", "/", "/", ""},
        {"/?", "/?", "/", ""},
        {"?x=1", "?x=1", "", "x=1"},
        {"?x=http://a/b", "?x=http://a/b", "", "x=http://a/b"},
        {"", "", "", ""},
        {"*", "*", "*", ""},
        {"#top", "", "", ""},
        {"://example.com/a", "://example.com/a", "://example.com/a", ""},
    }));
    CAPTURE(url);
    const heap_copy copy{url};
    CHECK(url_path_and_query(copy.view()) == path_and_query);
    CHECK(url_path(copy.view()) == path);
    CHECK(url_query(copy.view()) == query);
}
