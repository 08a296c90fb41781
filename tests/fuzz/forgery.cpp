// SPDX-License-Identifier: MIT
#include <hookseal/providers/catalog.hpp>
#include <hookseal/signer.hpp>

#include "fuzz/fuzz.hpp"
#include "fuzz/keys.hpp"
#include "providers/signed_content.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

/// A delivery that can be changed at will.
struct delivery {
    signed_headers headers{};
    std::string body{};
    std::string url = "https://example.test/hook?a=1&b=2";

    [[nodiscard]] request whole() const { return request{headers}.at(url).with_body(body); }
};

/// A provider's verifier, and the only delivery that was ever signed with its key.
struct subject {
    scheme_ref scheme;
    dynamic_verifier<> verifier;
    delivery genuine{};

    [[nodiscard]] static std::optional<subject> of(const scheme_ref& scheme) {
        const auto signer = basic_signer::make(scheme, sending_key(scheme.info().keys[0]));
        auto verifier = make_verifier(scheme);
        if (!signer || !verifier) return std::nullopt;
        subject made{scheme, *std::move(verifier)};
        const auto signed_one = signer->sign_delivery(
            {.body = R"({"id":"evt_1","type":"a.b","event":{"type":"c"},"data":[{"id":7}]})",
             .event_id = "evt_1",
             .event_type = "a.b",
             .at = std::chrono::sys_seconds(std::chrono::seconds(1'767'225'600)),
             .url = made.genuine.url});
        if (!signed_one) return std::nullopt;
        made.genuine.headers = signed_one->headers;
        made.genuine.body = signed_one->body;
        return made.verifier.verify(made.genuine.whole()) ? std::optional(std::move(made)) : std::nullopt;
    }

    [[nodiscard]] std::vector<std::string> contents(const delivery& of) const {
        const auto options = options_of(scheme.info());
        std::vector<std::string> all;
        for (int candidate = 0; candidate < scheme.info().candidates; ++candidate)
            if (auto one = hookseal_tests::signed_content(scheme, of.whole(),
                                                          {options.data(), options.size()}, "", candidate))
                all.push_back(*std::move(one));
        return all;
    }
};

const subject* find_subject(std::string_view name) {
    static std::map<std::string_view, std::optional<subject>> all;
    const scheme_ref* const scheme = find_provider(name);
    if (scheme == nullptr) return nullptr;
    const auto found = all.find(scheme->info().name);
    const auto& made = found != all.end()
                           ? found->second
                           : all.emplace(scheme->info().name, subject::of(*scheme)).first->second;
    return made ? &*made : nullptr;
}

void change(delivery& d, input& from) {
    std::vector<std::string*> texts{&d.body, &d.url};
    for (auto& [name, value] : d.headers) {
        texts.push_back(&value);
        texts.push_back(&name);
    }
    const std::uint8_t how = from.byte();
    std::string& text = *texts[from.below(texts.size())];
    const std::size_t at = from.below(text.size() + 1);
    switch (how % 7) {
    case 0: text.insert(at, 1, static_cast<char>(from.byte())); break;
    case 1:
        if (at < text.size()) text[at] = static_cast<char>(from.byte());
        break;
    case 2: text.erase(at, from.below(8)); break;
    case 3: { // from one text to another, as if it had always stood there
        std::string& other = *texts[from.below(texts.size())];
        const std::string moved = text.substr(at, from.below(64));
        text.erase(at, moved.size());
        other.insert(from.below(other.size() + 1), moved);
        break;
    }
    case 4:
        if (!d.headers.empty()) {
            const auto again = d.headers[from.below(d.headers.size())];
            d.headers.insert(d.headers.begin() + static_cast<std::ptrdiff_t>(from.below(d.headers.size())),
                             again);
        }
        break;
    case 5:
        if (!d.headers.empty())
            d.headers.erase(d.headers.begin() + static_cast<std::ptrdiff_t>(from.below(d.headers.size())));
        break;
    default: text.insert(at, text.substr(from.below(text.size() + 1), from.below(64))); break;
    }
}

} // namespace

/// A provider's name in the first line, and changes to the delivery that it has signed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input from(data, size);
    const subject* const s = find_subject(from.until('\n'));
    if (s == nullptr) return 0;
    delivery forged = s->genuine;
    for (int changes = 0; !from.ended() && changes < 32; ++changes)
        change(forged, from);

    const request genuine_request = s->genuine.whole();
    const request forged_request = forged.whole();
    const auto genuine = s->verifier.verify(genuine_request);
    const auto event = s->verifier.verify(forged_request);
    if (!event) return 0;
    const std::vector<std::string> then = s->contents(s->genuine);
    const std::vector<std::string> now = s->contents(forged);
    require(std::find_first_of(now.begin(), now.end(), then.begin(), then.end()) != now.end(),
            "what is accepted was signed");
    const protection& protects = s->scheme.info().protects;
    if (protects.body == body_protection::whole) require(forged.body == s->genuine.body, "with its body");
    if (protects.timestamp) require(event->signed_at() == genuine->signed_at(), "at its time");
    if (protects.event_id) require(event->id().str() == genuine->id().str(), "under its id");
    return 0;
}
