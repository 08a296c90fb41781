// SPDX-License-Identifier: MIT
#include <hookseal/encoding/json_field.hpp>

#include "support/catch.hpp"
#include "support/heap_copy.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Documents made at random, and broken at random, are read by nlohmann::json as well. Known differences, each
// removed before the comparison: nlohmann checks UTF-8 (so its copy has ASCII letters in place of all bytes beyond
// ASCII, which makes no other difference to the grammar), passes over a byte order mark (gone for the same reason),
// takes a NUL byte for the end (so its copy has 0x01), has no limit of depth, and refuses numbers too large for a double.

using namespace hookseal;
using hookseal_tests::heap_copy;

namespace {

/// A document's values with repeated names kept, as nlohmann's parser reports them.
struct node {
    json_kind kind = json_kind::null;
    std::string text; // a string's, unescaped
    double number = 0;
    bool boolean = false;
    std::vector<std::pair<std::string, node>> members; // an array's names are empty

    friend bool operator==(const node&, const node&) = default;
};

class tree_builder : public nlohmann::json_sax<nlohmann::json> {
public:
    node root;
    std::size_t depth = 0;
    int error = 0;

    bool null() override { return add({}); }
    bool boolean(bool value) override { return add({json_kind::boolean, {}, 0, value, {}}); }
    bool number_integer(std::int64_t value) override { return number(static_cast<double>(value)); }
    bool number_unsigned(std::uint64_t value) override { return number(static_cast<double>(value)); }
    bool number_float(double value, const std::string&) override { return number(value); }
    bool string(std::string& value) override { return add({json_kind::string, value, 0, false, {}}); }
    bool binary(nlohmann::json::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json_kind::object); }
    bool start_array(std::size_t) override { return open(json_kind::array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(std::string& value) override {
        name_ = value;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& e) override {
        error = e.id;
        return false;
    }

private:
    std::vector<node*> open_;
    std::string name_;

    bool number(double value) { return add({json_kind::number, {}, value, false, {}}); }
    node* put(node value) {
        if (open_.empty()) return &(root = std::move(value));
        auto& members = open_.back()->members;
        members.emplace_back(open_.back()->kind == json_kind::object ? name_ : "", std::move(value));
        return &members.back().second;
    }
    bool add(node value) { return put(std::move(value)) != nullptr; }
    bool open(json_kind kind) {
        open_.push_back(put({kind, {}, 0, false, {}}));
        depth = std::max(depth, open_.size());
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
};

struct reading {
    bool accepted = false;
    bool number_out_of_range = false;
    std::size_t depth = 0;
    node root;
};

reading nlohmann_reading(std::string_view document) {
    tree_builder builder;
    reading result;
    result.accepted = nlohmann::json::sax_parse(document.begin(), document.end(), &builder);
    result.number_out_of_range = builder.error == 406;
    result.depth = builder.depth;
    result.root = std::move(builder.root);
    return result;
}

/// The same document as far as the grammar goes, without what nlohmann treats in its own way.
std::string plain_copy(std::string document) {
    for (char& c : document) {
        if (static_cast<unsigned char>(c) >= 0x80) c = 'x';
        if (c == '\0') c = '\x01';
    }
    return document;
}

using path = std::vector<std::string>;

std::string path_text(const path& names) {
    std::string text;
    for (const std::string& name : names) {
        if (&name != &names.front()) text += '.';
        for (const char c : name) {
            if (c == '.' || c == '\\') text += '\\';
            text += c;
        }
    }
    return text;
}

/// The slow way to follow a path: `malformed` where a name on it is repeated.
std::pair<json_kind, const node*> follow(const node& root, const path& names) {
    const node* at = &root;
    for (const std::string& name : names) {
        const node* next = nullptr;
        if (at->kind == json_kind::object) {
            for (const auto& [member, value] : at->members) {
                if (member != name) continue;
                if (next != nullptr) return {json_kind::malformed, nullptr};
                next = &value;
            }
        } else if (at->kind == json_kind::array) {
            for (std::size_t i = 0; i < at->members.size(); ++i) {
                if (std::to_string(i) == name) next = &at->members[i].second;
            }
        }
        if (next == nullptr) return {json_kind::missing, nullptr};
        at = next;
    }
    return {at->kind, at};
}

std::string unescaped(const json_value& value) {
    std::string text;
    REQUIRE(unescape_json(value.raw, [&text](std::string_view piece) {
        text += piece;
        return true;
    }));
    return text;
}

bool same_value(const json_value& ours, const node& theirs) {
    if (ours.kind != theirs.kind) return false;
    switch (ours.kind) {
    case json_kind::null: return ours.raw == "null";
    case json_kind::boolean: return ours.raw == (theirs.boolean ? "true" : "false");
    case json_kind::number: return std::strtod(std::string{ours.raw}.c_str(), nullptr) == theirs.number;
    case json_kind::string:
        return ours.escaped == (ours.raw.find('\\') != std::string_view::npos)
               && unescaped(ours) == theirs.text;
    default: return nlohmann_reading(ours.raw).root == theirs;
    }
}

void all_paths(const node& at, path& so_far, std::vector<path>& paths) {
    paths.push_back(so_far);
    for (std::size_t i = 0; i < at.members.size(); ++i) {
        so_far.push_back(at.kind == json_kind::object ? at.members[i].first : std::to_string(i));
        all_paths(at.members[i].second, so_far, paths);
        so_far.pop_back();
    }
}

/// Makes documents. The words are few, so that names repeat and look alike.
class generator {
public:
    explicit generator(unsigned seed) : random_{seed} {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    // Piece by piece: a sum's operands are made in an order that each compiler chooses.
    std::string document() {
        std::string text = space();
        text += value(0);
        return text += space();
    }

    std::string broken(std::string text) {
        static constexpr std::string_view bytes =
            "{}[]:,\"\\/ \t\n\r019-+.eEtfnulrasbdcu\x01\x1f\x7f\x80\xc3\xff";
        for (std::size_t i = 1 + below(3); i > 0; --i) {
            const std::size_t at = below(text.size() + 1);
            const std::size_t other = below(text.size() + 1);
            switch (below(6)) {
            case 0: text.erase(at, 1 + below(3)); break;
            case 1: text.insert(at, 1, below(60) == 0 ? '\0' : bytes[below(bytes.size())]); break;
            case 2:
                if (at < text.size()) text[at] = bytes[below(bytes.size())];
                break;
            case 3: text.insert(at, text.substr(other, below(12))); break;
            case 4: text.resize(at); break;
            default:
                if (at < text.size() && other < text.size()) std::swap(text[at], text[other]);
                break;
            }
        }
        return text;
    }

private:
    std::mt19937 random_;

    template <std::size_t Size>
    std::string one_of(const char* const (&words)[Size]) {
        return words[below(Size)];
    }

    std::string space() { return one_of({"", "", "", "", "", " ", "\n", "\r\n\t", "         "}); }

    std::string number() {
        return one_of({"0", "-0", "1", "-1", "10", "1767225600", "9007199254740993", "18446744073709551616",
                       "-9223372036854775808", "1.5", "-0.0", "1e5", "1E+2", "2.50e-3", "0e0",
                       "0.1234567890123", "1e22", "1e308"});
    }

    std::string string() {
        std::string text = "\"";
        for (std::size_t i = below(5); i > 0; --i) {
            text += one_of({"a",
                            "b",
                            "id",
                            ".",
                            "0",
                            " ",
                            "{",
                            "]",
                            ",",
                            "\\\"",
                            "\\\\",
                            "\\/",
                            "\\b",
                            "\\n",
                            "\\t",
                            "\\u0061",
                            "\\u0000",
                            "\\u00e9",
                            "\\uD834\\udd1e",
                            "\xc3\xa9",
                            "\xe2\x82\xac",
                            "\xf0\x9d\x84\x9e",
                            "\x7f",
                            "sixteen letters.",
                            "eight by"});
        }
        return text + '"';
    }

    std::string name() {
        if (below(6) == 0) return string();
        return one_of({"\"a\"", "\"b\"", "\"id\"", "\"\\u0069d\"", "\"0\"", "\"1\"", "\"a.b\"", "\"\"",
                       "\"\\\\\"", "\"a\\\\.b\"", "\"event-data\"", "\"\xc3\xa9\"", "\"\\u00E9\"", "\"type\"",
                       "\"\\/\""});
    }

    std::string value(int depth) {
        const std::size_t choice = below(depth > 5 ? 5 : 11);
        if (choice == 0) return one_of({"null", "true", "false"});
        if (choice <= 2) return number();
        if (choice <= 4) return string();
        const bool object = choice <= 8;
        std::string text = object ? "{" : "[";
        text += space();
        for (std::size_t i = 0, size = below(5); i < size; ++i) {
            if (i > 0) (text += ',') += space();
            if (object) {
                text += name();
                text += space();
                text += ':';
            }
            text += space();
            text += value(depth + 1);
            text += space();
        }
        return text += object ? '}' : ']';
    }
};

/// Counts, so that a test can tell that it did not compare nothing with nothing.
struct tally {
    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::size_t repeated = 0;
    std::size_t values = 0;
};

void compare(const std::string& document, tally& counts) {
    const heap_copy copy{document};
    const json_value whole = find_json_field(copy.view(), "");
    const bool accepted = whole.kind != json_kind::malformed;
    const reading grammar = nlohmann_reading(plain_copy(document));
    // A number out of range stops nlohmann where it stands, and says nothing about what follows.
    if (grammar.number_out_of_range) return;
    if (accepted != (grammar.accepted && grammar.depth <= 64)) FAIL("acceptance differs: " << document);
    ++(accepted ? counts.accepted : counts.refused);
    if (!accepted) return;

    const reading theirs = nlohmann_reading(document);
    if (!theirs.accepted) return; // not UTF-8
    if (!same_value(whole, theirs.root)) FAIL("document differs: " << document);
    std::vector<path> paths;
    path so_far;
    all_paths(theirs.root, so_far, paths);
    for (std::size_t i = 0, size = paths.size(); i < size; ++i) {
        for (const char* more : {"a", "id", "0", "9"}) {
            paths.push_back(paths[i]);
            paths.back().emplace_back(more);
        }
    }
    for (const path& names : paths) {
        const std::string text = path_text(names);
        if (text.empty() != names.empty()) continue; // one empty name cannot be written
        const auto [kind, node] = follow(theirs.root, names);
        const json_value ours = find_json_field(copy.view(), heap_copy{text}.view());
        const bool same = node != nullptr ? same_value(ours, *node) : ours.kind == kind;
        if (!same) FAIL("path '" << text << "' differs in " << document);
        if (node != nullptr) ++counts.values;
        if (kind == json_kind::malformed) ++counts.repeated;
    }
}

} // namespace

TEST_CASE("json field: documents made at random have the values that another reader finds") {
    generator make{8259};
    tally counts;
    for (int i = 0; i < 3000; ++i)
        compare(make.document(), counts);
    CHECK(counts.accepted > 2000);
    CHECK(counts.refused == 0);
    CHECK(counts.values > 10'000);
    CHECK(counts.repeated > 500);
}

TEST_CASE("json field: documents broken at random are refused by both readers or by neither") {
    generator make{7159};
    tally counts;
    for (int i = 0; i < 4000; ++i) {
        const std::string document = make.document();
        for (int j = 0; j < 5; ++j)
            compare(make.broken(document), counts);
    }
    CHECK(counts.accepted > 2000);
    CHECK(counts.refused > 5000);
    CHECK(counts.values > 10'000);
}

TEST_CASE("json field: every beginning of a document is refused by both readers or by neither") {
    generator make{4627};
    tally counts;
    for (int i = 0; i < 150; ++i) {
        const std::string document = make.document();
        for (std::size_t size = 0; size <= document.size(); ++size)
            compare(document.substr(0, size), counts);
    }
    CHECK(counts.accepted > 150);
    CHECK(counts.refused > 3000);
}

TEST_CASE("json field: of all texts of up to five characters the readers accept the same") {
    static constexpr std::string_view bytes = "{}[]:,\"\\01-.e n";
    tally counts;
    std::vector<std::string> texts{""};
    for (int length = 0; length <= 5; ++length) {
        std::vector<std::string> longer;
        for (const std::string& text : texts) {
            const heap_copy copy{text};
            const bool ours = find_json_field(copy.view(), "0").kind != json_kind::malformed;
            // The refusal of a repeated name needs more than five characters: "0" twice has thirteen.
            if (ours != nlohmann::json::accept(text)) FAIL(text);
            ++(ours ? counts.accepted : counts.refused);
            if (length == 5) continue;
            for (const char c : bytes)
                longer.push_back(text + c);
        }
        texts = std::move(longer);
    }
    CHECK(counts.accepted > 1000);
}
