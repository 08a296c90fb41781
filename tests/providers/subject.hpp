// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TESTS_PROVIDERS_SUBJECT_HPP
#define HOOKSEAL_TESTS_PROVIDERS_SUBJECT_HPP

#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <hookseal/hookseal.hpp>

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
#include <tuple>
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
        return subject(hookseal::scheme_ref::of<Provider>(), &judge_as<Provider>);
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

    /// Whether the signature stands in a header, and not in the body.
    [[nodiscard]] bool signs_in_header() const {
        return form().signature.where == hookseal::field::place::header;
    }

    /// The verdict on a delivery, which every way to verify it must share.
    [[nodiscard]] verdict judge(const delivery& d, const receiver& by = {}) const { return judge_(d, by); }

    /// Whether the signature covers a header of this delivery: whether the signed content views its value.
    [[nodiscard]] bool is_signed(delivery& d, std::string_view header) const {
        hookseal::statement what;
        const hookseal::request from = d.whole();
        if (scheme_.read({from, {}, 0}, what) != hookseal::error::none) return false;
        const std::string& value = d[header];
        return std::any_of(what.content.begin(), what.content.end(), [&](const hookseal::piece& p) {
            return p.what == hookseal::piece::kind::bytes && p.value.data >= value.data()
                   && p.value.data < value.data() + value.size();
        });
    }

    /// The headers without which the delivery is not genuine: the signature's, and those it covers.
    [[nodiscard]] std::vector<std::string> binding_headers() const {
        delivery d = genuine();
        std::vector<std::string> names;
        for (const auto& [header, value] : delivery(d).headers)
            if (header == form().signature.name || is_signed(d, header)) names.push_back(header);
        return names;
    }

    /// Where in its header's value the signature stands.
    [[nodiscard]] std::pair<std::size_t, std::size_t> signature_place(delivery& d) const {
        hookseal::statement what;
        const hookseal::request from = d.whole();
        REQUIRE(scheme_.read({from, {}, 0}, what) == hookseal::error::none);
        REQUIRE(what.presented.size() == 1);
        const hookseal::text& found = what.presented[0].value;
        return {static_cast<std::size_t>(found.data - d[form().signature.name].data()), found.size};
    }

private:
    using judge_function = verdict (*)(const delivery&, const receiver&);

    subject(hookseal::scheme_ref scheme, judge_function how) : scheme_(scheme), judge_(how) {}

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
        const hookseal::verifier_settings settings{.tolerance = by.tolerance};
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

    hookseal::scheme_ref scheme_;
    judge_function judge_;
};

template <class... Providers>
std::tuple<Providers...> as_tuple(hookseal::provider_list<Providers...>);

/// Every provider that the library lists.
using every_provider = decltype(as_tuple(hookseal::all_providers{}));

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

/// A test case about every provider, each of which is `s` in turn. The body is compiled once.
#define HOOKSEAL_JOIN_(a, b) a##b
#define HOOKSEAL_JOIN(a, b) HOOKSEAL_JOIN_(a, b)
#define EVERY_PROVIDER(sentence)                                                                             \
    static void HOOKSEAL_JOIN(property_, __LINE__)(const hookseal_tests::subject& s);                        \
    TEMPLATE_LIST_TEST_CASE("every provider: " sentence, "", hookseal_tests::every_provider) {               \
        INFO("provider: " << TestType::scheme.info().name);                                                  \
        HOOKSEAL_JOIN(property_, __LINE__)(hookseal_tests::subject::of<TestType>());                         \
    }                                                                                                        \
    static void HOOKSEAL_JOIN(property_, __LINE__)(const hookseal_tests::subject& s)

#endif
