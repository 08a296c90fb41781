// expect: these hooks have none of: note\(const receiver_note&\)
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct metrics {
#ifdef CONTROL
    void note(const receiver_note&) noexcept {}
#else
    void on_note(const receiver_note&) noexcept {}
#endif
};

void receive(const verifier<providers::stripe>& stripe, lru_ttl_store<>& seen, metrics& m) {
    receiver rx{stripe, seen, {}, m};
}
