// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "keys.hpp"
#include "text.hpp"

#include <hookseal/encoding/ascii.hpp>
#include <hookseal/signer.hpp>

#include <httplib.h>

#include <chrono>
#include <cstdio>
#include <string_view>

namespace hookseal_cli {

namespace {

/// A value the user gave for something that the scheme keeps elsewhere, or that would break out of its header.
void check_header_value(const hookseal::scheme_info& scheme, std::string_view option, std::string_view value,
                        const hookseal::field& where) {
    if (value.empty()) return;
    if (where.where != hookseal::field::place::header)
        throw failure(std::string(option) + ": " + std::string(scheme.name)
                      + " has no header for it; it stands in the body");
    if (!hookseal::is_printable(value))
        throw failure(std::string(option) + ": only printable ASCII can stand in a header");
}

[[nodiscard]] hookseal::signed_headers signed_headers_for(const sign_options& with, std::string_view body) {
    const hookseal::scheme_ref& scheme = provider_named(with.provider);
    const std::vector<key_source> sources = parse_key_sources(with.key);
    if (sources.size() != 1) throw failure("one key signs; name one");
    check_header_value(scheme.info(), "--id", with.id, scheme.info().event_id.parts[0]);
    check_header_value(scheme.info(), "--type", with.type, scheme.info().event_type.parts[0]);

    const auto refuse = [&](hookseal::error why) {
        throw failure(with.provider + ": " + std::string(message(why)));
    };
    const auto signer = hookseal::basic_signer::make(scheme, load_secret(sources.front()));
    if (!signer) refuse(signer.error());
    hookseal::outgoing_delivery delivery{
        .body = body, .event_id = with.id, .event_type = with.type, .url = with.url};
    if (with.at) delivery.at = std::chrono::sys_seconds(std::chrono::seconds(*with.at));
    auto headers = signer->sign(delivery);
    if (!headers) refuse(headers.error());
    return *std::move(headers);
}

struct url_parts {
    std::string origin; ///< `http://127.0.0.1:8080`
    std::string path;   ///< with the query
};

[[nodiscard]] url_parts split(const std::string& url) {
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        throw failure("a URL begins with http:// or https://");
    const std::size_t path = url.find('/', url.find("://") + 3);
    if (path == std::string::npos) return {url, "/"};
    return {url.substr(0, path), url.substr(path)};
}

} // namespace

int sign(const sign_options& with) {
    for (const auto& [name, value] : signed_headers_for(with, read_standard_input()))
        std::printf("%s: %s\n", name.c_str(), value.c_str());
    return 0;
}

int send(const send_options& with) {
    const url_parts to = split(with.sign.url);
    const std::string body = read_standard_input();
    httplib::Headers headers;
    for (const auto& [name, value] : signed_headers_for(with.sign, body))
        headers.emplace(name, value);

    httplib::Client client(to.origin);
    if (!client.is_valid()) throw failure("no connection can be made to " + in_quotes(to.origin));
    client.set_read_timeout(std::chrono::seconds(30)); // as long as the more patient providers wait
    const httplib::Result answer = client.Post(to.path, headers, body, with.content_type);
    if (!answer)
        throw failure(in_quotes(to.origin) + " gave no answer: " + httplib::to_string(answer.error()));
    std::printf("%d %s\n", answer->status, answer->body.c_str());
    return answer->status >= 200 && answer->status < 300 ? 0 : 1;
}

} // namespace hookseal_cli
