// expect: (deleted function|deleted constructor|has been explicitly marked deleted)
#include <hookseal/core/verified_event.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>

using namespace hookseal;

claim_answer claim(lru_ttl_store<>& seen, const verified_event& event) {
#ifdef CONTROL
    const claim_request request{.key = *event_key::of(event)};
#else
    const unverified_key anybodys{.provider = "stripe", .id = event.id()};
    const claim_request request{.key = anybodys};
#endif
    return seen.claim(request);
}
