// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_JSON_REFERENCE_HPP
#define HOOKSEAL_TESTS_JSON_REFERENCE_HPP

#include <hookseal/encoding/json_field.hpp>
#include <hookseal/encoding/json_string.hpp>

#include "support/heap_copy.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What nlohmann::json reads in a document. Known differences, each
// removed before the comparison: nlohmann checks UTF-8 (so its copy has ASCII letters in place of all bytes beyond
// ASCII, which makes no other difference to the grammar), passes over a byte order mark (gone for the same reason),
// takes a NUL byte for the end (so its copy has 0x01), has no limit of depth, and refuses numbers too large for a double.

namespace hookseal_tests::json_reference {

using hookseal::find_json_field;
using hookseal::json_kind;
using hookseal::json_value;

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

inline reading nlohmann_reading(std::string_view document) {
    tree_builder builder;
    reading result;
    result.accepted = nlohmann::json::sax_parse(document.begin(), document.end(), &builder);
    result.number_out_of_range = builder.error == 406;
    result.depth = builder.depth;
    result.root = std::move(builder.root);
    return result;
}

/// The same document as far as the grammar goes, without what nlohmann treats in its own way.
inline std::string plain_copy(std::string document) {
    for (char& c : document) {
        if (static_cast<unsigned char>(c) >= 0x80) c = 'x';
        if (c == '\0') c = '\x01';
    }
    return document;
}

using path = std::vector<std::string>;

inline std::string path_text(const path& names) {
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
inline std::pair<json_kind, const node*> follow(const node& root, const path& names) {
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

inline std::optional<std::string> unescaped(const hookseal::json_value& value) {
    std::string text;
    const bool done = hookseal::unescape_json(value.raw, [&text](std::string_view piece) {
        text += piece;
        return true;
    });
    return done ? std::optional(std::move(text)) : std::nullopt;
}

inline bool same_value(const json_value& ours, const node& theirs) {
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

inline void all_paths(const node& at, path& so_far, std::vector<path>& paths) {
    paths.push_back(so_far);
    for (std::size_t i = 0; i < at.members.size(); ++i) {
        so_far.push_back(at.kind == json_kind::object ? at.members[i].first : std::to_string(i));
        all_paths(at.members[i].second, so_far, paths);
        so_far.pop_back();
    }
}

/// Counts, so that a test can tell that it did not compare nothing with nothing.
struct tally {
    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::size_t repeated = 0;
    std::size_t values = 0;
};

/// Reads a document both ways, by every path through it. Says what differs; nothing where the two readers agree.
inline std::string difference(const std::string& document, tally& counts) {
    const heap_copy copy{document};
    const json_value whole = find_json_field(copy.view(), "");
    const bool accepted = whole.kind != json_kind::malformed;
    const reading grammar = nlohmann_reading(plain_copy(document));
    // A number out of range stops nlohmann where it stands, and says nothing about what follows.
    if (grammar.number_out_of_range) return {};
    if (accepted != (grammar.accepted && grammar.depth <= 64)) return "acceptance differs: " + document;
    ++(accepted ? counts.accepted : counts.refused);
    if (!accepted) return {};

    const reading theirs = nlohmann_reading(document);
    if (!theirs.accepted) return {}; // not UTF-8
    if (!same_value(whole, theirs.root)) return "the whole differs: " + document;
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
        if (!same) return "path '" + text + "' differs in " + document;
        if (node != nullptr) ++counts.values;
        if (kind == json_kind::malformed) ++counts.repeated;
    }
    return {};
}

} // namespace hookseal_tests::json_reference

#endif
