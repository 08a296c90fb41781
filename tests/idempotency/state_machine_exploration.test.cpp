// SPDX-License-Identifier: MIT
// Every interleaving of three clients over one record, as far as the bounds below go, and what must hold in each. The
// same exploration has to find the bugs that were put into the machines at the end.
#include <hookseal/idempotency/state_machine.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

using namespace hookseal;

namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t lease = 2 * second;
constexpr std::int64_t keep = 3 * second;

struct client {
    claim_token token{};
    std::uint64_t claims = 0; ///< so far; nonces follow from it
    bool reading = false;     ///< of machines that read and write in two steps
    claim_record seen{};
};

/// What has truly happened, written down from the answers alone.
struct truth {
    enum class phase : std::uint64_t { free, owned, handed_over, done };
    phase now = phase::free;
    std::uint64_t owner = 0; ///< generation
    std::uint64_t owner_nonce = 0;
    tick lease_end = 0;
    tick free_from = 0;       ///< of what is done
    std::uint64_t ticket = 0; ///< generation; 0: none
    std::uint64_t highest = 0;
    std::uint64_t attempts = 0;
    earlier reason = earlier::none;
};

struct world {
    claim_record record{};
    truth real{};
    std::array<client, 3> clients{};
    claim_token ticket{};
    bool forgotten = false; ///< by an operator, once
    tick now = 0;
};

/// All that tells two worlds apart. Points in time count by their distance from now, and how long something has been over
/// does not count.
std::string text_of(const world& w) {
    std::string text;
    const auto put = [&](auto... numbers) { (text.push_back(static_cast<char>(numbers)), ...); };
    const auto away = [&](tick at) { return at == never ? 100 : std::max<tick>(at - w.now, 0) / second; };
    const auto put_record = [&](const claim_record& r) {
        put(r.state, r.before, r.result.how, r.attempt, r.generation, r.nonce, r.ticket, r.lease / second,
            away(r.leased_until), away(r.expires));
    };
    put_record(w.record);
    put(w.real.now, w.real.owner, w.real.owner_nonce, away(w.real.lease_end), away(w.real.lease_end + keep),
        away(w.real.free_from), w.real.ticket, w.real.highest, w.real.attempts, w.real.reason,
        w.ticket.generation, w.forgotten);
    for (const client& c : w.clients) {
        put(c.token.generation, c.token.nonce, c.token.attempt, c.claims, c.reading);
        if (c.reading) put_record(c.seen);
    }
    return text;
}

/// Judges the answers of a machine; returns what is wrong, or nothing.
using fault = std::optional<std::string>;

fault judge_claim(world& w, client& who, const claim_terms& terms, const claim_answer& answer) {
    truth& real = w.real;
    const bool by_ticket =
        real.ticket != 0 && terms.handed_over != nullptr && terms.handed_over->generation == real.ticket;
    const bool live = real.now == truth::phase::owned && w.now < real.lease_end;
    const bool is_repeat = real.now == truth::phase::owned && real.owner_nonce == terms.nonce;

    if (real.now == truth::phase::done && w.now < real.free_from) {
        if (answer.status != claim_status::done)
            return "what is done must stay done until its time has passed";
        if (answer.result.how != ending::handled) return "the outcome changed";
        return {};
    }
    if (real.now == truth::phase::done) real = {.highest = real.highest};
    if (real.ticket != 0 && !by_ticket && !is_repeat) {
        if (answer.status != claim_status::done || answer.result.how != ending::accepted)
            return "what was accepted was not answered as accepted";
        return {};
    }
    if (live && !is_repeat) {
        if (answer.status == claim_status::granted) return "two owners";
        if (answer.status != claim_status::in_flight) return "an owned event is not in flight";
        if (answer.remaining.count() <= 0 || answer.remaining.count() > lease)
            return "remaining is not within the lease";
        return {};
    }

    if (answer.status != claim_status::granted) return "nobody owns the event, and it was not granted";
    if (answer.repeated != is_repeat) return "a repeated claim is not told from a new one";
    if (is_repeat) {
        if (answer.token.generation != real.owner) return "a repeated claim got another token";
        if (answer.token.attempt != real.attempts) return "a repeated claim counted as an attempt";
    } else {
        if (answer.token.generation <= real.highest) return "a generation came again";
        // A ticket for what is forgotten by now: its holder gets the event, and receivers hear that it is accepted.
        if (terms.handed_over != nullptr && real.attempts == 0 && real.ticket == 0) {
            real.reason = earlier::forgotten;
            real.ticket = terms.handed_over->generation;
        }
        ++real.attempts;
        if (answer.token.attempt != real.attempts) return "attempts were miscounted";
        const earlier expected = real.now == truth::phase::owned ? earlier::unknown : real.reason;
        if (answer.before != expected) return "what happened before was told wrongly";
        real.highest = answer.token.generation;
    }
    if (answer.token.nonce != terms.nonce) return "the token has a nonce that is not its claim's";
    real.now = truth::phase::owned;
    real.owner = answer.token.generation;
    real.owner_nonce = terms.nonce;
    real.lease_end = w.now + lease;
    who.token = answer.token;
    return {};
}

fault judge_settle(world& w, const claim_token& token, const settlement& wanted, const settle_answer& answer,
                   const claim_record& before, bool had_settled_so) {
    truth& real = w.real;
    const bool owns = real.now == truth::phase::owned && real.owner == token.generation
                      && w.now < real.lease_end + keep + (real.ticket != 0 ? 1'000'000 : 0);
    if (!owns) {
        if (!(w.record == before) && w.record.state != event_state::absent)
            return "not the owner, yet something changed";
        if (answer.status == settle_status::ok && !had_settled_so) return "not the owner, yet it was ok";
        return {};
    }
    if (answer.status != settle_status::ok) return "the owner could not settle";
    switch (wanted.what) {
    case settlement::verb::complete:
        if (wanted.result.how == ending::accepted)
            real = {.now = truth::phase::handed_over, .ticket = real.owner, .highest = real.highest};
        else
            real = {.now = truth::phase::done, .free_from = w.now + keep, .highest = real.highest};
        break;
    case settlement::verb::release:
        real.now = real.ticket != 0 ? truth::phase::handed_over : truth::phase::free;
        real.reason = wanted.reason;
        real.free_from = w.now + keep; // then the attempts are forgotten
        break;
    case settlement::verb::extend: real.lease_end = w.now + lease; break;
    }
    return {};
}

/// Records that were worth something are forgotten some day, and truth with them.
void forget_old(world& w) {
    truth& real = w.real;
    const bool released = real.now == truth::phase::free && real.attempts != 0 && w.now >= real.free_from;
    const bool abandoned =
        real.now == truth::phase::owned && real.ticket == 0 && w.now >= real.lease_end + keep;
    if (released || abandoned) real = {.highest = real.highest};
}

struct exploration {
    std::size_t states = 0;
    fault found{};
};

template <class Machine>
exploration explore(std::size_t clients, std::uint64_t claims_each, std::uint64_t grants) {
    exploration result;
    std::unordered_set<std::string> known;
    std::deque<world> open;
    const auto add = [&](const world& w) {
        if (known.insert(text_of(w)).second) open.push_back(w);
    };
    add({});
    while (!open.empty() && !result.found) {
        const world from = open.front();
        open.pop_front();
        ++result.states;
        if (from.real.highest > grants) continue;
        const auto reach = [&](world next, fault wrong) {
            if (wrong && !result.found) result.found = wrong;
            if (!wrong) add(next);
        };

        {
            world next = from;
            next.now += second;
            forget_old(next);
            add(next);
        }
        if (!from.forgotten) {
            world next = from;
            next.forgotten = true;
            (void)decide_forget(next.record, next.now);
            next.real = {.highest = next.real.highest};
            add(next);
        }
        for (std::size_t i = 0; i < clients; ++i) {
            const auto claim = [&](bool with_ticket, bool repeat) {
                world next = from;
                client& who = next.clients[i];
                if (!repeat) ++who.claims;
                claim_terms terms{.lease = lease, .keep = keep, .nonce = 10 * (i + 1) + who.claims};
                if (with_ticket) terms.handed_over = &next.ticket;
                const claim_answer answer = Machine::claim(next.record, terms, next.now);
                const fault wrong = judge_claim(next, who, terms, answer);
                reach(next, wrong);
            };
            const auto settle = [&](const settlement& wanted) {
                world next = from;
                const claim_token token = next.clients[i].token;
                const claim_record before = next.record;
                // A repetition of what this very owner has done is ok, and changes nothing.
                claim_record same = before;
                const bool settled_so =
                    before.state != event_state::in_flight && before.generation == token.generation
                    && decide_settle(same, token, wanted, from.now).status == settle_status::ok;
                const settle_answer answer = Machine::settle(next.record, token, wanted, next.now);
                const fault wrong = judge_settle(next, token, wanted, answer, before, settled_so);
                if (!wrong && wanted.what == settlement::verb::complete
                    && wanted.result.how == ending::accepted && answer.status == settle_status::ok
                    && !settled_so)
                    next.ticket = token;
                reach(next, wrong);
            };

            const client& who = from.clients[i];
            if constexpr (Machine::reads_first) {
                if (!who.reading && who.claims < claims_each) {
                    world next = from;
                    next.clients[i].reading = true;
                    next.clients[i].seen = from.record;
                    add(next);
                }
                if (who.reading) {
                    world next = from;
                    client& writer = next.clients[i];
                    writer.reading = false;
                    ++writer.claims;
                    const claim_terms terms{
                        .lease = lease, .keep = keep, .nonce = 10 * (i + 1) + writer.claims};
                    const claim_answer answer = Machine::write(next.record, writer.seen, terms, next.now);
                    writer.seen = {};
                    const fault wrong = judge_claim(next, writer, terms, answer);
                    reach(next, wrong);
                }
            } else if (who.claims < claims_each) {
                claim(false, false);
                if (from.ticket.generation != 0) claim(true, false);
            }
            if constexpr (!Machine::reads_first)
                if (who.claims != 0) claim(false, true); // its reply was lost
            if (who.token.generation != 0) {
                settle(settlement::complete({ending::handled}));
                settle(settlement::complete({ending::accepted}));
                settle(settlement::release(earlier::released));
                settle(settlement::release(earlier::unknown));
                settle(settlement::extend(std::chrono::milliseconds(lease)));
            }
        }
    }
    return result;
}

struct correct {
    static constexpr bool reads_first = false;
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        return decide_claim(record, terms, now);
    }
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        return decide_settle(record, token, wanted, now);
    }
};

} // namespace

TEST_CASE("state machine: no interleaving of two or three clients breaks what must hold") {
    const exploration two = explore<correct>(2, 2, 4);
    INFO(two.found.value_or("nothing"));
    REQUIRE_FALSE(two.found);
    REQUIRE(two.states > 50'000);

    const exploration three = explore<correct>(3, 1, 3);
    INFO(three.found.value_or("nothing"));
    REQUIRE_FALSE(three.found);
    REQUIRE(three.states > 20'000);
}

// Bugs of other libraries' stores, and some of our own. The exploration finds each, or it could not find them here.
namespace {

/// As if the token were that of the owner, whoever that is.
claim_token as_owner(const claim_record& record, claim_token token) {
    token.generation = record.generation;
    token.nonce = record.nonce;
    return token;
}

struct blind_complete : correct {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const bool blind = wanted.what == settlement::verb::complete;
        return decide_settle(record, blind ? as_owner(record, token) : token, wanted, now);
    }
};

struct blind_release : correct {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const bool blind = wanted.what == settlement::verb::release;
        return decide_settle(record, blind ? as_owner(record, token) : token, wanted, now);
    }
};

struct blind_extend : correct {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const bool blind = wanted.what == settlement::verb::extend;
        return decide_settle(record, blind ? as_owner(record, token) : token, wanted, now);
    }
};

struct release_deletes_what_is_done : correct {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        if (wanted.what == settlement::verb::release && record.state == event_state::done
            && record.generation == token.generation) {
            record = {.generation = record.generation};
            return settle_answer::of(settle_status::ok);
        }
        return decide_settle(record, token, wanted, now);
    }
};

/// The row goes, and its generation with it; the next owner has the old one's again.
struct release_forgets_the_generation : correct {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const settle_answer answer = decide_settle(record, token, wanted, now);
        if (record.state == event_state::released) record.generation = 0;
        return answer;
    }
};

struct hit_prolongs_the_life : correct {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        const claim_answer answer = decide_claim(record, terms, now);
        if (record.state == event_state::done) record.expires = now + terms.keep;
        return answer;
    }
};

struct lease_is_ignored : correct {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        if (record.state == event_state::in_flight) record.leased_until = now;
        return decide_claim(record, terms, now);
    }
};

struct lease_in_the_wrong_unit : correct {
    static claim_answer claim(claim_record& record, claim_terms terms, tick now) {
        terms.lease /= 1000;
        return decide_claim(record, terms, now);
    }
};

struct lease_never_ends : correct {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        const bool owned = record.state == event_state::in_flight && now < record.expires;
        if (owned) record.leased_until = std::max(record.leased_until, now + 1);
        return decide_claim(record, terms, now);
    }
};

struct nonce_is_ignored : correct {
    static claim_answer claim(claim_record& record, claim_terms terms, tick now) {
        terms.nonce = 0;
        return decide_claim(record, terms, now);
    }
};

struct repetition_is_a_new_attempt : correct {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        claim_answer answer = decide_claim(record, terms, now);
        if (answer.repeated) answer.token.attempt = ++record.attempt;
        return answer;
    }
};

/// A receiver takes over from a worker whose lease is over.
struct accepted_is_taken_over : correct {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        if (record.state == event_state::in_flight && now >= record.leased_until) record.ticket = 0;
        return decide_claim(record, terms, now);
    }
};

struct accepted_expires : correct {
    static settle_answer settle(claim_record& record, const claim_token& token, const settlement& wanted,
                                tick now) {
        const settle_answer answer = decide_settle(record, token, wanted, now);
        if (record.state == event_state::accepted) record.expires = std::min(record.expires, now + keep);
        return answer;
    }
};

/// The ticket is a copied token: whoever has the text is the owner.
struct ticket_is_the_token : correct {
    static claim_answer claim(claim_record& record, const claim_terms& terms, tick now) {
        if (terms.handed_over != nullptr && record.ticket == terms.handed_over->generation) {
            claim_answer answer;
            answer.status = claim_status::granted;
            answer.token = *terms.handed_over;
            return answer;
        }
        return decide_claim(record, terms, now);
    }
};

/// SELECT, then INSERT or UPDATE, each by itself.
struct check_then_insert : correct {
    static constexpr bool reads_first = true;
    static claim_answer write(claim_record& record, claim_record seen, const claim_terms& terms, tick now) {
        const claim_answer answer = decide_claim(seen, terms, now);
        if (answer.status == claim_status::granted) record = seen;
        return answer;
    }
};

/// Who reads an expired claim removes it, whoever's claim stands there by then.
struct expired_read_deletes : correct {
    static constexpr bool reads_first = true;
    static claim_answer write(claim_record& record, const claim_record& seen, const claim_terms& terms,
                              tick now) {
        const bool was_over = seen.state == event_state::in_flight && now >= seen.leased_until;
        if (was_over && record.state == event_state::in_flight)
            record = {.before = earlier::unknown, .attempt = record.attempt, .generation = record.generation};
        return decide_claim(record, terms, now);
    }
};

/// The two-step exploration finds nothing where the two steps are one.
struct reads_and_then_claims_properly : correct {
    static constexpr bool reads_first = true;
    static claim_answer write(claim_record& record, const claim_record&, const claim_terms& terms, tick now) {
        return decide_claim(record, terms, now);
    }
};

template <class Mutant>
void require_found(const std::string& expected) {
    const exploration of_mutant = explore<Mutant>(3, 1, 3);
    REQUIRE(of_mutant.found);
    CHECK(*of_mutant.found == expected);
}

} // namespace

TEST_CASE("state machine: the exploration finds seeded bugs") {
    require_found<blind_complete>("not the owner, yet something changed");
    require_found<blind_release>("not the owner, yet something changed");
    require_found<blind_extend>("not the owner, yet it was ok");
    require_found<release_deletes_what_is_done>("not the owner, yet it was ok");
    require_found<release_forgets_the_generation>("a generation came again");
    require_found<hit_prolongs_the_life>("nobody owns the event, and it was not granted");
    require_found<lease_is_ignored>("two owners");
    require_found<lease_in_the_wrong_unit>("two owners");
    require_found<lease_never_ends>("nobody owns the event, and it was not granted");
    require_found<nonce_is_ignored>("the token has a nonce that is not its claim's");
    require_found<repetition_is_a_new_attempt>("a repeated claim counted as an attempt");
    require_found<accepted_is_taken_over>("what was accepted was not answered as accepted");
    require_found<accepted_expires>("what was accepted was not answered as accepted");
    require_found<ticket_is_the_token>("a generation came again");
    require_found<check_then_insert>("two owners");
    require_found<expired_read_deletes>("two owners");
    REQUIRE_FALSE(explore<reads_and_then_claims_properly>(3, 1, 3).found);
}
