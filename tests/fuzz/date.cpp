// SPDX-License-Identifier: MIT
#include <hookseal/encoding/date.hpp>

#include "fuzz/fuzz.hpp"

#include <array>
#include <ctime>
#include <string>
#include <string_view>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

/// What the C library says of the first 19 characters of an RFC 3339 time, or of an HTTP date.
bool c_library_reads(std::string_view text, const char* format, std::int64_t& seconds) {
    const std::string copy(text);
    std::tm parts{};
    const char* const end = strptime(copy.c_str(), format, &parts);
    seconds = timegm(&parts);
    return end == copy.c_str() + copy.size();
}

void require_rfc3339(std::string_view text) {
    std::int64_t seconds = -1;
    if (!parse_rfc3339(text, seconds)) {
        require(seconds == -1, "what is refused writes nothing");
        return;
    }
    std::int64_t local = 0;
    require(c_library_reads(text.substr(0, 19), "%Y-%m-%dT%H:%M:%S", local), "the C library reads it, too");
    const std::string_view zone = text.back() == 'Z' ? "Z" : text.substr(text.size() - 6);
    if (zone != "Z") {
        const std::int64_t offset =
            std::stoi(std::string(zone.substr(1, 2))) * 3600 + std::stoi(std::string(zone.substr(4))) * 60;
        local += zone.front() == '+' ? -offset : offset;
    }
    require(seconds == local, "as the same time");

    std::array<char, 20> written{};
    require(write_rfc3339(seconds, written.data()) == written.size(), "it can be written");
    std::int64_t again = 0;
    require(parse_rfc3339({written.data(), written.size()}, again) && again == seconds, "and read again");
}

void require_http(std::string_view text) {
    std::int64_t seconds = -1;
    if (!parse_http_date(text, seconds)) return;
    std::int64_t theirs = 0;
    require(c_library_reads(text, "%a, %d %b %Y %H:%M:%S GMT", theirs) && seconds == theirs,
            "the C library reads the same time");
    std::array<char, 29> written{};
    require(write_http_date(seconds, written.data()) == written.size()
                && std::string_view(written.data(), written.size()) == text,
            "of every second there is one HTTP date");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input from(data, size);
    require_rfc3339(from.rest());
    require_http(from.rest());
    const auto seconds = static_cast<std::int64_t>(from.number<std::uint64_t>() % 253'402'300'800);
    std::array<char, 29> text{};
    std::int64_t read = -1;
    require(parse_rfc3339({text.data(), write_rfc3339(seconds, text.data())}, read) && read == seconds,
            "every second is written and read");
    require(parse_http_date({text.data(), write_http_date(seconds, text.data())}, read) && read == seconds,
            "as an HTTP date, too");
    return 0;
}
