# SPDX-License-Identifier: MIT
"""The program that the tests of this folder are about: the first argument on their command line."""
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = sys.argv.pop(1)
GIVEN_UP_AFTER = 60  # seconds: only a program that hangs waits for it


def hookseal(*arguments, body=b"", **variables):
    return subprocess.run([PROGRAM, *arguments], input=body, capture_output=True, timeout=GIVEN_UP_AFTER,
                          env={**os.environ, **variables})


class Receiver:
    """A running `hookseal receive`, stopped at the end of the `with`."""

    def __init__(self, *arguments, **variables):
        self.folder = tempfile.TemporaryDirectory()
        port_file = Path(self.folder.name) / "port"
        self.process = subprocess.Popen([PROGRAM, "receive", "--port-file", str(port_file), *arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        env={**os.environ, **variables})
        give_up = time.monotonic() + GIVEN_UP_AFTER
        while not port_file.exists() and self.process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.01)
        if not port_file.exists():
            self.process.kill()
            raise AssertionError(self.process.communicate()[0].decode())
        self.port = int(port_file.read_text())

    def url(self, provider):
        return f"http://127.0.0.1:{self.port}/hooks/{provider}"

    def post(self, provider, body, headers):
        """Status and text of the answer to a request that is sent as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=GIVEN_UP_AFTER)
        try:
            connection.request("POST", f"/hooks/{provider}", body, headers, encode_chunked=not isinstance(body, bytes))
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=GIVEN_UP_AFTER)[0].decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
        self.folder.cleanup()
