// SPDX-License-Identifier: MIT
// Acknowledge first, process later: with a queue of one's own, and with the database's inbox.
#include <hookseal/idempotency/inbox_worker.hpp>
#include <hookseal/idempotency/resume.hpp>
#include <hookseal/idempotency/sqlite_store.hpp>
#include <hookseal/idempotency/ticket.hpp>
#include <hookseal/idempotency/transactional.hpp>
#include <hookseal/providers/stripe.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/testing.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>

using namespace std::chrono_literals;

namespace {

using stripe_delivery = hookseal::testing::delivery<hookseal::providers::stripe>;

const auto stripe = stripe_delivery::verifier();

struct message {
    std::string ticket;
    std::string body;
};

struct my_queue {
    std::deque<message> messages{};
    bool push(std::string ticket, std::string_view body) {
        messages.push_back({std::move(ticket), std::string(body)});
        return true;
    }
};

// [queue]
int receive(const auto& rx, const hookseal::request& request, my_queue& queue) {
    return rx
        .accept(request, [&](auto& event, hookseal::ticket t) { return queue.push(t.text(), event.body()); })
        .status; // 202 once the queue has it and the store knows; the same to every redelivery
}

enum class fate { gone, kept };

fate work_on(const message& from_queue, auto& store, const auto& ship) {
    auto job = hookseal::resume(store, hookseal::ticket::parse(from_queue.ticket), 5min);
    if (!job) return job.state() == hookseal::job_state::over ? fate::gone : fate::kept;
    const bool well = ship(from_queue.body); // for as long as its lease lasts; job.extend(…) asks for more
    const auto told = job.finish(well ? hookseal::verdict::handled() : hookseal::verdict::failed());
    return well && told.status == hookseal::settle_status::ok ? fate::gone : fate::kept;
}
// [/queue]

bool through_a_queue(const std::string& file) {
    hookseal::sqlite_store db{file};
    const hookseal::receiver rx{stripe, db};
    my_queue queue;
    const stripe_delivery paid{R"({"id":"evt_1"})"};
    if (receive(rx, paid.request(), queue) != 202 || receive(rx, paid.request(), queue) != 202) return false;
    const auto fails = [](std::string_view) { return false; };
    const auto ships = [](std::string_view body) { return body == R"({"id":"evt_1"})"; };
    return queue.messages.size() == 1 && work_on(queue.messages[0], db, fails) == fate::kept
           && work_on(queue.messages[0], db, ships) == fate::gone
           && work_on(queue.messages[0], db, fails) == fate::gone; // somebody else has done it
}

// [letters]
struct letters {
    int* kept;
    bool dead_letter(const hookseal::stored_event&, std::uint32_t) noexcept { return ++*kept, true; }
};
// [/letters]

bool through_the_inbox(const std::string& file) {
    hookseal::sqlite_store db{file};
    int shipped = 0;
    const auto ship = [&](const hookseal::stored_event& event) { shipped += event.type == "order.paid"; };
    const stripe_delivery paid{R"({"id":"evt_2","type":"order.paid"})"};
    const hookseal::request request = paid.request();
    // [inbox]
    const hookseal::receiver rx{stripe, db};
    const hookseal::reply reply = rx.accept(request); // 202: event and claim are committed, together

    hookseal::inbox_worker worker{db}; // in this process or another one, at any time
    while (worker.run_once(ship).what == hookseal::inbox_step::completed) {
    }
    // [/inbox]
    if (reply.status != 202 || rx.accept(request).status != 200 || shipped != 1) return false;

    int kept = 0;
    const stripe_delivery odd{R"({"id":"evt_3"})"};
    if (rx.accept(odd.request()).status != 202) return false;
    // [retries]
    hookseal::inbox_worker patient{db, {.first_pause = 0s, .max_attempts = 2}, letters{&kept}};
    const auto try_it = [](const hookseal::stored_event&, auto& context) {
        if (context.extend(2min).status != hookseal::settle_status::ok) return false; // overtaken
        context.note("no such customer");                                             // for people
        return false;
    };
    // [/retries]
    using hookseal::inbox_step;
    return patient.run_once(try_it).what == inbox_step::postponed
           && patient.run_once(try_it).what == inbox_step::postponed
           && patient.run_once(try_it).what == inbox_step::parked && kept == 1;
}

bool exactly_once(const std::string& file) {
    hookseal::sqlite_store db{file};
    sqlite3* ledger = nullptr;
    if (db.check() || sqlite3_open(file.c_str(), &ledger) != SQLITE_OK) return false;
    sqlite3_exec(ledger, "CREATE TABLE ledger (event TEXT)", nullptr, nullptr, nullptr);
    sqlite3_close(ledger);
    const hookseal::receiver rx{stripe, db};
    const stripe_delivery paid{R"({"id":"evt_4"})"};
    if (rx.accept(paid.request()).status != 202) return false;
    // [transactional]
    hookseal::transactional inside{db};
    hookseal::inbox_worker worker{inside};
    const auto run = worker.run_once([](const hookseal::stored_event&, auto& context) {
        sqlite3* const in = context.transaction(); // null where it could not be begun
        return sqlite3_exec(in, "INSERT INTO ledger VALUES ('paid')", nullptr, nullptr, nullptr) == SQLITE_OK;
    });
    // [/transactional]
    return run.what == hookseal::inbox_step::completed;
}

} // namespace

int main() {
    std::string folder = (std::filesystem::temp_directory_path() / "hookseal-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 1;
    const bool well = through_a_queue(folder + "/one.db") && through_the_inbox(folder + "/two.db")
                      && exactly_once(folder + "/three.db");
    std::filesystem::remove_all(folder);
    return well ? 0 : 1;
}
