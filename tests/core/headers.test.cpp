// SPDX-License-Identifier: MIT
#include <hookseal/core/headers.hpp>

#include "core/print.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <clocale>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

using namespace hookseal;

namespace {

/// Like QByteArray: bytes with a signed size, which no string_view is made from.
class byte_array {
public:
    byte_array(const char* text) : text_(text) {}

    [[nodiscard]] const char* data() const noexcept { return text_.data(); }
    [[nodiscard]] long long size() const noexcept { return static_cast<long long>(text_.size()); }
    friend bool operator<(const byte_array& a, const byte_array& b) { return a.text_ < b.text_; }

private:
    std::string text_;
};
static_assert(!std::is_convertible_v<const byte_array&, std::string_view>);

struct c_field {
    const char* name;
    const char* value;
};
struct cpp_field {
    std::string name;
    std::string value;
};

struct two_numbers {
    int x;
    int y;
};

// What is no source of headers is told so where it is handed over, not deep in a template.
static_assert(header_source<std::map<std::string, std::string>>);
static_assert(header_source<std::vector<cpp_field>>);
static_assert(!header_source<int>);
static_assert(!header_source<std::string>);
static_assert(!header_source<std::vector<std::string>>);
static_assert(!header_source<std::vector<two_numbers>>);
static_assert(!std::is_constructible_v<headers, const std::vector<int>&>);

static_assert(std::is_nothrow_default_constructible_v<headers>);
static_assert(std::is_nothrow_constructible_v<headers, const std::vector<cpp_field>&>);
static_assert(noexcept(std::declval<const headers&>().find_one(std::string_view{},
                                                               std::declval<std::string_view&>())));

template <class Source>
std::vector<std::string> values_of(const Source& source, std::string_view name) {
    const headers all(source);
    std::vector<std::string> found;
    all.for_each(name, [&](std::string_view value) {
        found.emplace_back(value);
        return true;
    });
    return found;
}

template <class Source>
error one_of(const Source& source, std::string_view name) {
    std::string_view value;
    return headers(source).find_one(name, value);
}

using texts = std::vector<std::string>;
using pairs = std::vector<std::pair<std::string, std::string>>;

} // namespace

TEMPLATE_TEST_CASE("headers: sequences are visited in the order received", "", pairs,
                   (std::vector<std::pair<std::string_view, std::string_view>>),
                   (std::list<std::pair<const char*, const char*>>),
                   (std::deque<std::pair<byte_array, byte_array>>), std::vector<c_field>,
                   std::vector<cpp_field>, (std::array<c_field, 5>),
                   (std::array<std::pair<const char*, std::string>, 5>)) {
    const TestType source = {
        {{"A", "2"}, {"x-a", "near"}, {"a", "1"}, {"aa", "near"}, {"A", "3"}},
    };
    CHECK(values_of(source, "a") == texts{"2", "1", "3"});
    CHECK(values_of(source, "aa") == texts{"near"});
    CHECK(values_of(source, "b").empty());
}

TEST_CASE("headers: a map has the one value of each name, whatever case the name is kept in") {
    const std::map<std::string, std::string> ordered{{"X-Id", "7"}, {"other", "8"}};
    const std::unordered_map<std::string, std::string> hashed{{"X-ID", "7"}, {"other", "8"}};
    const std::map<byte_array, byte_array> foreign{{"x-Id", "7"}, {"other", "8"}};
    CHECK(values_of(ordered, "x-id") == texts{"7"});
    CHECK(values_of(hashed, "x-id") == texts{"7"});
    CHECK(values_of(foreign, "x-id") == texts{"7"});
}

TEST_CASE("headers: a multimap has all values of a name, also under names that differ in case alone") {
    const std::multimap<std::string, std::string> ordered{{"X-Id", "1"}, {"X-Id", "2"}, {"x-id", "3"}};
    CHECK(values_of(ordered, "x-id") == texts{"1", "2", "3"});

    const std::unordered_multimap<std::string, std::string> hashed{
        {"X-Id", "1"}, {"X-Id", "2"}, {"x-id", "3"}, {"y", "4"}};
    auto found = values_of(hashed, "x-id");
    std::sort(found.begin(), found.end());
    CHECK(found == texts{"1", "2", "3"});
}

TEST_CASE("headers: a lookup function is asked once, in lower case, and an empty answer is no header") {
    int asked = 0;
    const auto as_view = [&asked](std::string_view name) -> std::string_view {
        ++asked;
        return name == "x-id" ? "7" : "";
    };
    CHECK(values_of(as_view, "x-id") == texts{"7"});
    CHECK(asked == 1);
    CHECK(values_of(as_view, "other").empty());

    const auto as_pointer = [](std::string_view name) -> const char* {
        return name == "x-id" ? "7" : nullptr;
    };
    CHECK(values_of(as_pointer, "x-id") == texts{"7"});
    CHECK(values_of(as_pointer, "other").empty());

    const auto as_optional = [](std::string_view name) -> std::optional<std::string_view> {
        if (name == "x-id") return "7";
        if (name == "empty") return "";
        return std::nullopt;
    };
    CHECK(values_of(as_optional, "x-id") == texts{"7"});
    CHECK(values_of(as_optional, "empty").empty());
    CHECK(values_of(as_optional, "other").empty());

    const auto as_optional_pointer = [](std::string_view name) -> std::optional<const char*> {
        if (name == "x-id") return "7";
        if (name == "null") return nullptr;
        return std::nullopt;
    };
    CHECK(values_of(as_optional_pointer, "x-id") == texts{"7"});
    CHECK(values_of(as_optional_pointer, "null").empty());
    CHECK(values_of(as_optional_pointer, "other").empty());

    const std::string kept = "7";
    const std::string none;
    const auto as_reference = [&](std::string_view name) -> const std::string& {
        return name == "x-id" ? kept : none;
    };
    CHECK(values_of(as_reference, "x-id") == texts{"7"});
    CHECK(values_of(as_reference, "other").empty());
}

TEST_CASE("headers: names are compared without regard to the case of ASCII letters and of nothing else") {
    // A Turkish or another locale of the host program must not matter; where there is none, "C" is as good as any.
    for (const char* locale : {"tr_TR.UTF-8", "C.utf8"})
        if (std::setlocale(LC_ALL, locale) != nullptr) break;

    for (const char* same : {"x-signature-id", "X-SIGNATURE-ID", "X-Signature-Id", "x-sIGNATURE-iD"}) {
        INFO(same);
        CHECK(one_of(pairs{{same, "v"}}, "x-signature-id") == error::none);
    }
    const std::string other[] = {
        "x-s\xC4\xB1gnature-id",             // dotless i, what `I` folds to in Turkish
        "x-s\xC4\xB0gnature-id",             // dotted capital I
        "x-\xC5\xBFignature-id",             // long s, whose capital is S
        "x-signature-id\xC2\xA0",            // no-break space
        "\xC2\xA0x-signature-id",            //
        "\xEF\xBD\x98-signature-id",         // full-width x
        "x_signature_id",                    // as CGI and WSGI write it
        "x-signature-id ",                   //
        " x-signature-id",                   //
        "x-signature-id\t",                  //
        "x-signature-id:",                   //
        std::string("x-signature-id\0", 15), // a name cut off by a C string elsewhere
        "x-signature-i",                     //
        "x-signature-id2",                   //
        "",
    };
    for (const std::string& name : other) {
        INFO(name);
        CHECK(one_of(pairs{{name, "v"}}, "x-signature-id") == error::missing_field);
    }
    std::setlocale(LC_ALL, "C");
}

TEST_CASE(
    "headers: bytes that one bit tells apart from each other like the cases of a letter are not equal") {
    const std::string plain = "@[\\]^`{|}~\x7f_";
    for (const char c : plain) {
        const std::string name(9, c); // longer than a machine word: both ways of comparing
        const std::string flipped(9, static_cast<char>(c ^ 0x20));
        INFO(name);
        CHECK(one_of(pairs{{name, "v"}}, name) == error::none);
        CHECK(one_of(pairs{{flipped, "v"}}, name) == error::missing_field);
    }
    for (int c = 0x80; c <= 0xff; ++c) {
        const std::string name(9, static_cast<char>(static_cast<unsigned char>(c)));
        const std::string flipped(9, static_cast<char>(static_cast<unsigned char>(c ^ 0x20)));
        CHECK(one_of(pairs{{flipped, "v"}}, name) == error::missing_field);
    }
}

TEST_CASE("headers: exactly one value is one, and an empty one is as good as none") {
    struct row {
        const char* what;
        pairs source;
        error expected;
    };
    const row rows[] = {
        {"none", {}, error::missing_field},
        {"another's", {{"other", "v"}}, error::missing_field},
        {"one", {{"a", "v"}}, error::none},
        {"one that is a space", {{"a", " "}}, error::none},
        {"an empty one", {{"a", ""}}, error::missing_field},
        {"two", {{"a", "v"}, {"a", "w"}}, error::repeated_header},
        {"the same twice", {{"a", "v"}, {"a", "v"}}, error::repeated_header},
        {"two that differ in the name's case", {{"a", "v"}, {"A", "v"}}, error::repeated_header},
        {"two empty ones", {{"a", ""}, {"a", ""}}, error::repeated_header},
        {"an empty one before a good one", {{"a", ""}, {"a", "v"}}, error::repeated_header},
        {"an empty one behind a good one", {{"a", "v"}, {"a", ""}}, error::repeated_header},
        {"far apart", {{"a", "v"}, {"b", ""}, {"c", ""}, {"A", "w"}}, error::repeated_header},
    };
    for (const row& r : rows) {
        INFO(r.what);
        CHECK(one_of(r.source, "a") == r.expected);
    }
}

TEST_CASE("headers: the search ends with the second value") {
    int visited = 0;
    struct counted {
        std::string_view name;
        std::string_view value;
    };
    const std::vector<counted> source(1000, {"a", "v"});
    headers(source).for_each("a", [&](std::string_view) { return ++visited < 2; });
    CHECK(visited == 2);
}

TEST_CASE("headers: values are handed over as they stand, without a copy") {
    const pairs source{{"a", std::string(" \t\0\xff\r\nx, y ", 12)}, {"long", std::string(100'000, 'x')}};
    for (const auto& [name, value] : source) {
        std::string_view found;
        REQUIRE(headers(source).find_one(name, found) == error::none);
        CHECK(found.data() == value.data());
        CHECK(found.size() == value.size());
    }
}

TEST_CASE("headers: a value that was not found leaves nothing behind") {
    std::string_view value = "from before";
    CHECK(headers(pairs{}).find_one("a", value) == error::missing_field);
    CHECK(value.empty());
}

TEST_CASE("headers: those of nobody are none") {
    std::string_view value;
    CHECK(headers{}.find_one("a", value) == error::missing_field);
}

namespace {

/// A framework's own type, which trims: what a user writes to have it understood.
struct framework_headers {
    std::string raw;
};

} // namespace

template <>
struct hookseal::header_access<framework_headers> {
    static void visit(const framework_headers& from, std::string_view name, header_sink sink) noexcept {
        std::string_view rest = from.raw;
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(line.size() + 1);
            const std::size_t colon = line.find(':');
            if (equal_ignoring_case(line.substr(0, colon), name) && !sink(line.substr(colon + 2))) return;
        }
    }
};

TEST_CASE("headers: a framework's own type is understood once header_access is specialised") {
    static_assert(header_source<framework_headers>);
    const framework_headers source{"Host: example.com\nX-Id: 7\nX-Id: 8\n"};
    CHECK(values_of(source, "x-id") == texts{"7", "8"});
    CHECK(one_of(source, "host") == error::none);
}
