#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills a receiver again and again amid a stream of deliveries, and shows that every event is handled, once.

    tools/crash_test.py PROGRAM [sqlite|postgres|redis] [--events N] [--kills N] [--seed N]

PROGRAM is `hookseal`, as tools/demo.sh and tools/test.sh build it. Several senders deliver signed events, and deliver each
again until it is answered 2xx, after pauses in proportion to those of real providers; some deliver it once more after that,
or twice from the start. Meanwhile the receiver is killed with -9 and started again on the same store; with postgres and
redis, the database's server is, too, and once it says nothing until deliveries have been turned away.

With sqlite and postgres, the handler writes the event into a table of the same database, in the event's transaction: in the
end each event stands there exactly once. With redis, there is no such transaction: each event is handled at least once, and
again only if a crash came between the handler and the completion.
"""
import argparse
import collections
import contextlib
import hashlib
import hmac
import http.client
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/servers"))
import servers  # noqa: E402

SECRET = "whsec_crash_test_0123456789abcdef"
GIVEN_UP_AFTER = 300  # seconds: only what hangs waits for it
SENDERS = 4
# Seconds before each further attempt, as their documentation has them in 2026. Whoever has made the last one begins anew: a
# person asks for it.
SCHEDULES = {
    "slack": (0, 60, 300),  # docs.slack.dev/apis/events-api: nearly immediately, after 1 minute, after 5 minutes
    "svix": (5, 300, 1800, 7200, 18000, 36000, 36000),  # docs.svix.com/retries
}
FASTER = 100_000  # times, than in reality


class Receiver:
    """`hookseal receive` at one port, however often it is killed."""

    def __init__(self, program, store, ledger, folder, lease=1):
        self.folder = Path(folder)
        self.log = self.folder / "deliveries"
        self.journal = self.folder / "journal"
        self.port = 0
        self.command = [program, "receive", "--provider", "stripe=env:SECRET", "--store", store, "--lease", str(lease),
                        "--port-file", str(self.folder / "port"), "--journal", str(self.journal), *(["--ledger"] if ledger else [])]
        self.start()

    def start(self):
        port_file = self.folder / "port"
        give_up = time.monotonic() + GIVEN_UP_AFTER
        while time.monotonic() < give_up:
            port_file.unlink(missing_ok=True)
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen([*self.command, "--port", str(self.port)], stdout=log, stderr=log,
                                                env={**os.environ, "SECRET": SECRET})
            while not port_file.exists() and self.process.poll() is None:
                time.sleep(0.002)
            if port_file.exists():
                self.port = int(port_file.read_text())
                return
            time.sleep(0.05)  # the store is not there yet
        raise RuntimeError(f"the receiver does not start:\n{self.log.read_text()}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def handled(self):
        """How often the handler did its work, for each event."""
        return collections.Counter(re.findall(r'"(\w+)"', self.journal.read_text()))


def number_of(event):
    return int(event.removeprefix("evt_"))


class Stream:
    """Senders that deliver events until each is answered 2xx."""

    def __init__(self, events, seed, receiver):
        self.receiver = receiver
        self.random = random.Random(seed)
        twice = [event for event in events if self.random.random() < 0.1]
        self.waiting = [(0.0, event, 0) for event in (*events, *twice)]  # when, what, and after how many attempts
        self.lock = threading.Lock()
        self.answered = 0
        self.cut = 0
        self.turned_away = 0
        self.give_up = time.monotonic() + GIVEN_UP_AFTER
        self.threads = [threading.Thread(target=self.send_all, daemon=True) for _ in range(SENDERS)]

    def send_all(self):
        while time.monotonic() < self.give_up:
            with self.lock:
                if not self.waiting:
                    return
                due = [one for one in self.waiting if one[0] <= time.monotonic()]
                if due:
                    _, event, attempts = one = self.random.choice(due)
                    self.waiting.remove(one)
            if not due:
                time.sleep(0.001)
                continue
            status, _ = self.deliver(event)
            with self.lock:
                if 200 <= status < 300:
                    self.answered += 1
                    if self.random.random() < 0.2:
                        self.waiting.append((0.0, event, 0))
                else:
                    self.turned_away += status == 503
                    pauses = SCHEDULES["slack" if number_of(event) % 2 else "svix"]
                    pause = pauses[attempts % len(pauses)] / FASTER
                    self.waiting.append((time.monotonic() + pause, event, attempts + 1))

    def deliver(self, event):
        """The answer's status and text; 0 where there was none."""
        body = b'{"id":"%s"}' % event.encode()
        at = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
        connection = http.client.HTTPConnection("127.0.0.1", self.receiver.port, timeout=60)
        connected = False
        try:
            connection.connect()
            connected = True
            connection.request("POST", "/hooks/stripe", body, {"Stripe-Signature": f"t={at},v1={signature}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            with self.lock:
                self.cut += connected
            return 0, ""
        finally:
            connection.close()

    def run(self, kill, kills):
        for thread in self.threads:
            thread.start()
        killed = 0
        next_at = 20
        while any(thread.is_alive() for thread in self.threads):
            with self.lock:
                is_time = self.answered >= next_at
            # Killed while nobody was at work, it would show nothing: then once more.
            if is_time and (killed < kills or self.cut == 0):
                kill(killed)
                killed += 1
                next_at = self.answered + 10 + self.random.randrange(40)
            time.sleep(0.001)
        return killed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("store", nargs="?", default="sqlite", choices=["sqlite", "postgres", "redis"])
    parser.add_argument("--events", type=int, default=600)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    events = [f"evt_{n}" for n in range(options.events)]

    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hookseal-crash-"))
        server = None
        if options.store == "postgres":
            server = stack.enter_context(servers.PostgreSQL())
            store = f"postgres:{server.dsn}"
        elif options.store == "redis":
            server = stack.enter_context(servers.Redis("--appendonly", "yes", "--appendfsync", "always"))
            store = server.url
        else:
            store = f"sqlite:{folder}/events.db"
        receiver = Receiver(options.program, store, options.store != "redis", folder)
        stack.callback(receiver.kill)
        stream = Stream(events, options.seed, receiver)

        def kill(number):
            if server and number == 2:
                before = stream.turned_away
                server.suspend()
                while stream.turned_away < before + SENDERS and time.monotonic() < stream.give_up:
                    time.sleep(0.01)
                server.resume()
            elif server and number % 3 == 1:
                server.crash()
                server.start()
            else:
                receiver.kill()
                receiver.start()

        killed = stream.run(kill, options.kills)
        if options.store == "postgres":
            times = collections.Counter(server.ask("SELECT id FROM ledger"))
        elif options.store == "redis":
            times = receiver.handled()
        else:
            with contextlib.closing(sqlite3.connect(f"{folder}/events.db")) as database:
                times = collections.Counter(row[0] for row in database.execute("SELECT id FROM ledger"))

    never = [event for event in events if times[event] == 0]
    twice = [event for event in events if times[event] > 1]
    print(f"{len(events)} events, {stream.answered} deliveries answered 2xx, {killed} crashes, {stream.cut} deliveries cut:"
          f" {len(never)} events never handled, {len(twice)} more than once; still undelivered: {len(stream.waiting)}")
    # A crash of the server can come between the handler and the completion of each delivery, too.
    allowed = stream.cut + SENDERS * killed if options.store == "redis" else 0
    well = not never and not stream.waiting and len(twice) <= allowed and killed >= options.kills and stream.cut > 0
    return 0 if well else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except servers.Missing as why:
        print(f"skipped: {why}")
        sys.exit(77)
