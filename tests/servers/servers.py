# SPDX-License-Identifier: MIT
"""Database servers of a test's own: real ones, on loopback, in a temporary folder, gone with the `with`.

    with servers.PostgreSQL() as server: …  server.dsn, server.crash(), server.start(), server.suspend(), server.resume()
    with servers.Redis("--appendonly", "yes") as server: …  server.url

Whatever services the machine runs are neither used nor touched. What is not installed raises `Missing`, which tests show as
'skipped'. A server is stopped by its process; started again, it has the same port and the same files.
"""
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

POSTGRESQL = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)  # where Debian puts it, the newest first
GIVEN_UP_AFTER = 60  # seconds: only a server that hangs waits for it


class Missing(Exception):
    """A program that is not installed."""


def program(name, *folders):
    for folder in folders:
        if os.access(f"{folder}/{name}", os.X_OK):
            return f"{folder}/{name}"
    found = shutil.which(name)
    if not found:
        raise Missing(f"{name} is not installed (tools/setup.sh test)")
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """What both have in common. A derived class has `prepare()`, `command()` and `answers()`."""

    def __init__(self, *options):
        self.options = options
        self.process = None
        # PostgreSQL refuses to run as root, so then both run as somebody who may do nothing.
        self.user = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="hookseal-server-"))
        try:
            if self.user:
                os.chown(self.folder, self.user["user"], self.user["group"])
            self.prepare()
            for _ in range(10):  # somebody else may take the port meanwhile
                self.port = free_port()
                if self.start(may_fail=True):
                    return self
            raise RuntimeError(f"{type(self).__name__} does not start:\n{self.log()}")
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.crash()
        shutil.rmtree(self.folder)

    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def run(self, *command):
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, **self.user)

    def start(self, may_fail=False):
        with open(self.folder / "log", "a") as log:
            self.process = subprocess.Popen(self.command(), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, start_new_session=True, **self.user)
        give_up = time.monotonic() + GIVEN_UP_AFTER
        while time.monotonic() < give_up:
            if self.process.poll() is not None:
                break
            if self.answers():
                return True
            time.sleep(0.01)
        self.crash()
        if not may_fail:
            raise RuntimeError(f"{type(self).__name__} does not start:\n{self.log()}")
        return False

    def crash(self):
        """Ends it at once, as a failing machine would."""
        if self.process and self.process.poll() is None:
            self.resume()
            self.process.send_signal(self.at_once)
            self.process.wait(GIVEN_UP_AFTER)

    def suspend(self):
        """It is there and says nothing any more."""
        self.signal_all(signal.SIGSTOP)

    def resume(self):
        self.signal_all(signal.SIGCONT)

    def signal_all(self, what):
        """To it and its children, each of which may lead a session of its own."""
        everyone = [self.process.pid]
        for children in glob.glob(f"/proc/{self.process.pid}/task/*/children"):
            everyone += map(int, Path(children).read_text().split())
        for pid in everyone:
            try:
                os.kill(pid, what)
            except ProcessLookupError:
                pass


class PostgreSQL(Server):
    at_once = signal.SIGQUIT  # what `pg_ctl stop -m immediate` sends: no commit is finished, nothing is written

    def prepare(self):
        self.server = program("postgres", *POSTGRESQL)
        self.run(program("initdb", *POSTGRESQL), "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale",
                 "--no-sync")

    def command(self):
        # The operating system outlives all these tests, so nothing has to reach the disk.
        settings = ["fsync=off", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}",
                    "max_connections=100", "autovacuum=off", *self.options]
        return [self.server, "-D", "data", "-p", str(self.port), *(part for each in settings for part in ("-c", each))]

    @property
    def dsn(self):
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"

    def ask(self, text):
        """What psql says to a query: a row a line, columns with `|` between them."""
        psql = program("psql", *POSTGRESQL)
        return subprocess.run([psql, "-XAtq", "-d", self.dsn, "-c", text], check=True, capture_output=True,
                              text=True, timeout=GIVEN_UP_AFTER).stdout.splitlines()

    def answers(self):
        """Whether it lets a connection in: to a startup packet it answers 'R' (authentication), or 'E' while it starts."""
        words = b"user\0postgres\0database\0postgres\0\0"
        packet = (len(words) + 8).to_bytes(4, "big") + (196608).to_bytes(4, "big") + words
        return ask(self.port, packet)[:1] == b"R"


class Redis(Server):
    at_once = signal.SIGKILL

    def prepare(self):
        self.server = program("redis-server")

    def command(self):
        return [self.server, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "",
                *self.options]

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def answers(self):
        return ask(self.port, b"PING\r\n").startswith(b"+PONG")


def ask(port, question, longest=64):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=GIVEN_UP_AFTER) as connection:
            connection.sendall(question)
            return connection.recv(longest)
    except OSError:
        return b""
