// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/redis/records.hpp>
#include <hookseal/idempotency/state_machine.hpp>

#include "fuzz/fuzz.hpp"

#include <hiredis/hiredis.h>

#include <memory>
#include <string>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

redis::answer reply(const std::string& wire) {
    const std::unique_ptr<redisReader, decltype(&redisReaderFree)> reader(redisReaderCreate(),
                                                                          &redisReaderFree);
    void* got = nullptr;
    require(redisReaderFeed(reader.get(), wire.data(), wire.size()) == REDIS_OK
                && redisReaderGetReply(reader.get(), &got) == REDIS_OK && got != nullptr,
            "a reply can be made");
    return redis::answer(got);
}

} // namespace

/// What PTTL says in the first eight bytes, and a value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input from(data, size);
    const auto left = from.number<std::int64_t>();
    const std::string value(from.rest());
    const redis::found_record found =
        redis::read_record(reply("$" + std::to_string(value.size()) + "\r\n" + value + "\r\n"),
                           reply(":" + std::to_string(left) + "\r\n"));
    if (!found.is_there || !found.is_sound) return 0;
    require(redis::stored_text(found.record, found.revision).view() == value,
            "of a record there is one value");
    require(left >= 0 && found.age >= 0, "what does not end is nobody's");
    claim_record after = found.record;
    const claim_answer claimed = decide_claim(after, {.nonce = 1}, found.age);
    require(claimed.status != claim_status::unavailable, "a claim of it is decided");
    return 0;
}
