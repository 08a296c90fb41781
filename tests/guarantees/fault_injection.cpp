// SPDX-License-Identifier: MIT
// Guarantee: whichever allocation fails, whether that one alone or all from there on, a forged delivery is never
// accepted, and a genuine one is accepted or reported as our failure, never as the sender's (for public keys only as far
// as OpenSSL tells a failed allocation from a bad signature). Nothing crashes, once OpenSSL has been used for the first
// time: its own start-up does (OpenSSL 3.0 in EVP_MAC_fetch), which is not ours.
//
// Each point is tried in a process of its own.
#include <hookseal/testing.hpp>
#include <hookseal/verifier.hpp>

#include "guarantees/failing_memory.hpp"
#include "guarantees/outcome.hpp"
#include "guarantees/subjects.hpp"

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;

#if __has_include(<sys/wait.h>)
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// The verdict of a run with a failing allocation, in a process of its own; 255 for a crash.
int in_a_child(const std::function<error()>& run, long fails_at, bool and_on) {
    const pid_t child = fork();
    if (child == 0) {
        failing_memory::arm(fails_at, and_on);
        const error e = run();
        failing_memory::disarm();
        _exit(static_cast<int>(e));
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) return 255;
    return WEXITSTATUS(status);
}

long allocations_of(const std::function<error()>& run) {
    failing_memory::arm(-1, false);
    static_cast<void>(run());
    return failing_memory::disarm();
}

struct tally {
    long points = 0;
    long accepted = 0;
    long failures = 0;
    long refused = 0;
    long forged_accepted = 0;
    long crashes = 0;
};

bool is_one_of(int verdict, std::initializer_list<error> all) {
    for (const error e : all)
        if (verdict == static_cast<int>(e)) return true;
    return false;
}

tally try_all(const std::function<error(bool)>& verify) {
    tally t;
    for (const bool genuine : {true, false}) {
        const auto run = [&] { return verify(genuine); };
        static_cast<void>(run()); // the first time OpenSSL fetches and keeps what it needs
        const long points = allocations_of(run);
        for (const bool and_on : {false, true})
            for (long n = 0; n < points; ++n) {
                const int verdict = in_a_child(run, n, and_on);
                ++t.points;
                if (verdict == 255)
                    ++t.crashes;
                else if (verdict == static_cast<int>(error::none))
                    ++(genuine ? t.accepted : t.forged_accepted);
                else if (genuine)
                    ++(verdict == static_cast<int>(error::internal_failure) ? t.failures : t.refused);
            }
    }
    return t;
}

} // namespace

int main() {
    if (!failing_memory::install()) return not_here("OpenSSL keeps its own malloc");
    long points = 0;
    for (const subject& each : all_subjects()) {
        expect(each.verify(true) == error::none, each.what, "is not accepted without a failure");
        expect(each.verify(false) == error::signature_mismatch, each.what,
               "accepts a forged one without a failure");
        const tally t = try_all(each.verify);
        std::printf("%s: %ld points; genuine: accepted %ld, our failure %ld, refused %ld\n", each.what,
                    t.points, t.accepted, t.failures, t.refused);
        expect(t.forged_accepted == 0, each.what, "accepts a forged delivery when an allocation fails");
        expect(t.crashes == 0, each.what, "crashes when an allocation fails");
        expect(t.refused == 0 || each.by_public_key, each.what, "blames the sender when an allocation fails");
        points += t.points;
    }

    // Building is under the same rule: a verifier that says it is built works.
    const std::string time = std::to_string(now);
    const header_list good_open{{"x-time", time}, {"x-sig", ed25519_signature(time + body)}};
    const header_list good_timed{{"x-sig", timed_header("key", body)}};
    const option_value options[] = {{"a", "b"}};
    const std::pair<const char*, std::function<error()>> buildings[] = {
        {"building a verifier of HMAC keys through EVP",
         [&] {
             using built = verifier<toys::timed, manual_clock, evp_hash>;
             const auto v =
                 built::make({secret("other"), secret("key")}, {.options = options}, manual_clock{now});
             failing_memory::disarm();
             return v ? v->verify(request{good_timed, body}).error() : v.error();
         }},
        {"building a verifier of Ed25519 keys",
         [&] {
             using built = verifier<toys::open, manual_clock>;
             const auto v = built::make(public_key(public_key_of_it), {}, manual_clock{now});
             failing_memory::disarm();
             return v ? v->verify(request{good_open, body}).error() : v.error();
         }},
    };
    for (const auto& [what, build] : buildings) {
        const long n = allocations_of(build);
        expect(n > 0, what, "allocates nothing");
        for (const bool and_on : {false, true})
            for (long i = 0; i < n; ++i) {
                const int verdict = in_a_child(build, i, and_on);
                // A secret that could not be kept, or a key that OpenSSL could not load: nothing is built.
                expect(is_one_of(verdict, {error::none, error::internal_failure, error::unsuitable_key}),
                       what, "neither works nor says that it failed");
                ++points;
            }
    }
    std::printf("%ld points\n", points);
    return outcome();
}

#else

int main() { return not_here("there is no fork() here"); }

#endif
