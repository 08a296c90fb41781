// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_ERROR_HPP
#define HOOKSEAL_CORE_ERROR_HPP

#include <string_view>

namespace hookseal::inline v0_1 {

/// Why a delivery was rejected, or why a verifier could not be built.
///
/// Names and values are stable: log `name(e)`, show people `message(e)`, answer the sender `http_status(e)`.
/// No text here ever holds a byte of a request or of a secret.
enum class error : unsigned char {
    unverified = 0, ///< nothing was decided: what a default-constructed result holds
    none = 1,       ///< no error; never found in a result without a value

    // What the sender sent.
    missing_signature = 10,
    missing_timestamp = 11,
    missing_field = 12,
    repeated_header = 13,
    malformed_signature = 14,
    malformed_timestamp = 15,
    malformed_field = 16,
    unsupported_version = 17,
    too_large = 18,
    timestamp_too_old = 20,
    timestamp_too_new = 21,
    unknown_key = 22,
    signature_mismatch = 23,
    content_mismatch = 24,
    forbidden_key_url = 25,
    claim_mismatch = 26,

    // What went wrong on our side.
    clock_failed = 40,
    key_source_failed = 41,
    internal_failure = 42,
    whole_body_needed = 43,
    missing_option = 44,

    // What is wrong with the configuration; a verifier is not built.
    missing_secret = 60,
    empty_secret = 61,
    malformed_secret = 62,
    secret_has_white_space = 63,
    secret_too_short = 64,
    unsuitable_key = 65,
    too_many_keys = 66,
    unreadable_secret = 67,
    weakness_not_accepted = 68,
    invalid_tolerance = 69,
    unknown_provider = 70,
    invalid_description = 71,
    cannot_sign = 72,
};

/// The stable name of an error, as in the enumeration.
[[nodiscard]] constexpr std::string_view name(error e) noexcept {
    switch (e) {
    case error::unverified: return "unverified";
    case error::none: return "none";
    case error::missing_signature: return "missing_signature";
    case error::missing_timestamp: return "missing_timestamp";
    case error::missing_field: return "missing_field";
    case error::repeated_header: return "repeated_header";
    case error::malformed_signature: return "malformed_signature";
    case error::malformed_timestamp: return "malformed_timestamp";
    case error::malformed_field: return "malformed_field";
    case error::unsupported_version: return "unsupported_version";
    case error::too_large: return "too_large";
    case error::timestamp_too_old: return "timestamp_too_old";
    case error::timestamp_too_new: return "timestamp_too_new";
    case error::unknown_key: return "unknown_key";
    case error::signature_mismatch: return "signature_mismatch";
    case error::content_mismatch: return "content_mismatch";
    case error::forbidden_key_url: return "forbidden_key_url";
    case error::claim_mismatch: return "claim_mismatch";
    case error::clock_failed: return "clock_failed";
    case error::key_source_failed: return "key_source_failed";
    case error::internal_failure: return "internal_failure";
    case error::whole_body_needed: return "whole_body_needed";
    case error::missing_option: return "missing_option";
    case error::missing_secret: return "missing_secret";
    case error::empty_secret: return "empty_secret";
    case error::malformed_secret: return "malformed_secret";
    case error::secret_has_white_space: return "secret_has_white_space";
    case error::secret_too_short: return "secret_too_short";
    case error::unsuitable_key: return "unsuitable_key";
    case error::too_many_keys: return "too_many_keys";
    case error::unreadable_secret: return "unreadable_secret";
    case error::weakness_not_accepted: return "weakness_not_accepted";
    case error::invalid_tolerance: return "invalid_tolerance";
    case error::unknown_provider: return "unknown_provider";
    case error::invalid_description: return "invalid_description";
    case error::cannot_sign: return "cannot_sign";
    }
    return "unverified";
}

/// One sentence for people: what was found and, where it helps, what to look at.
[[nodiscard]] constexpr std::string_view message(error e) noexcept {
    switch (e) {
    case error::unverified: return "nothing was verified";
    case error::none: return "no error";
    case error::missing_signature: return "the request carries no signature";
    case error::missing_timestamp: return "the request carries no timestamp, and the scheme signs one";
    case error::missing_field: return "a part of the signed content is missing from the request";
    case error::repeated_header: return "a header that must occur once occurs more than once";
    case error::malformed_signature: return "the signature is not in the form the scheme prescribes";
    case error::malformed_timestamp: return "the timestamp is not in the form the scheme prescribes";
    case error::malformed_field:
        return "a part of the signed content is not in the form the scheme prescribes";
    case error::unsupported_version: return "no signature of a version that the scheme knows";
    case error::too_large: return "a header or a list of signatures is longer than the limit";
    case error::timestamp_too_old: return "the signed timestamp is older than the tolerance";
    case error::timestamp_too_new: return "the signed timestamp is further in the future than the tolerance";
    case error::unknown_key: return "no configured key is the one that the request names or needs";
    case error::signature_mismatch: return "no signature matches: other key, or other bytes than were signed";
    case error::content_mismatch: return "the body or URL is not the one that the signed part describes";
    case error::forbidden_key_url: return "the request names a key at a URL that is not the provider's";
    case error::claim_mismatch: return "the request is for somebody else, or says less than it must";
    case error::clock_failed: return "the clock gave no time, so freshness cannot be judged";
    case error::key_source_failed: return "the key could not be fetched";
    case error::internal_failure: return "an allocation or a cryptographic operation failed";
    case error::whole_body_needed: return "this scheme can only be verified once the whole body is there";
    case error::missing_option: return "the scheme needs an option or the URL, and none is configured";
    case error::missing_secret: return "no secret is configured";
    case error::empty_secret: return "the secret is empty";
    case error::malformed_secret: return "the secret or key is not in the form the provider hands it out";
    case error::secret_has_white_space: return "the secret begins or ends with white space";
    case error::secret_too_short: return "the secret is shorter than the scheme allows";
    case error::unsuitable_key: return "the key is of another kind than the scheme needs, or too weak";
    case error::too_many_keys: return "more keys are configured than the limit";
    case error::unreadable_secret: return "the environment variable or file with the secret cannot be read";
    case error::weakness_not_accepted: return "the scheme has a weakness that must be accepted by name";
    case error::invalid_tolerance: return "the tolerance is negative";
    case error::unknown_provider: return "no provider of that name";
    case error::invalid_description: return "the description of the scheme is not valid";
    case error::cannot_sign: return "this scheme or key can verify but not sign";
    }
    return "nothing was verified";
}

/// The HTTP status to answer: 401 for what the sender sent, 503 where a retry may succeed (nothing is lost while
/// our clock, key source or memory fails), 500 for a wrong configuration.
[[nodiscard]] constexpr int http_status(error e) noexcept {
    switch (e) {
    case error::clock_failed:
    case error::key_source_failed:
    case error::internal_failure: return 503;
    default: break;
    }
    return static_cast<unsigned char>(e) >= static_cast<unsigned char>(error::whole_body_needed) ? 500 : 401;
}

} // namespace hookseal::inline v0_1

#endif
