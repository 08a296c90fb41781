// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CHALLENGE_HPP
#define HOOKSEAL_CHALLENGE_HPP

#include <hookseal/core/challenge_answer.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/find_field.hpp>
#include <hookseal/core/options.hpp>
#include <hookseal/core/request.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/text.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/crypto/equal.hpp>
#include <hookseal/crypto/hash.hpp>
#include <hookseal/crypto/hmac.hpp>
#include <hookseal/crypto/prepared_key.hpp>
#include <hookseal/encoding/base64.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/hex.hpp>
#include <hookseal/schemes/challenge_scheme.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace hookseal::inline v0_1 {

namespace detail {

/// Longest body that is looked into for a challenge.
inline constexpr std::size_t max_challenge_body = 4096;

/// What a signature said of a request: held, under this key, or why not.
struct signature_verdict {
    error why = error::unverified;
    std::size_t key_index = 0;

    [[nodiscard]] static signature_verdict of(const result<verified_event>& event) noexcept {
        return {event.error(), event ? event->key_index() : 0};
    }
};

/// One challenge on its way to an answer: recognise → signature → value → agreed → answer; whatever fails refuses it.
template <class Hash>
class challenge_handling {
public:
    challenge_handling(const challenge_scheme& what, const request& from, const options& with) noexcept
        : what_(what), from_(from.target().empty() ? from : from.at(from.target())), with_(with) {}

    /// Whether the request is this challenge, by its looks.
    [[nodiscard]] bool is_meant() const noexcept {
        if (from_.method() != what_.method) return false;
        const auto may_look = [&](const field& at) {
            const bool in_body = at.where == field::place::json || at.where == field::place::form;
            return !in_body || from_.body().size() <= max_challenge_body;
        };
        if (!may_look(what_.when.at) || !may_look(what_.value) || !may_look(what_.unless)) return false;
        answer_text found;
        if (what_.when.at && (read(what_.when.at, found) != error::none || found.view() != what_.when.is))
            return false;
        if (what_.unless && find(what_.unless) != error::missing_field) return false;
        return what_.when.at || !what_.value || find(what_.value) == error::none;
    }

    [[nodiscard]] challenge_answer answer(const signature_verdict& signature,
                                          std::span<const prepared_key<Hash>> keys) const noexcept {
        if (what_.is_signed && signature.why != error::none) return refusal(signature.why);
        challenge_answer made;
        if (what_.value) {
            if (const error e = read(what_.value, made.value); e != error::none) return refusal(e);
            if (!what_.form.holds(made.value)) return refusal(error::malformed_field);
        }
        if (what_.agreed.at)
            if (const error e = check_agreed(); e != error::none) return refusal(e);

        answer_text mac;
        if (what_.uses("{mac}"))
            if (const error e = seal(made.value, signature, keys, mac); e != error::none) return refusal(e);
        made.content_type = what_.json.empty() ? "text/plain" : "application/json";
        bool fits = fill(what_.json.empty() ? what_.text : what_.json, made.value, mac, made.body);
        for (std::size_t i = 0; i < max_answer_headers; ++i) {
            made.headers[i].name = what_.headers.all[i].name;
            fits = fits && fill(what_.headers.all[i].value, made.value, mac, made.headers[i].value);
        }
        if (!fits) return refusal(error::too_large);
        made.status = what_.status;
        made.error = error::none;
        return made;
    }

private:
    [[nodiscard]] static challenge_answer refusal(error why) noexcept {
        challenge_answer refused;
        refused.error = why;
        refused.status = why == error::claim_mismatch ? 403 : http_status(why);
        return refused;
    }

    [[nodiscard]] error find(const field& at, text& to) const noexcept {
        auto names = name_set::unsettled;
        return hookseal::find(at, from_, with_, names, to);
    }
    [[nodiscard]] error find(const field& at) const noexcept {
        text unused = text::of({});
        return find(at, unused);
    }
    [[nodiscard]] error read(const field& at, answer_text& to) const noexcept {
        text found = text::of({});
        if (const error e = find(at, found); e != error::none) return e;
        const bool fits = found.write(from_, {&to, [](void* into, std::string_view bytes) noexcept {
                                                  return static_cast<answer_text*>(into)->append(bytes);
                                              }});
        return fits ? error::none : error::too_large;
    }

    /// Digests are compared, so that not even the length shows.
    [[nodiscard]] error check_agreed() const noexcept {
        const std::string_view ours = with_.find(what_.agreed.option);
        if (ours.empty()) return error::missing_option;
        answer_text theirs;
        if (const error e = read(what_.agreed.at, theirs); e != error::none) return e;
        unsigned char a[32];
        unsigned char b[32];
        if (!sha256(ours, a) || !sha256(theirs, b)) return error::internal_failure;
        return equal(a, b) ? error::none : error::claim_mismatch;
    }

    /// Under the key that signed the challenge, or else the first: the current one, while rotating.
    [[nodiscard]] error seal(std::string_view value, const signature_verdict& signature,
                             std::span<const prepared_key<Hash>> keys, answer_text& mac) const noexcept {
        for (const prepared_key<Hash>& key : keys) {
            if (key.how() != proof::hmac || (what_.is_signed && key.index() != signature.key_index)) continue;
            unsigned char tag[max_digest_size];
            running_hmac<Hash> sealing;
            if (!sealing.start(key.hmac()) || !sealing.update(value)) return error::internal_failure;
            const std::size_t size = sealing.finish(key.hmac(), tag);
            if (size == 0) return error::internal_failure;
            char spelled[2 * max_digest_size + 4];
            std::size_t length = 2 * size;
            if (what_.mac == encoding::base64)
                length = encode_base64({tag, size}, spelled, base64_form::padded);
            else
                encode_hex({tag, size}, spelled);
            return mac.append(chars(spelled, length)) ? error::none : error::internal_failure;
        }
        return error::missing_secret;
    }

    [[nodiscard]] bool fill(std::string_view pattern, std::string_view value, std::string_view mac,
                            answer_text& to) const noexcept {
        constexpr std::string_view option = "{option:";
        while (!pattern.empty()) {
            std::size_t taken = 1;
            std::string_view put = pattern.substr(0, 1);
            if (pattern.starts_with("{value}")) {
                put = value;
                taken = 7;
            } else if (pattern.starts_with("{mac}")) {
                put = mac;
                taken = 5;
            } else if (pattern.starts_with(option)) {
                const std::size_t end = pattern.find('}');
                put = with_.find(pattern.substr(option.size(), end - option.size()));
                if (put.empty()) return false;
                taken = end + 1;
            }
            if (!to.append(put)) return false;
            pattern.remove_prefix(taken);
        }
        return true;
    }

    const challenge_scheme& what_;
    request from_;
    options with_;
};

/// The answer to the first of the challenges that the request is. `judge` says what the signature said, and is asked only
/// where that decides.
template <class Hash, class Judge>
[[nodiscard]] std::optional<challenge_answer>
answer_challenge(std::span<const challenge_scheme> known, const request& from, const options& with,
                 std::span<const prepared_key<Hash>> keys, const Judge& judge) noexcept {
    for (const challenge_scheme& each : known) {
        const challenge_handling<Hash> handling(each, from, with);
        if (handling.is_meant()) return handling.answer(each.is_signed ? judge() : signature_verdict{}, keys);
    }
    return std::nullopt;
}

template <class Provider>
[[nodiscard]] consteval bool has_sound_challenges() {
    for (const challenge_scheme& each : challenges_of<Provider>())
        if (!each.is_sound()) return false;
    return true;
}

template <class Provider>
[[nodiscard]] consteval bool challenges_need_a_key() {
    for (const challenge_scheme& each : challenges_of<Provider>())
        if (each.needs_key()) return true;
    return false;
}

} // namespace detail

/// What to answer to a challenge of a provider whose challenges need no key; nothing where the request is none. For
/// endpoints without a verifier, and for handshakes that come before there is a secret:
///
///     if (auto answer = challenge_response<providers::okta>(request)) return send(*answer);
///
/// \param with Options that the challenge asks for: `{{"verify_token", "…"}}`.
template <class Provider, request_like Request>
[[nodiscard]] std::optional<challenge_answer>
challenge_response(const Request& from, std::initializer_list<option_value> with = {}) noexcept {
    static_assert(!challenges_of<Provider>().empty(), "this provider has no challenge");
    static_assert(detail::has_sound_challenges<Provider>(), "this description of a challenge makes no sense");
    static_assert(
        !detail::challenges_need_a_key<Provider>(),
        "this challenge is signed, or asks for a signature: verifier::challenge_response answers it");
    return detail::answer_challenge<default_hash>(
        challenges_of<Provider>(), request_access<Request>::view(from), {with.begin(), with.size()}, {},
        [] { return detail::signature_verdict{}; });
}

} // namespace hookseal::inline v0_1

#endif
