// SPDX-License-Identifier: MIT
#include <hookseal/encoding/base64.hpp>

#include "fuzz/fuzz.hpp"

#include <openssl/evp.h>

#include <string>
#include <string_view>
#include <vector>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

std::string encoded(std::span<const unsigned char> bytes, base64_form form) {
    std::string text(base64_size(bytes.size(), form), '\0');
    require(encode_base64(bytes, text.data(), form) == text.size(), "the size that was said is written");
    return text;
}

void text_that_is_read_is_written_again(std::string_view text, base64_form form) {
    std::vector<unsigned char> bytes(text.size());
    const std::size_t size = decode_base64(text, bytes, form);
    if (size == not_base64) return;
    require(encoded(std::span(bytes).first(size), form) == text, "of some bytes there is one text");

    std::vector<unsigned char> secret(text.size());
    if (form == base64_form::padded)
        require(decode_base64_secret(text, secret) == size && secret == bytes, "secrets are read alike");
    if (form == base64_form::padded && !text.empty()) {
        std::vector<unsigned char> openssls(text.size());
        require(EVP_DecodeBlock(openssls.data(), bytes_of(text).data(), static_cast<int>(text.size())) >= 0,
                "OpenSSL reads it, too");
        openssls.resize(size);
        require(std::equal(openssls.begin(), openssls.end(), bytes.begin()), "OpenSSL reads the same");
    }
    if (size > 0) {
        std::vector<unsigned char> less(size - 1);
        require(decode_base64(text, less, form) == not_base64, "what there is no room for is refused");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = input(data, size).rest();
    for (const base64_form form : {base64_form::padded, base64_form::url}) {
        text_that_is_read_is_written_again(text, form);
        const std::string made = encoded(bytes_of(text), form);
        std::vector<unsigned char> back(size);
        require(decode_base64(made, back, form) == size, "what is written is read");
        require(std::equal(back.begin(), back.end(), data), "what is read is what was written");
    }
    return 0;
}
