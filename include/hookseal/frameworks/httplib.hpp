// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_FRAMEWORKS_HTTPLIB_HPP
#define HOOKSEAL_FRAMEWORKS_HTTPLIB_HPP

#include <hookseal/core/challenge_answer.hpp>
#include <hookseal/core/request.hpp>

#include <httplib.h>

#include <string>
#include <string_view>

namespace hookseal::inline v0_1 {

/// cpp-httplib's requests, as they are: `stripe.verify(req)` inside a handler. Tried with 0.11.4 and 0.18.7.
///
/// Repeated headers are all visible, so that one that must be alone is refused when it is not. Their order is the
/// sender's in 0.11 only: since then httplib keeps headers in an unordered container. Values come without the white
/// space around them and, before httplib 0.44, with percent escapes decoded: a value that holds a `%` is not what was sent,
/// and where it is signed such a delivery is refused. An empty header is missing, as everywhere in hookseal.
///
/// The URL is not set, for httplib knows only what the last proxy asked for (that is the target, for challenges):
///
///     stripe.verify(request_access<httplib::Request>::view(req).at("https://public.example/hooks/stripe"))
///
/// The body is `req.body`. It holds the bytes as sent, unless the sender set `Content-Encoding` (httplib unpacks it
/// before anybody sees it); it is empty for `multipart/form-data` (httplib takes that apart: read no `req.files` after
/// verifying, nobody signed them), and in handlers with a `ContentReader`, which feed what it gives them to `begin(…)`.
template <>
struct request_access<httplib::Request> {
    [[nodiscard]] static request view(const httplib::Request& from) noexcept {
        return request{from.headers, from.body}.with_method(from.method).with_target(from.target);
    }
};

/// Sends a receiver's `reply`, or a `challenge_answer`: status, headers and body.
template <class Answer>
void send(const Answer& answer, httplib::Response& to) {
    to.status = answer.status;
    for_each_header(answer, [&](std::string_view name, std::string_view value) {
        to.set_header(std::string(name), std::string(value));
    });
    to.body.assign(answer.body.view());
}

} // namespace hookseal::inline v0_1

#endif
