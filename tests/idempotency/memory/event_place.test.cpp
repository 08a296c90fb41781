// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/memory/event_place.hpp>

#include "idempotency/keys.hpp"
#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

using namespace hookseal;
using namespace hookseal_tests;
using detail::event_place;
using detail::event_placer;

namespace {

event_placer keyed() {
    event_placer placer;
    REQUIRE(placer.draw_key());
    return placer;
}

} // namespace

TEST_CASE("event_place: an operator finds the place of a verified event, and nobody does without the key") {
    const event_placer one = keyed();
    const event_placer other = keyed();
    REQUIRE(one(key_of("evt_1", "orders", "acme"))
            == one(unverified_key{.scope = "orders", .provider = "stripe", .tenant = "acme", .id = "evt_1"}));
    REQUIRE_FALSE(one(key_of("evt_1")) == other(key_of("evt_1")));
}

TEST_CASE("event_place: of a token it is where the token says") {
    const event_placer placer = keyed();
    const event_place place = placer(key_of("evt_1"));
    const claim_token token{.where = place.where()};
    REQUIRE(placer(event_key::of(token)) == place);
    REQUIRE(event_place::of(token.where) == place);
}

TEST_CASE("event_place: every byte of an id counts, however long it is") {
    const event_placer placer = keyed();
    std::set<locator> all;
    std::size_t count = 0;
    for (std::size_t size = 0; size < 40; ++size) {
        std::string id(size, 'a');
        all.insert(placer(unverified_key{.id = id}).where());
        ++count;
        for (char& c : id) {
            c = 'b';
            all.insert(placer(unverified_key{.id = id}).where());
            ++count;
            c = '\0'; // what short texts are filled up with
            all.insert(placer(unverified_key{.id = id}).where());
            ++count;
            c = 'a';
        }
    }
    REQUIRE(all.size() == count);
}

TEST_CASE("event_place: parts of a key are not run together") {
    const event_placer placer = keyed();
    const std::string long_text(0x9000, 'a');
    const body_digest digest{};
    const std::string_view digest_as_id(reinterpret_cast<const char*>(digest.data()), digest.size());
    const std::array keys{
        unverified_key{},
        unverified_key{.id = "ab"},
        unverified_key{.tenant = "a", .id = "b"},
        unverified_key{.tenant = "ab"},
        unverified_key{.provider = "ab"},
        unverified_key{.provider = "a", .id = "b"},
        unverified_key{.scope = "ab"},
        unverified_key{.scope = "a", .provider = "b"},
        unverified_key{.id = long_text},
        unverified_key{.scope = long_text},
        unverified_key{.id = std::string_view(long_text).substr(1)},
        unverified_key{.id = digest_as_id},
        unverified_key{.digest = digest},
        unverified_key{.scope = long_text, .digest = digest},
        unverified_key{.scope = long_text, .id = digest_as_id},
    };
    std::set<locator> all;
    for (const unverified_key& key : keys)
        all.insert(placer(key).where());
    REQUIRE(all.size() == keys.size());
}
