// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_PROVIDERS_SUBJECT_HPP
#define HOOKSEAL_TESTS_PROVIDERS_SUBJECT_HPP

#include "providers/signed_content.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <hookseal/hookseal.hpp>
#include <hookseal/testing.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookseal_tests {

using namespace std::chrono_literals;

inline constexpr std::chrono::sys_seconds signed_at{std::chrono::seconds(1'767'225'600)};

/// One delivery, in types of its own so that tests can change every byte of it.
struct delivery {
    hookseal::signed_headers headers;
    std::string body;
    std::string url = "https://example.test/hook";

    /// The value of a header that is there.
    [[nodiscard]] std::string& operator[](std::string_view name) {
        return std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return h.first == name; })
            ->second;
    }
    [[nodiscard]] delivery with(std::string_view name, std::string value) const {
        delivery other = *this;
        other[name] = std::move(value);
        return other;
    }
    [[nodiscard]] delivery without(std::string_view name) const {
        delivery other = *this;
        std::erase_if(other.headers, [&](const auto& h) { return h.first == name; });
        return other;
    }
    [[nodiscard]] delivery with_body(std::string bytes) const {
        delivery other = *this;
        other.body = std::move(bytes);
        return other;
    }
    [[nodiscard]] hookseal::request head() const { return hookseal::request{headers}.at(url); }
    [[nodiscard]] hookseal::request whole() const { return head().with_body(body); }
};

/// A clock that stands, or that gives no time.
struct standing_clock {
    std::optional<std::chrono::sys_seconds> time;

    [[nodiscard]] std::optional<std::chrono::sys_seconds> now() const noexcept { return time; }
};

/// Who verifies: with which test keys, how strictly, when.
struct receiver {
    std::vector<std::size_t> keys{0};
    hookseal::freshness tolerance{};
    std::optional<std::chrono::sys_seconds> now = signed_at;
};

/// What a verifier said, in values that can be compared. `error` is `none` for what was accepted.
struct verdict {
    std::string error;
    int http_status = 200;
    std::size_t key_index = 0;
    std::string id{};
    std::string type{};
    std::optional<std::chrono::sys_seconds> signed_at{};

    [[nodiscard]] bool accepted() const { return error == "none"; }
    friend bool operator==(const verdict&, const verdict&) = default;
    friend std::ostream& operator<<(std::ostream& out, const verdict& v) {
        return out << v.error << ", key " << v.key_index << ", id '" << v.id << "', type '" << v.type << '\'';
    }
};

[[nodiscard]] inline verdict verdict_on(const hookseal::result<hookseal::verified_event>& event) {
    if (!event) return {std::string(name(event.error())), http_status(event.error())};
    return {.error = "none",
            .key_index = event->key_index(),
            .id = event->id().str(),
            .type = event->type().str(),
            .signed_at = event->signed_at()};
}

inline constexpr auto all_weaknesses =
    hookseal::accepting<hookseal::weakness::body_not_signed, hookseal::weakness::body_bound_by_crc,
                        hookseal::weakness::plain_hash>;
inline constexpr std::array all_weaknesses_by_value = {hookseal::weakness::body_not_signed,
                                                       hookseal::weakness::body_bound_by_crc,
                                                       hookseal::weakness::plain_hash};

/// The test keys are 32 printable bytes, as which they can be tokens too.
[[nodiscard]] inline hookseal::secret test_secret(std::size_t number) {
    std::array<unsigned char, 32> bytes{};
    constexpr std::string_view text = "hookseal-test-key-of-32-bytes-#?";
    std::copy(text.begin(), text.end(), bytes.begin());
    bytes.back() = static_cast<unsigned char>('0' + number);
    return hookseal::secret::from_bytes(bytes);
}

/// What receivers are configured with beside keys.
inline constexpr std::array options = {hookseal::option_value{"key_id", "the_key_id"},
                                       hookseal::option_value{"app_key", "the_app_key"},
                                       hookseal::option_value{"merchant_salt", "the_salt"},
                                       hookseal::option_value{"signature_method", "sha256"}};

/// What a delivery needs beyond what a signer writes, of the providers that sign or require more. In the values, `{id}`,
/// `{type}`, `{time}` and `{signature}` stand for themselves, the last as a blank to be filled.
struct draft {
    std::string_view provider;
    std::string_view body{}; ///< empty: the usual one
    std::vector<std::pair<std::string_view, std::string_view>> headers{};
};

inline const std::vector<draft>& drafts() {
    static const std::vector<draft> all = {
        {"adyen",
         R"({"live":"false","notificationItems":[{"NotificationRequestItem":{"pspReference":"{id}","amount":{"value":1,)"
         R"("currency":"EUR"},"merchantReference":"a:b","eventCode":"{type}","success":"true","reason":"x",)"
         R"("additionalData":{"hmacSignature":"{signature}"}}}]})"},
        {"braintree", "bt_signature=the_key_id|{signature}&bt_payload=PGE%2BCg%3D%3D%0A&x=1"},
        {"box",
         "",
         {{"box-delivery-timestamp", "2026-01-01T00:00:00Z"},
          {"box-signature-version", "1"},
          {"box-signature-algorithm", "HmacSHA256"},
          {"box-signature-primary", "{signature}"}}},
        {"contentful",
         "",
         {{"x-contentful-signed-headers", "x-contentful-signed-headers,x-contentful-timestamp"},
          {"x-contentful-timestamp", "{time}000"},
          {"x-contentful-idempotency-key", "{id}"},
          {"x-contentful-topic", "{type}"},
          {"x-contentful-signature", "{signature}"}}},
        {"dropbox_sign",
         R"({"account":"x","event":{"event_time":"{time}","event_type":"{type}","event_hash":"{signature}"}})"},
        {"figma", R"({"event_type":"{type}","passcode":"{signature}","timestamp":"x","webhook_id":"{id}"})"},
        {"mailgun", R"({"signature":{"timestamp":"{time}","token":"{id}","signature":"{signature}"},)"
                    R"("event-data":{"id":"x","event":"{type}"}})"},
        {"microsoft_graph",
         R"({"value":[{"clientState":"{signature}","changeType":"created","id":"{id}"}]})"},
        {"midtrans", R"({"order_id":"o","status_code":"200","gross_amount":"1.00","transaction_id":"x",)"
                     R"("transaction_status":"{type}","signature_key":"{signature}"})"},
        {"paytr", "merchant_oid={id}&status={type}&total_amount=100&hash={signature}"},
        {"prismic", R"({"type":"{type}","domain":"x","secret":"{signature}"})"},
        {"sinch_conversation",
         "",
         {{"x-sinch-webhook-signature-algorithm", "HmacSHA256"},
          {"x-sinch-webhook-signature-nonce", "01FJA8B4A7BM43YGWSG9GBV067"},
          {"x-sinch-webhook-signature-timestamp", "{time}"},
          {"x-sinch-webhook-signature", "{signature}"}}},
        {"sinch_voice",
         "",
         {{"x-timestamp", "2026-01-01T00:00:00Z"},
          {"content-type", "application/json"},
          {"authorization", "application the_app_key:{signature}"}}},
        {"tiktok_shop", "", {{"authorization", "{signature}"}}},
        {"vonage_sms_signature",
         "messageId={id}&message-timestamp=x&type={type}&text=a&timestamp={time}&sig={signature}"},
    };
    return all;
}

[[nodiscard]] inline std::string spelled(const std::vector<unsigned char>& bytes, hookseal::encoding form) {
    std::string text(2 * bytes.size() + 4, '\0');
    switch (form) {
    case hookseal::encoding::hex:
    case hookseal::encoding::hex_any_case:
        hookseal::encode_hex(bytes, text.data());
        text.resize(2 * bytes.size());
        return text;
    case hookseal::encoding::base64:
        text.resize(hookseal::encode_base64(bytes, text.data(), hookseal::base64_form::padded));
        return text;
    case hookseal::encoding::base64url:
        text.resize(hookseal::encode_base64(bytes, text.data(), hookseal::base64_form::url));
        return text;
    default: return {bytes.begin(), bytes.end()};
    }
}

/// The test key of a number as a sender with a kind of key has it.
[[nodiscard]] inline hookseal::secret sending_key(const hookseal::key_format& format, std::size_t number) {
    switch (format.how) {
    case hookseal::proof::rsa:
    case hookseal::proof::rsa_pss: return hookseal::secret(rsa_keys[number]);
    case hookseal::proof::ecdsa_der:
    case hookseal::proof::ecdsa_p1363: return hookseal::secret(p256_keys[number]);
    default: return test_secret(number);
    }
}

/// The public half of a sender's key; derived once each, for it takes long.
[[nodiscard]] inline hookseal::public_key open_key(const hookseal::key_format& format, std::size_t number) {
    static std::map<std::pair<hookseal::proof, std::size_t>, hookseal::spki> known;
    const auto [found, is_new] = known.try_emplace({format.how, number});
    if (is_new) {
        hookseal::signing_key key;
        REQUIRE(key.prepare(format, sending_key(format, number)) == hookseal::error::none);
        found->second = key.public_half();
    }
    return hookseal::public_key::from_bytes(found->second.der());
}

/// Test keys as a receiver of one provider is given them.
class receiving_keys {
public:
    receiving_keys(const hookseal::key_format& format, const std::vector<std::size_t>& numbers) {
        for (const std::size_t n : numbers) {
            if (hookseal::detail::is_shared_secret(format.how))
                secrets_.push_back(test_secret(n));
            else
                public_keys_.push_back(open_key(format, n));
        }
        materials_.assign(secrets_.begin(), secrets_.end());
        materials_.insert(materials_.end(), public_keys_.begin(), public_keys_.end());
    }
    [[nodiscard]] hookseal::key_list list() const {
        return hookseal::key_list(std::span<const hookseal::key_material>(materials_));
    }

private:
    std::vector<hookseal::secret> secrets_;
    std::vector<hookseal::public_key> public_keys_;
    std::vector<hookseal::key_material> materials_;
};

/// Feeds a body in pieces of one size, with an empty piece after each.
template <class Incremental>
void feed(Incremental& running, std::string_view body, std::size_t size) {
    running.update({});
    for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) {
        running.update(body.substr(0, size));
        running.update({});
    }
}

/// Verifies in pieces: each time the verdict must be that of one go.
template <class Verifier>
void check_in_pieces(const Verifier& with, const delivery& d, const verdict& in_one_go) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{64}, d.body.size()}) {
        if (size == 1 && d.body.size() > 256) continue;
        auto kept = with.begin(d.head());
        feed(kept, d.body, size);
        CHECK(verdict_on(std::move(kept).finish(d.body)) == in_one_go);
        auto passed_by = with.begin(d.head());
        feed(passed_by, d.body, size);
        const auto event = std::move(passed_by).finish();
        CHECK(name(event.error()) == in_one_go.error);
        if (event) CHECK(event->key_index() == in_one_go.key_index);
    }
}

/// A provider without its type, so that each property is compiled once, for all of them.
class subject {
public:
    template <hookseal::provider Provider>
    [[nodiscard]] static subject of() {
        return subject(hookseal::scheme_ref::of<Provider>(),
                       {&judge_as<Provider>, &refusal_as<Provider>, &check_ready_delivery_as<Provider>});
    }

    [[nodiscard]] std::string_view name() const { return info().name; }
    [[nodiscard]] const hookseal::scheme_info& info() const { return scheme_.info(); }
    [[nodiscard]] const hookseal::scheme_ref& scheme() const { return scheme_; }
    /// Where the sender writes; of the first candidate, with which test keys sign.
    [[nodiscard]] hookseal::outgoing_form form() const { return scheme_.outgoing(0); }
    [[nodiscard]] const hookseal::protection& protects() const { return info().protects; }

    /// A delivery as its sender makes it, with an id and a type wherever the description looks for them.
    [[nodiscard]] delivery genuine(std::size_t key = 0, std::string_view id = "evt_1") const {
        return signed_body(body_with(id, "thing.done"), key, id);
    }
    [[nodiscard]] delivery signed_body(std::string body, std::size_t key = 0,
                                       std::string_view id = "evt_1") const {
        delivery made;
        if (const draft* from = find_draft()) {
            made.body = std::move(body);
            return sealed(*from, std::move(made), key, id);
        }
        const auto with = hookseal::basic_signer::make(scheme_, sending_key(info().keys[0], key));
        REQUIRE(with.has_value());
        std::vector<std::pair<std::string_view, std::string_view>> supplied;
        for (const hookseal::field& at : form().supplied)
            if (at.where == hookseal::field::place::header) supplied.emplace_back(at.name, "supplied");
        auto delivered = with->sign_delivery({.body = body,
                                              .event_id = id,
                                              .event_type = "thing.done",
                                              .at = signed_at,
                                              .url = made.url,
                                              .headers = supplied});
        REQUIRE(delivered.has_value());
        made.headers = std::move(delivered->headers);
        made.body = std::move(delivered->body);
        return made;
    }
    /// The body of a genuine delivery before it is signed.
    [[nodiscard]] std::string body() const { return body_with("evt_1", "thing.done"); }
    /// A delivery of something else.
    [[nodiscard]] delivery another(std::size_t key = 0) const {
        return signed_body(body_with("evt_2", "thing.done", "1"), key, "evt_2");
    }

    /// Whether the signature stands in the body, so that the body cannot be chosen freely.
    [[nodiscard]] bool signature_is_in_body() const {
        return form().signature.where != hookseal::field::place::header;
    }

    /// The verdict on a delivery, which every way to verify it must share.
    [[nodiscard]] verdict judge(const delivery& d, const receiver& by = {}) const {
        return typed_.judge(d, by);
    }

    /// Why no verifier is built with these keys, as every way to build one says.
    [[nodiscard]] hookseal::error refusal(hookseal::key_list keys) const { return typed_.refusal(keys); }

    void check_ready_delivery() const { typed_.check_ready_delivery(*this); }

    /// A verifier with the first test key, at the time of signing.
    [[nodiscard]] hookseal::dynamic_verifier<standing_clock> verifier() const {
        const receiving_keys keys(info().keys[0], {0});
        auto made = hookseal::dynamic_verifier<standing_clock>::make(
            scheme_, keys.list(), all_weaknesses_by_value, {.options = options}, {signed_at});
        REQUIRE(made.has_value());
        return *std::move(made);
    }

    /// What is signed of a delivery; nothing where it cannot be read.
    [[nodiscard]] std::optional<std::string> content_of(const delivery& d, std::string_view key = "") const {
        return signed_content(scheme_, d.whole(), with(), key);
    }

    /// Whether the signature covers a header of this delivery, or the delivery cannot be read with another value.
    [[nodiscard]] bool is_signed(const delivery& d, std::string_view header) const {
        return content_of(d.with(header, delivery(d)[header] + "0")) != content_of(d);
    }

    /// The error that the scheme finds, before any key is asked.
    [[nodiscard]] hookseal::error error_of_reading(const delivery& d) const {
        hookseal::statement what;
        return scheme_.read({d.whole(), with(), 0}, what);
    }

    /// The delivery with another text in the place of its signature.
    [[nodiscard]] delivery with_signature(const delivery& d, std::string_view text) const {
        delivery other = d;
        const auto [holder, at, size] = signature_place(other);
        holder->replace(at, size, text);
        return other;
    }
    [[nodiscard]] std::string signature_of(delivery d) const {
        const auto [holder, at, size] = signature_place(d);
        return holder->substr(at, size);
    }
    /// The signature as it reads where it stands escaped, in a form or in JSON; nothing where there is none.
    [[nodiscard]] std::optional<std::string> read_signature(const delivery& d) const {
        hookseal::statement what;
        const hookseal::request from = d.whole();
        if (scheme_.read({from, with(), 0}, what) != hookseal::error::none) return {};
        std::string all;
        for (const hookseal::presented_signature& each : what.presented) {
            const bool read = each.value.write(from, {&all, [](void* to, std::string_view bytes) noexcept {
                                                          static_cast<std::string*>(to)->append(bytes);
                                                          return true;
                                                      }});
            if (!read) return {};
        }
        return all;
    }
    /// A signature's text as it is written where it stands: escaped in a form.
    [[nodiscard]] std::string as_written(std::string_view text) const {
        if (form().signature.where != hookseal::field::place::form) return std::string(text);
        std::string all;
        for (const char c : text)
            all.append(c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string_view(&c, 1));
        return all;
    }
    /// The delivery with another text in the place of its time.
    [[nodiscard]] delivery with_time(const delivery& d, std::string_view text) const {
        delivery other = d;
        const bool in_header = form().timestamp.where == hookseal::field::place::header;
        std::string& holder = in_header ? other[form().timestamp.name] : other.body;
        return holder.replace(holder.find("1767225600"), 10, text), other;
    }
    /// Whether this header says the same as that of the delivery, as another of the scheme's candidates spells it.
    [[nodiscard]] bool is_another_form(const delivery& d, std::string_view header,
                                       std::string_view value) const {
        for (int candidate = 1; candidate < info().candidates; ++candidate) {
            const hookseal::field at = scheme_.outgoing(candidate).signature;
            if (at.name == header && value == std::string(at.prefix) + signature_of(d)) return true;
        }
        return false;
    }

    /// Whether all of the scheme's candidates that find a signature in one place write it alike.
    [[nodiscard]] bool has_one_encoding() const {
        for (int candidate = 1; candidate < info().candidates; ++candidate) {
            const hookseal::outgoing_form other = scheme_.outgoing(candidate);
            if (other.signature == form().signature && other.encoding != form().encoding) return false;
        }
        return true;
    }

    /// The headers without which the delivery is not genuine: the signature's, and those it covers.
    [[nodiscard]] std::vector<std::string> binding_headers() const {
        const delivery d = genuine();
        std::vector<std::string> names;
        for (const auto& [header, value] : d.headers)
            if (is_signature_header(header) || is_signed(d, header)) names.push_back(header);
        return names;
    }
    [[nodiscard]] bool is_signature_header(std::string_view header) const {
        return !signature_is_in_body() && header == form().signature.name;
    }

    struct place_of_signature {
        std::string* holder; ///< a header's value, or the body
        std::size_t at;
        std::size_t size;
    };
    [[nodiscard]] place_of_signature signature_place(delivery& d) const {
        hookseal::statement what;
        const hookseal::request from = d.whole();
        REQUIRE(scheme_.read({from, with(), 0}, what) == hookseal::error::none);
        REQUIRE(what.presented.size() == 1);
        const hookseal::text& found = what.presented[0].value;
        std::string* const holder = signature_is_in_body() ? &d.body : &d[form().signature.name];
        return {holder, static_cast<std::size_t>(found.data - holder->data()), found.size};
    }

private:
    /// What is compiled for each provider.
    struct typed {
        verdict (*judge)(const delivery&, const receiver&);
        hookseal::error (*refusal)(hookseal::key_list);
        void (*check_ready_delivery)(const subject&);
    };

    subject(hookseal::scheme_ref scheme, typed how) : scheme_(scheme), typed_(how) {}

    [[nodiscard]] static hookseal::options with() { return {options.data(), options.size()}; }

    [[nodiscard]] const draft* find_draft() const {
        for (const draft& each : drafts())
            if (each.provider == name()) return &each;
        return nullptr;
    }

    /// A delivery made of a draft: its content is read with the scheme itself, signed, and the blank filled.
    [[nodiscard]] delivery sealed(const draft& from, delivery made, std::size_t key,
                                  std::string_view id) const {
        hookseal::signing_key signs;
        REQUIRE(signs.prepare(form().key, test_secret(key)) == hookseal::error::none);
        std::vector<unsigned char> signature(signs.signature_size(), 'x');
        const auto fill = [&](std::string_view text) {
            std::string all(text);
            const std::pair<std::string_view, std::string> values[] = {
                {"{id}", escaped(id)},
                {"{type}", "thing.done"},
                {"{time}", std::to_string(signed_at.time_since_epoch().count())},
                {"{signature}", spelled(signature, form().encoding)}};
            for (const auto& [what, value] : values)
                if (const auto at = all.find(what); at != std::string::npos)
                    all.replace(at, what.size(), value);
            return all;
        };
        if (!from.body.empty()) made.body = fill(from.body);
        for (const auto& [header, value] : from.headers)
            made.headers.emplace_back(header, fill(value));
        const auto content = content_of(made, signs.bytes());
        REQUIRE(content.has_value());
        REQUIRE(signs.sign(*content, signature));
        return with_signature(made, as_written(spelled(signature, form().encoding)));
    }

    [[nodiscard]] static std::string escaped(std::string_view text) {
        const std::string quoted = nlohmann::json(text).dump();
        return quoted.substr(1, quoted.size() - 2);
    }

    /// A body, JSON or a form, in which `id` and `type` stand where the description looks for them, and all else that it
    /// signs stands somewhere. Further fields of an id or type are "part".
    [[nodiscard]] std::string body_with(std::string_view id, std::string_view type,
                                        std::string_view amount = "100") const {
        std::vector<std::pair<hookseal::field, std::string_view>> fields;
        for (const auto& [where, value] :
             {std::pair(info().event_id, id), std::pair(info().event_type, type)})
            for (const hookseal::field& part : where.parts)
                fields.emplace_back(part, &part == where.parts ? value : "part");
        for (const hookseal::field& at : form().supplied)
            fields.emplace_back(at, amount);

        using place = hookseal::field::place;
        const bool is_form = form().signature.where == place::form
                             || std::any_of(fields.begin(), fields.end(),
                                            [](const auto& f) { return f.first.where == place::form; });
        std::string in_form = "amount=" + std::string(amount);
        nlohmann::json in_json = {{"amount", amount}};
        if (form().timestamp.where == place::json)
            in_json[std::string(form().timestamp.name)] = signed_at.time_since_epoch().count() * 1000;
        for (const auto& [at, value] : fields) {
            if (at.where == place::form) in_form.append("&").append(at.name).append("=").append(value);
            if (at.where != place::json || value.empty()) continue;
            std::string path = "/" + std::string(at.name);
            std::replace(path.begin(), path.end(), '.', '/');
            in_json[nlohmann::json::json_pointer(path)] = value;
        }
        return is_form ? in_form : in_json.dump();
    }

    template <hookseal::provider Provider>
    static verdict judge_as(const delivery& d, const receiver& by) {
        const receiving_keys keys(Provider::scheme.info().keys[0], by.keys);
        const hookseal::verifier_settings settings{.tolerance = by.tolerance, .options = options};
        const standing_clock clock{by.now};
        const auto made =
            hookseal::verifier<Provider, standing_clock>::make(keys.list(), all_weaknesses, settings, clock);
        const hookseal::scheme_ref* const found = hookseal::find_provider(Provider::scheme.info().name);
        REQUIRE(made.has_value());
        REQUIRE(found != nullptr);
        const auto by_name = hookseal::dynamic_verifier<standing_clock>::make(
            *found, keys.list(), all_weaknesses_by_value, settings, clock);
        REQUIRE(by_name.has_value());

        const verdict first = verdict_on(made->verify(d.whole()));
        CHECK(verdict_on(by_name->verify(d.whole())) == first);
        if constexpr (Provider::scheme.info().streams) check_in_pieces(*made, d, first);
        if (found->info().streams) check_in_pieces(*by_name, d, first);

        const hookseal::verifier<Provider, standing_clock> keyless(hookseal::keys_per_call, all_weaknesses,
                                                                   settings, clock);
        const auto tenant = hookseal::keyring<Provider>::make(keys.list());
        REQUIRE(tenant.has_value());
        CHECK(verdict_on(keyless.verify(d.whole(), *tenant)) == first);

        // What was verified in between leaves no trace.
        CHECK(verdict_on(made->verify(d.whole())) == first);
        return first;
    }

    template <hookseal::provider Provider>
    static hookseal::error refusal_as(hookseal::key_list keys) {
        const auto by_name = hookseal::dynamic_verifier<>::make(
            hookseal::scheme_ref::of<Provider>(), keys, all_weaknesses_by_value, {.options = options});
        const auto made = hookseal::verifier<Provider>::make(keys, all_weaknesses, {.options = options});
        CHECK(made.error() == by_name.error());
        CHECK(hookseal::keyring<Provider>::make(keys).error() == made.error());
        return made.error();
    }

    template <hookseal::provider Provider>
    static void check_ready_delivery_as(const subject& s) {
        if constexpr (hookseal::testing::deliverable<Provider>) {
            const std::string body = s.body();
            const hookseal::testing::delivery<Provider> ready(body, "evt_1", "thing.done");
            CHECK(ready.event().provider() == Provider::scheme.info().name);
            if (s.signature_is_in_body())
                CHECK(ready.event().body().starts_with(body));
            else
                CHECK(ready.event().body() == body);
            const verdict as_usual = s.judge(s.genuine());
            CHECK(ready.event().id() == as_usual.id);
            CHECK(ready.event().type() == as_usual.type);
            CHECK(hookseal::testing::delivery<Provider>::verifier().verify(ready.request()).has_value());
        }
    }

    hookseal::scheme_ref scheme_;
    typed typed_;
};

/// For what the sender got wrong: refused, and to be answered 401.
inline void check_refused(const verdict& got) {
    CHECK_FALSE(got.accepted());
    CHECK(got.http_status == 401);
}
inline void check_refused(const verdict& got, std::string_view error) {
    CHECK(got.error == error);
    CHECK(got.http_status == 401);
}

} // namespace hookseal_tests

#endif
