// SPDX-License-Identifier: MIT
#include <hookseal/idempotency/redis_store.hpp>
#include <hookseal/testing/store_suite.hpp>

#include "idempotency/keys.hpp"
#include "redis/server.hpp"
#include "support/catch.hpp"
#include "support/cutting_proxy.hpp"
#include "support/histories.hpp"
#include "support/suite.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

using namespace hookseal;
using namespace hookseal_tests;
using namespace std::chrono_literals;

namespace {

using moment = cutting_proxy::moment;

struct harness {
    std::unique_ptr<redis_operator> app;
    std::unique_ptr<cutting_proxy> proxy;
    std::unique_ptr<redis_store<>> first = open();
    std::unique_ptr<redis_store<>> second = open();

    explicit harness(const std::string& server)
        : app(std::make_unique<redis_operator>(server)),
          proxy(std::make_unique<cutting_proxy>(port_in(server))) {}

    std::unique_ptr<redis_store<>> open() const {
        return std::make_unique<redis_store<>>(redis_at(proxy->port()), redis_settings{.timeout = 60s});
    }
    redis_store<>& store() { return *first; }
    redis_store<>& another() { return *second; }
    void pass(std::chrono::milliseconds time) { app->pass(time); }
    void lose_next_reply() { proxy->cut_at({"NX", "EVALSHA"}, moment::after_the_reply_was_made); }
    void set_down(bool down) { proxy->set_down(down); }
};

} // namespace

TEST_CASE("redis_store: is as every store should be") {
    const auto server = redis_server();
    if (!server) return;
    require_well(testing::run_store_suite([&] { return harness(*server); }), 0);
}

TEST_CASE("redis_store: what threads are told at the same moment has an order") {
    const auto server = redis_server();
    if (!server) return;
    harness with(*server);
    require_linearizable(with, 200);
}

TEST_CASE("redis_store: what it promises") {
    STATIC_REQUIRE(check_store<redis_store<>>());
    STATIC_REQUIRE(extendable<redis_store<>>);
    STATIC_REQUIRE(administrable<redis_store<>>);
    STATIC_REQUIRE(redis_store<>::promised.shared);
    STATIC_REQUIRE_FALSE(redis_store<>::promised.may_evict);
    STATIC_REQUIRE_FALSE(redis_store<>::promised.effect_inside);
}

TEST_CASE("redis_store: a new event and a duplicate cost one command each, and its age a second") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    redis_store<> store{*server};
    REQUIRE_FALSE(store.check());
    app.ask({"CONFIG", "RESETSTAT"});
    const claim_token mine = store.claim({.key = key_of("a"), .nonce = 1}).token;
    REQUIRE(store.claim({.key = key_of("a"), .nonce = 2}).status == claim_status::in_flight);
    const std::string stats = app.ask({"INFO", "commandstats"});
    REQUIRE(stats.find("cmdstat_set:calls=2,") != std::string::npos);
    REQUIRE(stats.find("cmdstat_pttl:calls=2,") != std::string::npos);
    REQUIRE(stats.find("cmdstat_eval") == std::string::npos);
    REQUIRE(stats.find("cmdstat_get") == std::string::npos);
    REQUIRE(store.complete(mine, {}).status == settle_status::ok);
}

TEST_CASE("redis_store: a server that does not know the script is told it") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    app.ask({"SCRIPT", "FLUSH"});
    REQUIRE(app.ask({"SCRIPT", "EXISTS", std::string(redis::replace_script_sha1)}) == "0\n");
    redis_store<> store{*server};
    const claim_token mine = store.claim({.key = key_of("a")}).token;
    REQUIRE(store.complete(mine, {}).status == settle_status::ok);
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(app.ask({"SCRIPT", "EXISTS", std::string(redis::replace_script_sha1)})
            == "1\n"); // and next time it knows it
}

TEST_CASE("redis_store: a server that would forget events to make room is refused") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    for (const std::string policy : {"allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru",
                                     "volatile-ttl", "volatile-random"}) {
        app.ask({"CONFIG", "SET", "maxmemory-policy", policy});
        app.ask({"CONFIG", "SET", "maxmemory", "0"});
        REQUIRE_FALSE(redis_store{*server}.check()); // without a limit there is nothing to make room for
        app.ask({"CONFIG", "SET", "maxmemory", "100mb"});
        redis_store<> store{*server};
        REQUIRE(store.check() == store_fault::misconfigured);
        REQUIRE(store.claim({.key = key_of("a")}).fault == store_fault::misconfigured);
    }
    REQUIRE(app.ask({"DBSIZE"}) == "0");
    app.ask({"CONFIG", "SET", "maxmemory-policy", "noeviction"});
    REQUIRE_FALSE(redis_store{*server}.check());
}

TEST_CASE("redis_store: a server that is full says so, and forgets nothing") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    redis_store<> store{*server};
    REQUIRE(store.complete(store.claim({.key = key_of("a")}).token, {}).status == settle_status::ok);
    app.ask({"CONFIG", "SET", "maxmemory", "1"});
    for (int i = 0; i < 3; ++i) {
        const claim_answer refused = store.claim({.key = key_of("b")});
        REQUIRE(refused.fault == store_fault::full);
        REQUIRE_FALSE(refused.maybe_applied);
    }
    REQUIRE(store.peek(operators_key("a")).state == event_state::done);
    app.ask({"CONFIG", "SET", "maxmemory", "0"});
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::done);
    REQUIRE(store.claim({.key = key_of("b")}).status == claim_status::granted);
}

TEST_CASE("redis_store: what is the matter is told") {
    const auto server = redis_server();
    if (!server) return;
    struct log {
        std::string* to;
        void operator()(const store_error& what) const noexcept { *to = what.text; }
    };
    const redis_operator app(*server);
    std::string told;

    REQUIRE(redis_store{"rediss://127.0.0.1"}.check() == store_fault::misconfigured);
    REQUIRE(redis_store{"rediss://127.0.0.1"}.claim({.key = key_of("a")}).fault
            == store_fault::misconfigured);

    redis_store nowhere{redis_at(1), {}, log{&told}}; // a reserved port at which nobody listens
    REQUIRE(nowhere.check() == store_fault::down);
    REQUIRE(told == "Connection refused");
    REQUIRE_FALSE(nowhere.claim({.key = key_of("a")}).maybe_applied);

    redis_store<> known{*server};
    REQUIRE_FALSE(known.check());
    app.ask({"CONFIG", "SET", "requirepass", "p@ss/word"});
    const std::string host = server->substr(8);
    redis_store stranger{"redis://:guessed@" + host, {}, log{&told}};
    REQUIRE(stranger.check() == store_fault::misconfigured);
    REQUIRE(told.find("WRONGPASS") == 0);
    REQUIRE_FALSE(redis_store{"redis://:p%40ss%2Fword@" + host + "/3"}.check());
    REQUIRE_FALSE(redis_store{"redis://default:p%40ss%2Fword@" + host}.check());
    app.ask({"CONFIG", "SET", "requirepass", ""});

    redis_store elsewhere{*server + "/999", {}, log{&told}};
    REQUIRE(elsewhere.check() == store_fault::misconfigured);
    REQUIRE(told == "ERR DB index is out of range");
}

TEST_CASE("redis_store: a value that nobody of ours wrote is a wrong configuration, never a grant") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    redis_store<> store{*server};
    REQUIRE(store.claim({.key = key_of("a")}).status == claim_status::granted);
    std::string key = app.ask({"KEYS", "*"});
    key.pop_back();
    REQUIRE(key == "hookseal:" + std::string(locator_text(*durable_locator(key_of("a"))).view()));
    const std::string value = app.ask({"GET", key});
    const auto require_refused = [&] {
        REQUIRE(store.claim({.key = key_of("a")}).fault == store_fault::misconfigured);
        REQUIRE(store.forget(operators_key("a")).fault == store_fault::misconfigured);
        REQUIRE_FALSE(store.peek(operators_key("a")).available);
        REQUIRE(store.claim({.key = key_of("b")}).status != claim_status::unavailable); // the others are well
    };
    for (const std::string& wrong :
         {std::string(), std::string("1"), value.substr(0, 88), value.substr(0, 89), value + "x",
          value.substr(0, 88) + ".-1", value.substr(0, 88) + ".01",
          value.substr(0, 88) + ".18446744073709551616", "x" + value.substr(1)}) {
        app.ask({"SET", key, wrong, "EX", "1000"});
        require_refused();
    }
    app.ask({"SET", key, value}); // without an end
    require_refused();
    app.ask({"DEL", key});
    app.ask({"RPUSH", key, value});
    require_refused();
}

TEST_CASE(
    "redis_store: every change makes another value, also one that changes nothing but when the lease ends") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    redis_store<> store{*server};
    const claim_token mine = store.claim({.key = key_of("a"), .lease = 1h, .nonce = 5}).token;
    std::string key = app.ask({"KEYS", "*"});
    key.pop_back();
    std::string last = app.ask({"GET", key});
    for (int i = 0; i < 3; ++i) {
        app.pass(1min);
        REQUIRE(store.extend(mine, 1h).status == settle_status::ok);
        const std::string next = app.ask({"GET", key});
        REQUIRE(next != last);
        last = next;
    }
}

TEST_CASE("redis_store: a value that went while it was read is looked at again, and not taken for none") {
    const auto reply = [](const std::string& wire) {
        const std::unique_ptr<redisReader, decltype(&redisReaderFree)> reader(redisReaderCreate(),
                                                                              &redisReaderFree);
        void* got = nullptr;
        REQUIRE(redisReaderFeed(reader.get(), wire.data(), wire.size()) == REDIS_OK);
        REQUIRE(redisReaderGetReply(reader.get(), &got) == REDIS_OK);
        return redis::answer(got);
    };
    const std::string gone = ":-2\r\n";
    REQUIRE(redis::read_record(reply("$1\r\nx\r\n"), reply(gone)).is_torn);
    const auto none = redis::read_record(reply("$-1\r\n"), reply(gone));
    REQUIRE_FALSE(none.is_torn);
    REQUIRE_FALSE(none.is_there);
    REQUIRE(none.is_sound);
}

TEST_CASE("redis_store: what is left of a forgotten event stays as long as any token of it might be around") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    redis_store<> store{*server};
    REQUIRE(store.claim({.key = key_of("a"), .lease = 1s, .keep = 1s}).status == claim_status::granted);
    REQUIRE(store.forget(operators_key("a")).status == settle_status::ok);
    std::string key = app.ask({"KEYS", "*"});
    key.pop_back();
    REQUIRE(std::chrono::milliseconds(std::stoll(app.ask({"PTTL", key})))
            > std::chrono::milliseconds(default_keep) - 1h);
}

TEST_CASE("redis_store: connections that broke while they lay idle are replaced unnoticed") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    redis_store<> store{*server};
    claim_token mine;
    for (int i = 0; i < 3; ++i) {
        const claim_answer one = store.claim({.key = key_of(std::to_string(i))});
        REQUIRE(one.status == claim_status::granted);
        mine = one.token;
        REQUIRE(app.ask({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"}) == "1");
    }
    REQUIRE(store.complete(mine, {}).status == settle_status::ok);
}

TEST_CASE("redis_store: who writes to a connection that is closed is not ended by a signal") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    cutting_proxy proxy(port_in(*server));
    auto on = redis::connection::open(*redis::parse_address(redis_at(proxy.port())), 60s);
    REQUIRE(on.ask({"PING"}).text() == "PONG"); // the proxy has it, too
    proxy.set_down(true);
    for (int i = 0; i < 1000; ++i) // more than goes at once
        on.send({"PING"});
    (void)on.receive();
    REQUIRE(on.fault() == store_fault::down);
    REQUIRE_FALSE(on.usable());
}

TEST_CASE("redis_store: a server that says nothing any more is given up in time") {
    const auto server = redis_server();
    if (!server) return;
    const redis_operator app(*server);
    cutting_proxy proxy(port_in(*server));
    redis_store<> store{redis_at(proxy.port()), {.timeout = 300ms}};
    // A slow machine may be given up as well, at any other moment: then once more.
    const auto until_known = [](auto call) {
        auto answer = call();
        while (answer.status == decltype(answer.status)::unavailable)
            answer = call();
        return answer;
    };
    const auto cut_at = [&](const char* text, auto call) {
        proxy.cut_at({text}, moment::never);
        auto answer = call();
        while (proxy.is_armed())
            answer = call();
        return answer;
    };
    const auto claim = [&] { return store.claim({.key = key_of("a"), .nonce = 1}); };
    const claim_answer silent = cut_at("NX", claim);
    REQUIRE(silent.fault == store_fault::timeout);
    REQUIRE(silent.maybe_applied); // nobody knows how far it came
    const claim_token mine = until_known(claim).token;

    const auto complete = [&] { return store.complete(mine, {}); };
    const settle_answer unread = cut_at("GET", complete);
    REQUIRE(unread.fault == store_fault::timeout);
    REQUIRE_FALSE(unread.maybe_applied); // it was only a look
    REQUIRE(until_known(complete).status == settle_status::ok);

    const auto connect = [&] { return redis_store{redis_at(proxy.port()), {.timeout = 300ms}}.check(); };
    REQUIRE(cut_at("INFO", connect) == store_fault::timeout);
}
