// SPDX-License-Identifier: MIT
#include <hookseal/challenge.hpp>
#include <hookseal/hookseal.hpp>
#include <hookseal/testing.hpp>

#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;
using document = nlohmann::json;

namespace {

using header_list = std::vector<std::pair<std::string, std::string>>;
using verifier_at_run_time = dynamic_verifier<testing::manual_clock>;

constexpr std::array all_weaknesses{weakness::body_not_signed, weakness::body_bound_by_crc,
                                    weakness::plain_hash};

const std::vector<document>& vectors() {
    static const std::vector<document> all = [] {
        const char* const folder = std::getenv("HOOKSEAL_TEST_DATA");
        std::ifstream in(std::string(folder == nullptr ? "tests/data" : folder) + "/challenges.json");
        if (!in) throw std::runtime_error("no challenges.json: set HOOKSEAL_TEST_DATA to tests/data");
        return document::parse(in).get<std::vector<document>>();
    }();
    return all;
}

/// A request in types of its own so that tests can change every byte of it.
struct asked {
    std::string method;
    std::string target;
    header_list headers;
    std::string body;

    [[nodiscard]] request view() const noexcept {
        return request{headers, body}.with_method(method).with_target(target);
    }
};

asked asked_by(const document& vector) {
    return {vector["method"], vector["target"], vector["headers"].get<header_list>(), vector["body"]};
}

template <class Provider>
std::optional<challenge_answer> answer_of(const request& from, const std::vector<option_value>& with) {
    return with.empty() ? challenge_response<Provider>(from)
                        : challenge_response<Provider>(from, {{with[0].name, with[0].value}});
}

/// The provider of a vector, as configured there.
class subject {
public:
    explicit subject(const document& vector) : provider_(vector["provider"]) {
        for (const auto& [name, value] : vector["options"].items())
            names_.emplace_back(name, value);
        for (const auto& [name, value] : names_)
            options_.push_back({name, value});
        const scheme_ref* const scheme = find_provider(provider_);
        if (scheme == nullptr) return;
        std::vector<secret> secrets;
        std::vector<key_material> keys;
        if (vector.contains("secrets"))
            for (const auto& text : vector["secrets"])
                secrets.emplace_back(text.get<std::string>());
        for (const secret& each : secrets)
            keys.emplace_back(each);
        const public_key own(vector.contains("public_key") ? vector["public_key"].get<std::string>() : "");
        if (keys.empty()) keys.emplace_back(own);
        auto made = verifier_at_run_time::make(*scheme, std::span<const key_material>(keys), all_weaknesses,
                                               {.options = options_},
                                               testing::manual_clock(vector["now"].get<std::int64_t>()));
        if (!made) throw std::runtime_error(provider_ + ": " + std::string(name(made.error())));
        verifier_ = *std::move(made);
    }

    [[nodiscard]] std::optional<challenge_answer> ask(const asked& what) const {
        const request from = what.view();
        if (verifier_) return verifier_->challenge_response(from);
        if (provider_ == "azure_event_grid") return answer_of<providers::azure_event_grid>(from, options_);
        if (provider_ == "cloudevents_webhook")
            return answer_of<providers::cloudevents_webhook>(from, options_);
        throw std::runtime_error("no provider is called " + provider_);
    }
    [[nodiscard]] bool is_met(const asked& what) const {
        const auto answer = ask(what);
        return answer && answer->error == error::none;
    }
    [[nodiscard]] bool has_signed_challenge() const {
        return verifier_ && find_provider(provider_)->challenges()[0].is_signed;
    }
    [[nodiscard]] const verifier_at_run_time& verifier() const { return *verifier_; }

private:
    std::string provider_;
    std::vector<std::pair<std::string, std::string>> names_;
    std::vector<option_value> options_;
    std::optional<verifier_at_run_time> verifier_;
};

std::vector<std::pair<std::string, std::string>> headers_of(const challenge_answer& answer) {
    std::vector<std::pair<std::string, std::string>> all;
    for_each_header(answer,
                    [&](std::string_view name, std::string_view value) { all.emplace_back(name, value); });
    return all;
}

std::string percent_encoded(unsigned char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {'%', digits[c >> 4], digits[c & 15]};
}

/// The request with its value replaced by `other`, spelled so that it is read as these very bytes.
asked with_value(const document& vector, std::string_view other) {
    const std::string value = vector["value"];
    asked changed = asked_by(vector);
    if (const auto at = changed.target.find(value); at != std::string::npos) {
        std::string spelled;
        for (const char c : other)
            spelled += percent_encoded(static_cast<unsigned char>(c));
        changed.target.replace(at, value.size(), spelled);
        return changed;
    }
    for (auto& [name, text] : changed.headers)
        if (text == value) return text = other, changed;
    std::string spelled;
    const bool is_json = changed.body.front() == '{' || changed.body.front() == '[';
    for (const char c : other) {
        if (!is_json) {
            spelled += percent_encoded(static_cast<unsigned char>(c));
            continue;
        }
        char escape[8];
        std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        spelled += escape;
    }
    const auto at = changed.body.find(value);
    REQUIRE(at != std::string::npos);
    changed.body.replace(at, value.size(), spelled);
    return changed;
}

/// Every vector of a challenge that is met, as `vector`, with its provider as `of`.
template <class Test>
void for_each_met(const Test& test) {
    std::size_t count = 0;
    for (const document& vector : vectors()) {
        if (!vector.contains("value")) continue;
        INFO(vector["id"].get<std::string>());
        const subject of(vector);
        REQUIRE(of.is_met(asked_by(vector)));
        test(vector, of);
        ++count;
    }
    CHECK(count >= 18);
}

} // namespace

TEST_CASE("challenge: every vector gets its answer, byte for byte, or none") {
    for (const document& vector : vectors()) {
        INFO(vector["id"].get<std::string>() << ": " << vector["source"].get<std::string>());
        const auto answer = subject(vector).ask(asked_by(vector));
        const document& expected = vector["answer"];
        REQUIRE(answer.has_value() == !expected.is_null());
        if (!answer) continue;
        CHECK(answer->status == expected["status"].get<int>());
        CHECK((answer->error == error::none) == (answer->status / 100 == 2));
        CHECK(answer->body.view() == expected["body"].get<std::string>());
        std::set<std::pair<std::string, std::string>> headers;
        for (const auto& [name, value] : expected["headers"].items())
            headers.emplace(name, value);
        const auto got = headers_of(*answer);
        CHECK(std::set(got.begin(), got.end()) == headers);
        CHECK(got.size() == headers.size());
        if (vector.contains("value") && vector["provider"] != "microsoft_graph")
            CHECK(answer->value.view() == vector["value"].get<std::string>());
    }
}

TEST_CASE("challenge: every provider that has one is among the vectors, met and not") {
    std::set<std::string> met;
    for (const document& vector : vectors())
        if (!vector["answer"].is_null() && vector["answer"]["status"].get<int>() / 100 == 2)
            met.insert(vector["provider"]);
    for (const scheme_ref& scheme : catalog)
        if (!scheme.challenges().empty()) {
            INFO(scheme.info().name);
            CHECK(met.count(std::string(scheme.info().name)) == 1);
            for (const challenge_scheme& each : scheme.challenges())
                CHECK(each.is_sound());
        }
    for (const char* const handshake_alone :
         {"okta", "microsoft_graph", "azure_event_grid", "cloudevents_webhook"})
        CHECK(met.count(handshake_alone) == 1);
}

TEST_CASE("challenge: a request of another method is none") {
    for_each_met([](const document& vector, const subject& of) {
        for (const char* const method : {"PUT", "HEAD", "get", "post", ""}) {
            asked other = asked_by(vector);
            other.method = method;
            CHECK_FALSE(of.ask(other).has_value());
        }
    });
}

TEST_CASE("challenge: a value that is too long or empty is never echoed and never signed") {
    for_each_met([](const document& vector, const subject& of) {
        const std::string value = vector["value"];
        for (const std::size_t size : {0U, 385U, 512U, 513U, 5000U, 70'000U})
            CHECK_FALSE(of.is_met(with_value(vector, std::string(size, value[0]))));
    });
}

TEST_CASE("challenge: no byte is echoed or signed that JSON, HTML or a header would have to escape") {
    for_each_met([](const document& vector, const subject& of) {
        const bool is_sentence = vector["provider"] == "microsoft_graph";
        const std::string value = is_sentence ? "Validation: Testing" : vector["value"].get<std::string>();
        for (unsigned c = 0; c < 256; ++c) {
            CAPTURE(c);
            const char byte = static_cast<char>(static_cast<unsigned char>(c));
            for (const std::size_t at : {std::size_t{0}, value.size() / 2, value.size() - 1}) {
                std::string other = value;
                other[at] = byte;
                if (!of.is_met(with_value(vector, other))) continue;
                const bool is_word = std::isalnum(static_cast<unsigned char>(byte)) != 0 && c < 128;
                const bool is_mark = std::string_view("-_.~+/=:").find(byte) != std::string_view::npos;
                const bool is_harmless_in_text =
                    std::string_view(" !#$%()*,;?@[]^{|}").find(byte) != std::string_view::npos;
                CHECK((is_word || is_mark || (is_sentence && is_harmless_in_text)));
            }
        }
    });
}

TEST_CASE("challenge: one that is signed is answered under its own signature alone") {
    std::size_t is_signed = 0;
    for_each_met([&](const document& vector, const subject& of) {
        if (!of.has_signed_challenge()) return;
        ++is_signed;
        const asked genuine = asked_by(vector);
        for (std::size_t bit = 0; bit < genuine.body.size() * 8; ++bit) {
            asked other = genuine;
            other.body[bit / 8] = static_cast<char>(other.body[bit / 8] ^ (1 << bit % 8));
            if (of.is_met(other)) FAIL_CHECK("bit " << bit << " of the body is not protected");
        }
        for (const auto& [name, value] : genuine.headers) {
            if (name.find("ignature") == std::string::npos && name.find("imestamp") == std::string::npos)
                continue;
            CAPTURE(name);
            asked without = genuine;
            std::erase_if(without.headers, [&](const auto& h) { return h.first == name; });
            CHECK_FALSE(of.is_met(without));
            asked twice = genuine;
            twice.headers.emplace_back(name, value);
            CHECK_FALSE(of.is_met(twice));
            asked other = genuine;
            for (auto& h : other.headers)
                if (h.first == name) h.second.back() = h.second.back() == '0' ? '1' : '0';
            CHECK_FALSE(of.is_met(other));
        }
    });
    CHECK(is_signed >= 4);
}

// The handshakes of X, Braintree and LinkedIn are not signed and want a signature under the key of deliveries: whoever asks
// gets one. Each test delivers just that.

namespace {

template <class Verifier>
std::string answered(const Verifier& by, const std::string& target) {
    const header_list none;
    const auto answer = by.challenge_response(request{none}.with_method("GET").with_target(target));
    return answer && answer->error == error::none ? std::string(answer->body) : std::string();
}

} // namespace

TEST_CASE("challenge: what X has signed for a stranger is no delivery") {
    const verifier<providers::x_twitter> x{secret("consumer secret")};
    for (const std::string body : {"challenge_string", "1", "true", "null", "-1", "0e0"}) {
        CAPTURE(body);
        const std::string answer = answered(x, "/hook?crc_token=" + body);
        const std::string start = R"({"response_token":")";
        REQUIRE(answer.size() > start.size() + 2);
        const header_list headers{
            {"x-twitter-webhooks-signature", answer.substr(start.size(), answer.size() - start.size() - 2)}};
        CHECK(x.verify(request{headers, body}).error() == error::malformed_field);
    }
    for (const char* const body : {"%7B%7D", "%5B%5D", "%22a%22", "1.5", "a%20b", "%0A"})
        CHECK(answered(x, std::string("/hook?crc_token=") + body).empty());
}

TEST_CASE("challenge: what Braintree has signed for a stranger is no delivery") {
    const option_value options[] = {{"key_id", "public"}};
    const verifier<providers::braintree> braintree{secret("private"), {.options = options}};
    for (const std::string payload : {"aaaabbbbccccddddeeee", "00000000000000000000000000000000"}) {
        const std::string answer = answered(braintree, "/hook?bt_challenge=" + payload);
        REQUIRE(answer.size() == std::string_view("public|").size() + 40);
        const std::string body = "bt_signature=" + answer + "&bt_payload=" + payload;
        const header_list none;
        CHECK(braintree.verify(request{none, body}).error() == error::malformed_field);
    }
}

TEST_CASE("challenge: what LinkedIn has signed for a stranger is no delivery") {
    const verifier<providers::linkedin> linkedin{secret("client secret")};
    const std::string code = "hmacsha256-4dfe-4ab1-b689-ed553bceee";
    const std::string answer = answered(linkedin, "/hook?challengeCode=" + code);
    const auto at = answer.rfind(":\"");
    REQUIRE(at != std::string::npos);
    const header_list headers{{"x-li-signature", answer.substr(at + 2, 64)}};
    // Behind the prefix that every delivery's content has nothing is left to choose.
    CHECK(linkedin.verify(request{headers, code}).error() == error::signature_mismatch);
    const std::string rest = code.substr(std::string_view("hmacsha256").size());
    CHECK(linkedin.verify(request{headers, rest}).error() == error::signature_mismatch);
    CHECK(answered(linkedin, "/hook?challengeCode=hmacsha256%3D4dfe-4ab1-b689-ed553bceeed0").empty());
}

TEST_CASE("challenge: a tenant's challenge is sealed with the tenant's key") {
    const verifier<providers::linkedin> linkedin{keys_per_call};
    const keyring<providers::linkedin> tenant{secret("linkedin-client-secret")};
    const header_list none;
    const request asks = request{none}.with_method("GET").with_target(
        "/linkedin?challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0");
    const auto answer = linkedin.challenge_response(asks, tenant);
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK(answer->body.view().find("e9567c49fee6d803311de224f2be5dc1b7f61cae1810ae05866223f4caa1724f")
          != std::string_view::npos);

    const auto without = linkedin.challenge_response(asks);
    REQUIRE(without.has_value());
    CHECK(without->error == error::missing_secret);
    CHECK(without->status == 500);
    CHECK(without->body.empty());
}

TEST_CASE("challenge: the value is looked for at the target where there is one, else at the URL") {
    const verifier<providers::dropbox> dropbox{secret("app secret")};
    const header_list none;
    const request get = request{none}.with_method("GET");
    const auto value_of = [&](const request& from) {
        const auto answer = dropbox.challenge_response(from);
        return answer ? std::string(answer->body) : std::string();
    };
    CHECK(value_of(get.at("https://public.example/hook?challenge=abc")) == "abc");
    CHECK(value_of(get.at("https://public.example/hook").with_target("/hook?challenge=abc")) == "abc");
    CHECK(value_of(get.at("https://public.example/hook?challenge=xyz").with_target("/?challenge=abc"))
          == "abc");
    CHECK(value_of(get.at("https://public.example/hook")).empty());
    CHECK(value_of(get).empty());
}

TEST_CASE("challenge: a provider without one answers nothing") {
    const verifier<providers::github> github{secret("secret")};
    const header_list none;
    CHECK_FALSE(github.challenge_response(request{none}.with_method("GET").with_target("/?challenge=a")));
}

TEST_CASE("challenge: an answer that nobody filled refuses") {
    const challenge_answer nothing;
    CHECK(nothing.status == 401);
    CHECK(nothing.error == error::unverified);
    CHECK(headers_of(nothing).empty());
}

TEST_CASE("challenge: a text in an answer holds what it says and no more, copied too") {
    answer_text text;
    CHECK(text.append(std::string(max_answer_text - 1, 'a')));
    CHECK_FALSE(text.append("bc"));
    CHECK(text.view().size() == max_answer_text - 1);
    CHECK(text.append("b"));
    CHECK_FALSE(text.append("c"));
    answer_text copy;
    CHECK(copy.append("older"));
    copy = text;
    CHECK(copy.view() == std::string(max_answer_text - 1, 'a') + "b");
    const answer_text& same = copy;
    copy = same;
    CHECK(copy.view() == text.view());
    CHECK(answer_text(text).view() == text.view());
}

TEST_CASE("challenge: a description that makes no sense is known as such") {
    const challenge_scheme echo{.value = query("x"), .text = "{value}"};
    CHECK(echo.is_sound());
    CHECK_FALSE(challenge_scheme{.text = "hello"}.is_sound()); // every delivery would be one
    CHECK(challenge_scheme{.method = "HEAD"}.is_sound());
    CHECK_FALSE(challenge_scheme{.when = {header("a"), "b"}, .text = "{value}"}.is_sound());
    CHECK_FALSE(challenge_scheme{.value = query("x"), .text = "{vlaue}"}.is_sound());
    CHECK_FALSE(challenge_scheme{.value = query("x"), .text = "{option:a"}.is_sound());
    CHECK_FALSE(challenge_scheme{.value = query("x"), .headers = {{"A", "{valu}"}}}.is_sound());
    CHECK_FALSE(challenge_scheme{.value = query("x"), .text = "a", .json = "{}"}.is_sound());
    CHECK_FALSE(challenge_scheme{.value = query("x"), .json = R"({"a":"{option:b}"})"}.is_sound());
    CHECK_FALSE(challenge_scheme{.value = query("x"), .form = {alphabet::token, 1, 385}}.is_sound());
    CHECK_FALSE(challenge_scheme{.value = query("x"), .form = {alphabet::token, 0, 10}}.is_sound());
    // A signature for whoever asks, over what they like.
    CHECK_FALSE(challenge_scheme{.value = query("x"), .text = "{mac}"}.is_sound());
    CHECK_FALSE(
        challenge_scheme{.value = query("x"), .form = {alphabet::text, 1, 9}, .text = "{mac}"}.is_sound());
    CHECK(challenge_scheme{.value = query("x"), .is_signed = true, .text = "{mac}"}.is_sound());
    CHECK(challenge_scheme{.value = query("x"), .form = {alphabet::hex, 1, 9}, .text = "{mac}"}.is_sound());
}
