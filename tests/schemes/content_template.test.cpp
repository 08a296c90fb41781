// SPDX-License-Identifier: MIT
#include <hookseal/schemes/content_template.hpp>

#include "support/catch.hpp"

#include <ostream>
#include <string>
#include <string_view>

using namespace hookseal;
using problem = template_problem;

namespace {

std::string_view word_of(content_op::kind what) {
    using kind = content_op::kind;
    switch (what) {
    case kind::literal: return "literal";
    case kind::timestamp: return "timestamp";
    case kind::event_id: return "event_id";
    case kind::body: return "body";
    case kind::key: return "key";
    case kind::url: return "url";
    case kind::method: return "method";
    case kind::path: return "path";
    case kind::query_string: return "query_string";
    case kind::sorted_query: return "sorted_query";
    case kind::sorted_form: return "sorted_form";
    case kind::canonical_json: return "canonical_json";
    case kind::header: return "header";
    case kind::json: return "json";
    case kind::query: return "query";
    case kind::form: return "form";
    case kind::option: return "option";
    }
    return "?";
}

std::string_view word_of(digest hash) {
    switch (hash) {
    case digest::sha1: return "sha1";
    case digest::sha256: return "sha256";
    case digest::sha384: return "sha384";
    case digest::sha512: return "sha512";
    case digest::md5: return "md5";
    case digest::crc32: return "crc32";
    }
    return "?";
}

std::string_view word_of(encoding form) {
    switch (form) {
    case encoding::text: return "text";
    case encoding::hex: return "hex";
    case encoding::hex_any_case: return "hex_any_case";
    case encoding::base64: return "base64";
    case encoding::base64url: return "base64url";
    case encoding::decimal: return "decimal";
    }
    return "?";
}

/// The steps of a template, one behind the other, as they were understood: `<v0:> timestamp <:> body`.
std::string steps_of(const content_template& parsed) {
    std::string all;
    for (const content_op& op : parsed) {
        if (!all.empty()) all += ' ';
        if (op.group_size != 0) all += std::to_string(op.group_size) + "*";
        if (op.what == content_op::kind::literal) {
            all.append("<").append(parsed.text_of(op)).append(">");
            continue;
        }
        all += word_of(op.what);
        if (op.size != 0) all.append(":").append(parsed.text_of(op));
        if (op.may_be_absent) all += '?';
        if (op.raw) all += " raw";
        if (op.lower) all += " lower";
        if (op.free) all += " free";
        if (op.base) all += " base";
        if (op.decoded) all += " decoded";
        if (op.other_port) all += " other_port";
        if (op.digested) all.append(" ").append(word_of(op.hash)).append(" ").append(word_of(op.form));
    }
    return all;
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

// A literal is parsed by the compiler, by the same rules.
constexpr content_template slack = "v0:{timestamp}:{body}";
static_assert(!slack.empty() && slack.has(content_op::kind::body) && !slack.has(content_op::kind::url));
static_assert(slack.text() == "v0:{timestamp}:{body}");
static_assert(content_template{}.empty());
static_assert(content_template("").empty());

constexpr content_template named = "{header:a}{header:b}";
static_assert(named.has(content_op::kind::header, "b") && !named.has(content_op::kind::header, "c"));
static_assert(!named.has(content_op::kind::json, "a"));

constexpr bool parses_at_compile_time() {
    content_template parsed;
    return content_template::parse("{timestamp}.{body}", parsed) == problem::none
           && parsed.has(content_op::kind::timestamp)
           && content_template::parse("{oops}", parsed) == problem::unknown_placeholder && parsed.empty();
}
static_assert(parses_at_compile_time());

} // namespace

namespace hookseal::inline v0_1 {
std::ostream& operator<<(std::ostream& out, template_problem p) { return out << static_cast<int>(p); }
} // namespace hookseal::inline v0_1

TEST_CASE("content_template: is read step by step as it is written") {
    struct row {
        std::string_view text;
        std::string_view steps;
    };
    const row rows[] = {
        {"", ""},
        {"plain", "<plain>"},
        {"{body}", "body"},
        {"v0:{timestamp}:{body}", "<v0:> timestamp <:> body"},
        {"{event_id}.{timestamp}.{body}", "event_id <.> timestamp <.> body"},
        {"{timestamp}{body}", "timestamp body"},
        {"{body}{url}", "body url"},
        {"{method}\n{path}\n{query_string}\n", "method <\n> path <\n> query_string <\n>"},
        {"{key}|{body}|{key}", "key <|> body <|> key"},
        {"{header:x-id}", "header:x-id"},
        {"{json:a.0.b}", "json:a.0.b"},
        {"{query:data.id}", "query:data.id"},
        {"{form:token}", "form:token"},
        {"{option:webhook_id}", "option:webhook_id"},
        {"{header:x?}", "header:x?"},
        {"{header:x?|lower}", "header:x? lower"},
        {"{event_id?}", "event_id?"},
        {"{json:a:b}", "json:a:b"},
        {"{json:a?b}", "json:a?b"},
        {"{url|lower}", "url lower"},
        {"{method|lower}{path|lower}{query_string|lower}", "method lower path lower query_string lower"},
        {"{event_id|lower}", "event_id lower"},
        {"{json:a|lower}{query:a|lower}{form:a|lower}{option:a|lower}",
         "json:a lower query:a lower form:a lower option:a lower"},
        {"{json:a|raw}{query:a|raw}{form:a|raw}", "json:a raw query:a raw form:a raw"},
        {"{json:a|raw|lower}{json:a|lower|raw}", "json:a raw lower json:a raw lower"},
        {"{body|sha1}{body|sha256}{body|sha384}", "body sha1 hex body sha256 hex body sha384 hex"},
        {"{body|sha512}{body|md5}", "body sha512 hex body md5 hex"},
        {"{body|sha256|base64}", "body sha256 base64"},
        {"{body|md5|base64}", "body md5 base64"},
        {"{body|crc32}", "body crc32 decimal"},
        {"[id:{query:data.id};]ts:{timestamp};", "3*<id:> query:data.id <;> <ts:> timestamp <;>"},
        {"[{header:a}]", "1*header:a"},
        {"[{header:a}][{header:b}.]{body}", "1*header:a 2*header:b <.> body"},
        {"a{{b", "<a> <{> <b>"},
        {"a}}b", "<a> <}> <b>"},
        {"a[[b", "<a> <[> <b>"},
        {"a]]b", "<a> <]> <b>"},
        {"{{}}[[]]", "<{> <}> <[> <]>"},
        {"{{{body}}}", "<{> body <}>"},
        {"[[{body}]]", "<[> body <]>"},
        {"[{{{header:a}}}]", "3*<{> header:a <}>"},
        {"{{timestamp}}", "<{> <timestamp> <}>"},
        {"\xC3\xA4{body}", "<\xC3\xA4> body"},
    };
    for (const row& r : rows) {
        INFO(r.text);
        content_template parsed;
        REQUIRE(content_template::parse(r.text, parsed) == problem::none);
        CHECK(steps_of(parsed) == r.steps);
        CHECK(parsed.text() == r.text);
        CHECK(parsed.empty() == r.steps.empty());
    }
}

TEST_CASE("content_template: every mistake is refused under its own name, and leaves nothing behind") {
    struct row {
        std::string text;
        problem expected;
    };
    const row rows[] = {
        {"{}", problem::unknown_placeholder},
        {"{ body}", problem::unknown_placeholder},
        {"{body }", problem::unknown_placeholder},
        {"{Body}", problem::unknown_placeholder},
        {"{bodies}", problem::unknown_placeholder},
        {"{:x}", problem::unknown_placeholder},
        {"{?}", problem::unknown_placeholder},
        {"{|lower}", problem::unknown_placeholder},
        {"{literal}", problem::unknown_placeholder},
        {"{body|sha257}", problem::unknown_filter},
        {"{body|SHA256}", problem::unknown_filter},
        {"{body|}", problem::unknown_filter},
        {"{body||sha256}", problem::unknown_filter},
        {"{body|sha256|}", problem::unknown_filter},
        {"{header:a|upper}", problem::unknown_filter},
        {"{header:a|lower }", problem::unknown_filter},
        {"{body", problem::unclosed_brace},
        {"a{", problem::unclosed_brace},
        {"{timestamp:{body}", problem::unclosed_brace},
        {"{timestamp{body}}", problem::unclosed_brace},
        {"}", problem::stray_brace},
        {"a}b", problem::stray_brace},
        {"{body}}", problem::stray_brace},
        {"{{body}", problem::stray_brace},
        {"}}}", problem::stray_brace},
        {"{header}", problem::missing_name},
        {"{header:}", problem::missing_name},
        {"{header:?}", problem::missing_name},
        {"{json}", problem::missing_name},
        {"{query|lower}", problem::missing_name},
        {"{form:}", problem::missing_name},
        {"{option:}", problem::missing_name},
        {"{body:x}", problem::needless_name},
        {"{timestamp:}", problem::needless_name},
        {"{event_id:x}", problem::needless_name},
        {"{key:x}", problem::needless_name},
        {"{url:x}", problem::needless_name},
        {"{body|lower}", problem::filter_does_not_fit},
        {"{timestamp|lower}", problem::filter_does_not_fit},
        {"{key|lower}", problem::filter_does_not_fit},
        {"{body|base64}", problem::filter_does_not_fit},
        {"{body|crc32|base64}", problem::filter_does_not_fit},
        {"{body|base64|sha256}", problem::filter_does_not_fit},
        {"{body|sha256|sha1}", problem::filter_does_not_fit},
        {"{body|raw}", problem::filter_does_not_fit},
        {"{header:a|sha256}", problem::filter_does_not_fit},
        {"{header:a|raw}", problem::filter_does_not_fit},
        {"{url|raw}", problem::filter_does_not_fit},
        {"{header:a|base64}", problem::filter_does_not_fit},
        // What is always there cannot be absent: a question mark behind it would mean nothing.
        {"{body?}", problem::filter_does_not_fit},
        {"{timestamp?}", problem::filter_does_not_fit},
        {"{key?}", problem::filter_does_not_fit},
        {"{url?}", problem::filter_does_not_fit},
        {"[{header:a}", problem::unclosed_group},
        {"[", problem::unclosed_group},
        {"a[b", problem::unclosed_group},
        {"[{header:a}]]", problem::unclosed_group},
        {"[a[{header:b}]]", problem::nested_group},
        {"[{header:a}[", problem::nested_group},
        {"]", problem::stray_bracket},
        {"{body}]", problem::stray_bracket},
        {"[[{body}]", problem::stray_bracket},
        {"[]", problem::group_without_placeholder},
        {"[a]", problem::group_without_placeholder},
        {"[{{]", problem::group_without_placeholder},
        {repeated("{body}", 33), problem::too_many_parts},
        {repeated("{{", 33), problem::too_many_parts},
        {repeated("{body}", 32) + "a", problem::too_many_parts},
        {repeated("{body}", 32) + "[", problem::unclosed_group},
        {repeated("{body}", 32) + "[]", problem::group_without_placeholder},
        {repeated("{body}", 31) + "[{header:a}{header:b}]", problem::too_many_parts},
        {std::string(1025, 'a'), problem::too_long},
    };
    for (const row& r : rows) {
        INFO(r.text);
        content_template parsed = "{body}";
        CHECK(content_template::parse(r.text, parsed) == r.expected);
        CHECK(parsed.empty());
        CHECK(parsed.text().empty());
    }
}

TEST_CASE("content_template: has room for 32 steps and 1024 characters") {
    content_template parsed;
    CHECK(content_template::parse(repeated("{body}", 32), parsed) == problem::none);
    const std::string longest(1024, 'a');
    CHECK(content_template::parse(longest, parsed) == problem::none);
    CHECK(steps_of(parsed) == "<" + longest + ">");
    const std::string far = std::string(1000, 'a') + "{header:x}";
    REQUIRE(content_template::parse(far, parsed) == problem::none);
    CHECK(parsed.has(content_op::kind::header, "x"));
    const std::string grouped = "[{header:a}" + repeated("{{", 31) + "]";
    REQUIRE(content_template::parse(grouped, parsed) == problem::none);
    CHECK(parsed.begin()->group_size == 32);
}

TEST_CASE("content_template: a text from a configuration is viewed, not copied") {
    const std::string kept = "{timestamp}.{body}";
    content_template parsed;
    REQUIRE(content_template::parse(kept, parsed) == problem::none);
    CHECK(parsed.text().data() == kept.data());
    const content_template copy = parsed;
    CHECK(steps_of(copy) == steps_of(parsed));
}

TEST_CASE(
    "content_template: no text makes the parser fail otherwise, and none is taken that it cannot tell back") {
    // All texts of up to six of the characters that mean something, and two words.
    const std::string_view letters[] = {"{", "}", "[", "]", "body", "header:a", "?", "|"};
    std::size_t accepted = 0;
    std::vector<std::string> texts{""};
    for (std::size_t begin = 0, length = 0; length < 5; ++length) {
        const std::size_t end = texts.size();
        for (; begin < end; ++begin)
            for (const std::string_view letter : letters)
                texts.push_back(texts[begin] + std::string(letter));
    }
    for (const std::string& text : texts) {
        content_template parsed;
        if (content_template::parse(text, parsed) != problem::none) continue;
        ++accepted;
        // Every byte of the text is in a step or is one of its marks, and no step reaches beyond it.
        std::size_t grouped = 0;
        for (const content_op& op : parsed) {
            REQUIRE(op.at + op.size <= text.size());
            grouped += op.group_size;
        }
        REQUIRE(grouped <= static_cast<std::size_t>(parsed.end() - parsed.begin()));
    }
    CHECK(accepted > 100);
}

TEST_CASE("content_template: URLs, forms, free values and bytes of a digest") {
    content_template parsed;
    const auto steps = [&](std::string_view text) {
        REQUIRE(content_template::parse(text, parsed) == problem::none);
        return steps_of(parsed);
    };
    CHECK(steps("{url|base}{url|decoded}{url|other_port}") == "url base url decoded url other_port");
    CHECK(steps("{url}{sorted_form}") == "url sorted_form");
    CHECK(steps("{sorted_query}{canonical_json}") == "sorted_query canonical_json");
    CHECK(steps("{json:a|free}:{json:b?|free}") == "json:a free <:> json:b? free");
    CHECK(steps("{body|sha256|raw}") == "body sha256 text");

    const auto refused = [&](std::string_view text) { return content_template::parse(text, parsed); };
    for (const char* text : {"{path|base}", "{body|decoded}", "{query_string|other_port}", "{header:a|free}",
                             "{sorted_form|lower}", "{sorted_form|raw}", "{sorted_query|lower}",
                             "{canonical_json|sha256}", "{body|crc32|raw}", "{url|raw}"}) {
        CAPTURE(text);
        CHECK(refused(text) == problem::filter_does_not_fit);
    }
    CHECK(refused("{sorted_form:a}") == problem::needless_name);
    CHECK(refused("{canonical_json:a}") == problem::needless_name);
}
