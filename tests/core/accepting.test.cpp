// SPDX-License-Identifier: MIT
#include <hookseal/core/accepting.hpp>
#include <hookseal/core/algorithm.hpp>
#include <hookseal/core/protection.hpp>

#include "support/catch.hpp"

using namespace hookseal;

namespace {

enum class flaw_of_a_store { evicts, forgets };

constexpr auto nothing = accepting<>;
constexpr auto one = accepting<weakness::body_not_signed>;
constexpr auto mixed = accepting<flaw_of_a_store::forgets, weakness::plain_hash>;

static_assert(!nothing.includes<weakness::body_not_signed>());
static_assert(one.includes<weakness::body_not_signed>());
static_assert(!one.includes<weakness::body_bound_by_crc>());
static_assert(mixed.includes<weakness::plain_hash>());
static_assert(mixed.includes<flaw_of_a_store::forgets>());
// Both are 0, and neither is the other.
static_assert(static_cast<int>(flaw_of_a_store::evicts) == static_cast<int>(weakness::body_not_signed));
static_assert(!one.includes<flaw_of_a_store::evicts>());
static_assert(!mixed.includes<flaw_of_a_store::evicts>());

} // namespace

TEST_CASE("protection: a weakness is what the signature leaves open") {
    struct row {
        protection p;
        bool not_signed;
        bool crc;
        bool hash;
    };
    const row rows[] = {
        {{}, true, false, false},
        {{.body = body_protection::some_fields}, false, false, false},
        {{.body = body_protection::checksum}, false, true, false},
        {{.body = body_protection::whole}, false, false, false},
        {{.body = body_protection::whole, .plain_hash = true}, false, false, true},
        {{.timestamp = true, .event_id = true, .url = true, .method = true}, true, false, false},
    };
    for (const row& r : rows) {
        CHECK(r.p.has(weakness::body_not_signed) == r.not_signed);
        CHECK(r.p.has(weakness::body_bound_by_crc) == r.crc);
        CHECK(r.p.has(weakness::plain_hash) == r.hash);
    }
}

TEST_CASE("protection: a weakness that is not known is there") {
    const protection best{
        .body = body_protection::whole, .timestamp = true, .event_id = true, .url = true, .method = true};
    CHECK(best.has(static_cast<weakness>(200)));
}

TEST_CASE("algorithm: digests have the length that their standards say") {
    CHECK(size_of(digest::sha1) == 20);   // FIPS 180-4
    CHECK(size_of(digest::sha256) == 32); //
    CHECK(size_of(digest::sha384) == 48); //
    CHECK(size_of(digest::sha512) == 64); //
    CHECK(size_of(digest::md5) == 16);    // RFC 1321
    CHECK(size_of(digest::crc32) == 4);   //
    CHECK(max_digest_size == 64);
}
