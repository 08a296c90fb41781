// SPDX-License-Identifier: MIT
// Verifies test vectors through the public interface, as a service would, and says where the verdicts differ:
//
//     hookseal-conformance [-v] [-a] FILE.json…
//
// A file is {"id": PROVIDER, "vectors": [VECTOR…]}; a vector may name its own "provider". A vector has
//
//     request    method, url, headers (pairs, order and repetition matter), and one of body, body_base64, body_repeat
//     key        secrets (any may match), public_key; named: a list of {id, secret_base64 or public_key};
//                fetched: what a key source fetches, or 'unknown' or 'unavailable'. A certificate is fetched.
//     options    what else the receiver is configured with
//     now        Unix seconds of the receiver's clock; null: freshness is not checked
//     tolerance_s
//     expect     accept, reject, or config_error: the verifier must refuse to be built
//     expected_response_body   of a challenge: what it is answered with
//
// In place of a text, body and headers may hold [text, count], the text that often, and lists of such parts.
//
// The files of other collections (RFC 9421 and 9530, AdCP, attacks on JSON Web Tokens, SNS and PayPal) are known by what
// is in them: see foreign_files.hpp.
//
// Each vector is verified in one go and, where the scheme allows, in pieces of several sizes: all must agree.
// -v shows every verdict. -a: a provider without a vector that is accepted and one that is not counts as a failure.
// Exit status: 0; 1 where a vector failed; 2 where a file cannot be used.
#include "foreign_files.hpp"
#include "vector_case.hpp"

#include <hookseal/hookseal.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using hookseal::error;
using hookseal_conformance::foreign_case;
using hookseal_conformance::foreign_cases;
using hookseal_conformance::refused_by;
using hookseal_conformance::vector_case;
using hookseal_conformance::verifier;
using nlohmann::json;

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

/// Vectors of other collections that are not judged, and why.
constexpr std::pair<std::string_view, std::string_view> set_aside[] = {
    {"box#13", "its body was decoded on the way, and raw bodies are what is verified"},
    {"sinch_voice#3", "its secret is not base64, so there is no verifier that could refuse the request"},
};

/// Why a vector is not judged; empty for one that is.
std::string_view why_not_judged(std::string_view id) {
    for (const auto& [which, why] : set_aside)
        if (which == id) return why;
    return {};
}

/// The scheme that a record is about. Some collections have a record for each kind of key that one scheme takes.
std::string_view scheme_of(std::string_view record) {
    return record == "standard_webhooks_ed25519" ? "standard_webhooks" : record;
}

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

/// The verdict on a challenge: accepted where it gets this answer.
std::map<std::string, verdict> verdict_of_challenge(const vector_case& v, hookseal::scheme_ref scheme,
                                                    std::string_view answer) {
    const auto built = v.build(scheme);
    if (!built) return {{"when built", refused_to_be_built(built.error())}};
    const std::string_view url = v.url;
    const std::string_view target = url.substr(std::min(url.find('/', url.find("//") + 2), url.size()));
    const auto given = built->challenge_response(v.head().with_target(target).with_body(v.body));
    if (!given) return {{"challenge", {"reject", "no challenge"}}};
    if (given->error != error::none) return {{"challenge", {"reject", std::string(name(given->error))}}};
    return {{"challenge",
             given->body.view() == answer ? verdict{"accept", "none"} : verdict{"reject", "another answer"}}};
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

/// A second delivery of the same event, or one to a store that has no room for it, as a receiver answers it.
verdict verdict_of_store(const vector_case& v, hookseal::scheme_ref scheme, refused_by who) {
    const auto built = v.build(scheme);
    if (!built) return refused_to_be_built(built.error());
    const auto handled = [](auto&) {};
    const auto request = v.head().with_body(v.body);
    hookseal::lru_ttl_store seen{16};
    hookseal::callback_store full{hookseal::insert_and_erase{
        [](std::string_view, std::chrono::seconds) -> std::optional<bool> { return std::nullopt; },
        [](std::string_view) {}}};
    const hookseal::receiver once{*built, seen};
    const hookseal::receiver never{*built, full, hookseal::accepting<hookseal::risk::loss_after_crash>};
    if (once(request, handled).why != hookseal::reply_reason::handled) return {"reject", "at once"};
    const auto why =
        who == refused_by::store_as_duplicate ? once(request, handled).why : never(request, handled).why;
    return {why == hookseal::reply_reason::handled ? "accept" : "reject", "by the store"};
}

/// Counts and shows one verdict.
void add(tally& count, const std::string& id, const std::string& expected,
         const std::map<std::string, verdict>& all, bool show_all) {
    const verdict& first = all.begin()->second;
    bool agree = true;
    for (const auto& [how, got] : all)
        agree = agree && got == first;
    const bool good = agree && first.outcome == expected;
    ++(good ? count.passed : count.failed);
    if (good && !show_all) return;
    for (const auto& [how, got] : all) {
        std::printf("%s: expected %s, got %s (%s)%s%s\n", id.c_str(), expected.c_str(), got.outcome.c_str(),
                    got.why.c_str(), agree ? "" : ", ", agree ? "" : how.c_str());
        if (agree) break;
    }
}

std::string checked(std::string expected, const std::string& id) {
    if (expected == "config-error") expected = "config_error";
    if (expected != "accept" && expected != "reject" && expected != "config_error")
        throw std::runtime_error(id + ": what is '" + expected + "'?");
    return expected;
}

tally run(const std::vector<foreign_case>& cases, bool show_all) {
    tally count;
    for (const foreign_case& c : cases) {
        const vector_case the_case(c.vector);
        const hookseal::scheme_ref scheme =
            c.scheme ? *c.scheme : *hookseal::find_provider(c.vector.at("provider").get<std::string>());
        const auto all =
            c.who == refused_by::the_verifier
                ? verdicts_on(the_case, scheme)
                : std::map<std::string, verdict>{{"", verdict_of_store(the_case, scheme, c.who)}};
        add(count, c.id, checked(c.expect, c.id), all, show_all);
    }
    return count;
}

tally run(const json& file, bool show_all, outcomes_seen& seen) {
    tally count;
    for (const json& v : file.at("vectors")) {
        const auto id = v.at("id").get<std::string>();
        const auto provider = (v.contains("provider") ? v["provider"] : file.at("id")).get<std::string>();
        const vector_case the_case(v);
        const hookseal::scheme_ref* scheme = hookseal::find_provider(scheme_of(provider));
        if (scheme == nullptr) {
            ++count.skipped;
            if (show_all) std::printf("%s: skipped, there is no %s\n", id.c_str(), provider.c_str());
            continue;
        }
        if (const std::string_view why = why_not_judged(id); !why.empty()) {
            ++count.skipped;
            if (show_all) std::printf("%s: skipped, %s\n", id.c_str(), std::string(why).c_str());
            continue;
        }
        const auto all =
            v.contains("expected_response_body")
                ? verdict_of_challenge(the_case, *scheme, v["expected_response_body"].get<std::string>())
                : verdicts_on(the_case, *scheme);
        seen.emplace(provider, all.begin()->second.outcome);
        add(count, id, checked(v.at("expect").get<std::string>(), id), all, show_all);
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
            const json parsed = json::parse(file);
            const auto foreign = foreign_cases(parsed, argument);
            const tally of_file = foreign ? run(*foreign, show_all) : run(parsed, show_all, seen);
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
