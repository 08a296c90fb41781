// SPDX-License-Identifier: MIT
// Verifies test vectors through the public interface, as a service would, and says where the verdicts differ:
//
//     hookseal-conformance [-v] [-a] FILE.json…
//
// A file is {"id": PROVIDER, "vectors": [VECTOR…]}; a vector may name its own "provider". A vector has
//
//     request    method, url, headers (pairs, order and repetition matter), and one of body, body_base64, body_repeat
//     key        secrets (any may match), public_key
//     options    what else the receiver is configured with
//     now        Unix seconds of the receiver's clock; null: freshness is not checked
//     tolerance_s
//     expect     accept, reject, or config_error: the verifier must refuse to be built
//
// In place of a text, body and headers may hold [text, count], the text that often, and lists of such parts.
//
// Each vector is verified in one go and, where the scheme allows, in pieces of several sizes: all must agree.
// -v shows every verdict. -a: a provider without a vector that is accepted and one that is not counts as a failure.
// Exit status: 0; 1 where a vector failed; 2 where a file cannot be used.
#include <hookseal/hookseal.hpp>
#include <hookseal/testing.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using hookseal::error;
using nlohmann::json;
using verifier = hookseal::dynamic_verifier<hookseal::testing::manual_clock>;

constexpr hookseal::weakness all_weaknesses[] = {hookseal::weakness::body_not_signed,
                                                 hookseal::weakness::body_bound_by_crc,
                                                 hookseal::weakness::plain_hash};

/// A verdict in the words of the vectors, the error behind it, and what an accepted event says.
struct verdict {
    std::string outcome;
    std::string why;
    std::string event{};

    bool operator==(const verdict&) const = default;
};

verdict refused_to_be_built(error why) { return {"config_error", std::string(name(why))}; }

verdict verdict_of(const hookseal::result<hookseal::verified_event>& event) {
    if (!event) return {"reject", std::string(name(event.error()))};
    return {"accept", "none",
            std::to_string(event->key_index()) + ' ' + event->id().str() + ' ' + event->type().str()};
}

/// The key or null: an absent member and a null one mean the same.
const json& member(const json& of, const char* key) {
    static const json null;
    const auto found = of.find(key);
    return found == of.end() ? null : *found;
}

std::string text_of(const json& from) {
    if (!from.is_array()) return from.get<std::string>();
    std::string all;
    if (from.size() == 2 && from[1].is_number()) {
        for (auto n = from[1].get<unsigned>(); n > 0; --n)
            all += from[0].get<std::string>();
    } else {
        for (const json& part : from)
            all += text_of(part);
    }
    return all;
}

std::string body_of(const json& request) {
    if (request.contains("body_base64")) {
        const auto encoded = request["body_base64"].get<std::string>();
        std::vector<unsigned char> bytes(encoded.size());
        const std::size_t size = hookseal::decode_base64(encoded, bytes, hookseal::base64_form::padded);
        if (size == hookseal::not_base64) throw std::runtime_error("body_base64 is not base64");
        return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
    }
    return text_of(request.contains("body_repeat") ? request["body_repeat"] : request.at("body"));
}

std::string text_or(const json& from, std::string_view otherwise) {
    return from.is_null() ? std::string(otherwise) : from.is_string() ? from.get<std::string>() : from.dump();
}

/// The scheme that a record is about. Some collections have a record for each kind of key that one scheme takes.
std::string_view scheme_of(std::string_view record) {
    return record == "standard_webhooks_ed25519" ? "standard_webhooks" : record;
}

/// What a vector says, in types that the library takes views of.
struct vector_case {
    explicit vector_case(const json& v)
        : method(text_or(member(v.at("request"), "method"), "POST")),
          url(text_or(member(v.at("request"), "url"), "")),
          body(body_of(v.at("request"))) {
        for (const json& h : v.at("request").at("headers"))
            headers.emplace_back(h.at(0).get<std::string>(), text_of(h.at(1)));
        for (const json& s : member(member(v, "key"), "secrets"))
            secrets.emplace_back(s.get<std::string>());
        if (const json& k = member(member(v, "key"), "public_key"); !k.is_null())
            public_keys.emplace_back(text_or(k, ""));
        for (const auto& [key, value] : member(v, "options").items())
            option_texts.emplace_back(key, text_or(value, ""));
        if (const json& t = member(v, "tolerance_s"); !t.is_null())
            tolerance = std::chrono::seconds(t.get<std::int64_t>());
        if (const json& t = member(v, "now"); t.is_null())
            tolerance = hookseal::freshness::unchecked;
        else
            now = t.get<std::int64_t>();
    }

    [[nodiscard]] hookseal::result<verifier> build(hookseal::scheme_ref scheme) const {
        std::vector<hookseal::key_material> keys(secrets.begin(), secrets.end());
        keys.insert(keys.end(), public_keys.begin(), public_keys.end());
        std::vector<hookseal::option_value> options;
        for (const auto& [key, value] : option_texts)
            options.push_back({key, value});
        return verifier::make(scheme, hookseal::key_list(keys), all_weaknesses, {tolerance, options},
                              hookseal::testing::manual_clock(now));
    }
    [[nodiscard]] hookseal::request head() const {
        return hookseal::request{headers}.at(url).with_method(method);
    }

    std::string method;
    std::string url;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<hookseal::secret> secrets;
    std::vector<hookseal::public_key> public_keys;
    std::vector<std::pair<std::string, std::string>> option_texts;
    hookseal::freshness tolerance{};
    std::int64_t now = 0;
};

verdict in_pieces(const verifier& with, const vector_case& v, std::size_t size) {
    auto running = with.begin(v.head());
    std::string_view rest = v.body;
    for (; !rest.empty(); rest.remove_prefix(std::min(size, rest.size()))) {
        running.update(rest.substr(0, size));
        running.update("");
    }
    return verdict_of(std::move(running).finish(v.body));
}

/// The verdicts on one vector by how its body was handed over. A verifier that cannot be built has but one.
std::map<std::string, verdict> verdicts_on(const vector_case& v, hookseal::scheme_ref scheme) {
    const auto built = v.build(scheme);
    if (!built) return {{"when built", refused_to_be_built(built.error())}};
    std::map<std::string, verdict> all{{"in one go", verdict_of(built->verify(v.head().with_body(v.body)))}};
    if (!built->info().streams) return all;
    all["as one piece"] = in_pieces(*built, v, v.body.size());
    all["in sevens"] = in_pieces(*built, v, 7);
    if (v.body.size() <= 4096) all["byte by byte"] = in_pieces(*built, v, 1);
    return all;
}

struct tally {
    int passed = 0;
    int failed = 0;
    int skipped = 0;

    void add(const tally& other) {
        passed += other.passed;
        failed += other.failed;
        skipped += other.skipped;
    }
    void print(const char* of) const {
        std::printf("%s%d passed, %d failed, %d skipped\n", of, passed, failed, skipped);
    }
};

using outcomes_seen = std::set<std::pair<std::string, std::string>>;

tally run(const json& file, bool show_all, outcomes_seen& seen) {
    tally count;
    for (const json& v : file.at("vectors")) {
        const auto id = v.at("id").get<std::string>();
        const auto provider = (v.contains("provider") ? v["provider"] : file.at("id")).get<std::string>();
        auto expected = v.at("expect").get<std::string>();
        if (expected == "config-error") expected = "config_error";
        if (expected != "accept" && expected != "reject" && expected != "config_error")
            throw std::runtime_error(id + ": what is '" + expected + "'?");

        const vector_case the_case(v);
        const hookseal::scheme_ref* scheme = hookseal::find_provider(scheme_of(provider));
        if (scheme == nullptr) {
            ++count.skipped;
            if (show_all) std::printf("%s: skipped, there is no %s\n", id.c_str(), provider.c_str());
            continue;
        }
        if (v.contains("expected_response_body")) { // not a delivery, but a challenge that wants an answer
            ++count.skipped;
            if (show_all) std::printf("%s: skipped, it is a challenge\n", id.c_str());
            continue;
        }
        const auto all = verdicts_on(the_case, *scheme);
        const verdict& first = all.begin()->second;
        bool agree = true;
        for (const auto& [how, got] : all)
            agree = agree && got == first;
        const bool good = agree && first.outcome == expected;
        ++(good ? count.passed : count.failed);
        seen.emplace(provider, first.outcome);
        if (good && !show_all) continue;
        for (const auto& [how, got] : all) {
            std::printf("%s: expected %s, got %s (%s)%s%s\n", id.c_str(), expected.c_str(),
                        got.outcome.c_str(), got.why.c_str(), agree ? "" : ", ", agree ? "" : how.c_str());
            if (agree) break;
        }
    }
    return count;
}

/// Providers that no vector shows at work, or none shows refusing.
int without_vectors(const outcomes_seen& seen) {
    int lacking = 0;
    for (const hookseal::scheme_ref& each : hookseal::catalog) {
        for (const char* outcome : {"accept", "reject"}) {
            if (seen.contains({std::string(each.info().name), outcome})) continue;
            std::printf("%s: no vector with the verdict '%s'\n", std::string(each.info().name).c_str(),
                        outcome);
            ++lacking;
        }
    }
    return lacking;
}

} // namespace

int main(int argc, char** argv) {
    bool show_all = false;
    bool all_providers = false;
    bool unusable = argc < 2;
    tally total;
    outcomes_seen seen;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "-v" || argument == "-a") {
            (argument == "-v" ? show_all : all_providers) = true;
            continue;
        }
        try {
            std::ifstream file(argument, std::ios::binary);
            if (!file) throw std::runtime_error("cannot be read");
            const tally of_file = run(json::parse(file), show_all, seen);
            of_file.print((argument + ": ").c_str());
            total.add(of_file);
        } catch (const std::exception& e) {
            std::fprintf(stderr, "%s: %s\n", argument.c_str(), e.what());
            unusable = true;
        }
    }
    if (argc < 2) std::fprintf(stderr, "usage: hookseal-conformance [-v] [-a] FILE.json...\n");
    if (all_providers) total.failed += without_vectors(seen);
    total.print("");
    return unusable ? 2 : total.failed != 0 ? 1 : 0;
}
