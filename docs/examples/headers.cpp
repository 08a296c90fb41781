// SPDX-License-Identifier: MIT
// Headers of a framework that hookseal has never seen.
#include <hookseal/core/request.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// [framework]
// A framework that keeps its headers in a linked list of C strings.
struct header_node {
    const char* key;
    const char* value;
    const header_node* next;
};
struct framework_headers {
    const header_node* first;
};

template <>
struct hookseal::header_access<framework_headers> {
    static void visit(const framework_headers& from, std::string_view name, header_sink sink) noexcept {
        for (const header_node* h = from.first; h != nullptr; h = h->next)
            if (equal_ignoring_case(h->key, name) && !sink(h->value)) return;
    }
};
// [/framework]

int main() {
    const header_node second{"X-Event", "two", nullptr};
    const header_node first{"x-other", "one", &second};
    const framework_headers headers{&first};
    const hookseal::request request{headers, "body"};
    std::string_view value;
    if (request.headers().find_one("x-event", value) != hookseal::error::none || value != "two") return 1;

    // [callable]
    // Or a function that finds the only value it knows.
    const auto find = [](std::string_view name) -> std::string_view {
        return name == "x-event" ? "two" : "";
    };
    const hookseal::request same{find, "body"};
    // [/callable]
    return same.headers().find_one("x-event", value) == hookseal::error::none && value == "two" ? 0 : 1;
}
