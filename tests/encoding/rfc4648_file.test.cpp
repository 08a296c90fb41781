// SPDX-License-Identifier: MIT
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/hex.hpp>

#include "support/catch.hpp"
#include "support/skip.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <vector>

using namespace hookseal;

TEST_CASE("rfc4648 file: the cases of the vectors folder are decoded, encoded and refused as they say",
          "[vectors]") {
    const auto folder = hookseal_tests::folder("HOOKSEAL_VECTORS");
    if (!folder) return;
    std::ifstream file{*folder / "rfc" / "rfc4648_base_encodings.json"};
    REQUIRE(file.is_open());
    const nlohmann::json vectors = nlohmann::json::parse(file);
    std::vector<unsigned char> out(64);

    for (const auto& test : vectors.at("cases")) {
        INFO(test.at("id"));
        const auto lower = test.at("hex_lower").get<std::string>();
        std::vector<unsigned char> data(lower.size() / 2);
        REQUIRE(decode_hex(lower, data));
        std::vector<unsigned char> again(data.size());
        CHECK(decode_hex(test.at("hex_upper").get<std::string>(), again, hex_case::any));
        CHECK(again == data);
        for (const auto& [name, form] :
             {std::pair{"base64", base64_form::padded}, {"base64url_nopad", base64_form::url}}) {
            const auto text = test.at(name).get<std::string>();
            CHECK(decode_base64(text, again, form) == data.size());
            CHECK(again == data);
            std::string encoded(base64_size(data.size(), form), '?');
            CHECK(encode_base64(data, encoded.data(), form) == encoded.size());
            CHECK(encoded == text);
        }
    }
    for (const auto& test : vectors.at("base64_reject")) {
        INFO(test.at("id"));
        CHECK(decode_base64(test.at("text").get<std::string>(), out, base64_form::padded) == not_base64);
    }
    for (const auto& test : vectors.at("hex_reject")) {
        INFO(test.at("id"));
        const auto text = test.at("text").get<std::string>();
        for (const std::size_t size : {text.size() / 2, text.size() / 2 + 1}) {
            CHECK_FALSE(decode_hex(text, std::span{out}.first(size), hex_case::any));
        }
    }
}
