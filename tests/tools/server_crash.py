# SPDX-License-Identifier: MIT
"""What a crash of the database's server takes with it, under each of its settings: `server_crash.py PROGRAM postgres|redis`.

Events are delivered to a receiver; when the server has written them, more are, amid which the server crashes and is started
again. Then all that were answered as handled are delivered once more: what is handled again was lost. (Where the crash came
between the handler and the completion, an event is still in flight then, which is no loss.)
"""
import sys
import tempfile
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests/servers")]
import servers  # noqa: E402
from crash_test import Receiver, Stream  # noqa: E402

PROGRAM, KIND = sys.argv[1:3]
EARLY = [f"early_{n}" for n in range(100)]
LATE = [f"late_{n}" for n in range(300)]
GIVEN_UP_AFTER = 60  # seconds


def wait_until(holds):
    give_up = time.monotonic() + GIVEN_UP_AFTER
    while not holds():
        if time.monotonic() > give_up:
            raise AssertionError("the server does not write what it has")
        time.sleep(0.05)


class Crash(unittest.TestCase):
    def lost(self, server, store, is_written):
        """Of what was answered as handled, what is handled again after the crash: early events, and late ones."""
        with tempfile.TemporaryDirectory() as folder:
            receiver = Receiver(PROGRAM, store, False, folder, lease=600)
            try:
                stream = Stream([], 1, receiver)

                def deliver(events, answer):
                    with ThreadPoolExecutor(4) as senders:
                        told = list(senders.map(stream.deliver, events))
                    return [event for event, (status, text) in zip(events, told) if status == 200 and answer in text]

                early = deliver(EARLY, "handled")
                self.assertEqual(early, EARLY)
                wait_until(is_written)

                late = []
                under_load = threading.Thread(target=lambda: late.extend(deliver(LATE, "handled")))
                under_load.start()
                wait_until(lambda: receiver.log.read_text().count("handler=done") > len(EARLY) + 50)
                server.crash()
                server.start()
                under_load.join()
                self.assertGreater(len(late), 50)

                return deliver(early, "handled"), deliver(late, "handled")
            finally:
                receiver.kill()


@unittest.skipUnless(KIND == "postgres", "")
class PostgreSQL(Crash):
    def crash(self, *settings):
        with servers.PostgreSQL(*settings) as server:
            def is_written():
                return server.ask("SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()") == ["t"]

            return self.lost(server, f"postgres:{server.dsn}", is_written)

    def test_nothing_that_was_answered_is_lost(self):
        self.assertEqual(self.crash("synchronous_commit=on"), ([], []))

    def test_what_was_not_written_yet_is_lost_where_commits_do_not_wait(self):
        early, late = self.crash("synchronous_commit=off", "wal_writer_delay=500ms")
        print(f"synchronous_commit=off: {len(late)} of the last events lost")
        self.assertEqual(early, [])

    def test_a_store_that_forgets_is_noticed(self):
        with servers.PostgreSQL() as server:
            start = server.start

            def start_without_events(**more):
                start(**more)
                server.ask("DELETE FROM hookseal_events")

            server.start = start_without_events
            early, _ = self.lost(server, f"postgres:{server.dsn}", lambda: True)
        self.assertEqual(early, EARLY)


@unittest.skipUnless(KIND == "redis", "")
class Redis(Crash):
    def crash(self, *settings):
        with servers.Redis(*settings) as server:
            def is_written():
                answer = servers.ask(server.port, b"INFO persistence\r\n", 8192)
                return b"aof_enabled:0" in answer or b"aof_buffer_length:0\r" in answer

            return self.lost(server, server.url, is_written)

    def test_nothing_that_was_answered_is_lost_where_each_command_is_written_first(self):
        self.assertEqual(self.crash("--appendonly", "yes", "--appendfsync", "always"), ([], []))

    def test_what_was_not_written_yet_is_lost_otherwise(self):
        for when in ("everysec", "no"):
            with self.subTest(when):
                early, late = self.crash("--appendonly", "yes", "--appendfsync", when)
                print(f"appendfsync {when}: {len(late)} of the last events lost")
                self.assertEqual(early, [])

    def test_without_a_log_everything_is_lost(self):
        early, _ = self.crash("--appendonly", "no")
        self.assertEqual(early, EARLY)


try:
    servers.program("redis-server" if KIND == "redis" else "initdb", *servers.POSTGRESQL)
except servers.Missing as why:
    print(f"skipped: {why}")
    sys.exit(77)
unittest.main(argv=sys.argv[:1], verbosity=1)
