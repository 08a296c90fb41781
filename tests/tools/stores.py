# SPDX-License-Identifier: MIT
"""`hookseal receive --store …`: `stores.py PROGRAM memory|sqlite|postgres|redis`."""
import contextlib
import sqlite3
import sys
import tempfile
import unittest
from pathlib import Path

from program import Receiver, hookseal

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "servers"))
import servers  # noqa: E402

KIND = sys.argv.pop(1)
KEY = "0123456789abcdef"
ONCE = b'200 {"status":"handled"}\n\n'
TWICE = b'200 {"status":"duplicate"}\n\n'
LASTS = KIND != "memory"
HAS_LEDGER = KIND in ("sqlite", "postgres")


class Store(unittest.TestCase):
    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.server = None
        self.named = "memory"
        if KIND == "sqlite":
            self.named = f"sqlite:{self.folder}/events.db"
        if KIND == "postgres":
            self.server = self.stack.enter_context(servers.PostgreSQL())
            self.named = f"postgres:{self.server.dsn}"
        if KIND == "redis":
            self.server = self.stack.enter_context(servers.Redis("--appendonly", "yes"))
            self.named = self.server.url

    def receiver(self, *more):
        return Receiver("--provider", "stripe=env:KEY", "--store", "env:STORE", *more, KEY=KEY, STORE=self.named)

    def send(self, receiver, event):
        return hookseal("send", "--provider", "stripe", "--key", "env:KEY", receiver.url("stripe"),
                        body=b'{"id":"%s"}' % event, KEY=KEY).stdout

    def refused(self, *arguments, **variables):
        ended = hookseal("receive", "--provider", "stripe=env:KEY", *arguments, KEY=KEY, **variables)
        self.assertEqual(ended.returncode, 2, ended)
        return ended.stderr.decode()

    def test_an_event_is_handled_once_also_after_a_restart_where_the_store_lasts(self):
        with self.receiver() as receiver:
            self.assertEqual(self.send(receiver, b"a"), ONCE)
            self.assertEqual(self.send(receiver, b"a"), TWICE)
        with self.receiver() as receiver:
            self.assertEqual(self.send(receiver, b"a"), TWICE if LASTS else ONCE)
            self.assertEqual(self.send(receiver, b"b"), ONCE)

    @unittest.skipUnless(LASTS, "its events are its own")
    def test_two_receivers_share_what_they_know(self):
        with self.receiver() as one, self.receiver() as other:
            self.assertEqual(self.send(one, b"a"), ONCE)
            self.assertEqual(self.send(other, b"a"), TWICE)

    @unittest.skipUnless(KIND in ("postgres", "redis"), "there is no server")
    def test_while_the_server_is_down_senders_are_told_to_come_again(self):
        with self.receiver() as receiver:
            self.assertEqual(self.send(receiver, b"a"), ONCE)
            self.server.crash()
            self.assertEqual(self.send(receiver, b"b"), b'503 {"status":"store_unavailable"}\n\n')
            self.server.start()
            self.assertEqual(self.send(receiver, b"a"), TWICE)
            self.assertEqual(self.send(receiver, b"b"), ONCE)
            self.server.crash()
        self.assertIn("cannot be reached", self.refused("--store", "env:STORE", STORE=self.named))

    @unittest.skipUnless(KIND in ("postgres", "redis"), "there is no server")
    def test_a_server_that_says_nothing_is_not_waited_for_for_ever(self):
        with self.receiver() as receiver:
            self.assertEqual(self.send(receiver, b"a"), ONCE)
            self.server.suspend()
            self.assertEqual(self.send(receiver, b"b"), b'503 {"status":"store_unavailable"}\n\n')
            self.server.resume()
            self.assertIn(self.send(receiver, b"c"), (ONCE, b'503 {"status":"store_unavailable"}\n\n'))

    @unittest.skipUnless(HAS_LEDGER, "there are no transactions")
    def test_what_is_handled_stands_in_the_ledger_and_what_failed_does_not(self):
        with self.receiver("--ledger", "--rehearse") as receiver:
            self.assertEqual(self.send(receiver, b"a"), ONCE)
            self.assertEqual(self.send(receiver, b"a"), TWICE)
            signed = hookseal("sign", "--provider", "stripe", "--key", "env:KEY", body=b'{"id":"b"}', KEY=KEY).stdout.decode()
            headers = dict(line.split(": ", 1) for line in signed.splitlines())
            for part in ("fail", "throw"):
                answer = receiver.post("stripe", b'{"id":"b"}', {**headers, "Hookseal-Rehearse": part})
                self.assertEqual(answer[0], 500)
        self.assertEqual(self.ledger(), ["stripe|a"])

    def ledger(self):
        if self.server:
            return self.server.ask("SELECT provider || '|' || id FROM ledger")
        with contextlib.closing(sqlite3.connect(f"{self.folder}/events.db")) as database:
            return [row[0] for row in database.execute("SELECT provider || '|' || id FROM ledger")]

    @unittest.skipIf(HAS_LEDGER, "there are transactions")
    def test_a_ledger_is_refused_where_there_are_no_transactions(self):
        self.assertIn("--ledger needs", self.refused("--ledger", "--store", "env:STORE", STORE=self.named))

    def test_what_is_no_store_is_refused(self):
        for named in ("", "memory:1", "sqlite:", "redis:", "mysql:shop", "env:NO_SUCH_VARIABLE"):
            with self.subTest(named):
                self.assertRegex(self.refused("--store", named), "--store is memory, |NO_SUCH_VARIABLE is not set")
        if KIND == "sqlite":
            self.assertIn("cannot be reached", self.refused("--store", f"sqlite:{self.folder}/no/such/folder/events.db"))


def skip_where_there_is_no_server():
    if KIND in ("postgres", "redis"):
        servers.program("redis-server" if KIND == "redis" else "initdb", *servers.POSTGRESQL)


try:
    skip_where_there_is_no_server()
except servers.Missing as why:
    print(f"skipped: {why}")
    sys.exit(77)
unittest.main(verbosity=1)
