# SPDX-License-Identifier: MIT
"""Runs a program beside servers of its own: `with_servers.py [postgres] [redis] -- PROGRAM [ARGUMENT...]`.

The program finds them in its environment, as HOOKSEAL_POSTGRES (a connection string) and HOOKSEAL_REDIS (a URL). Ends as the
program ends, or with 77, which CTest shows as 'Skipped', where a server is not installed.
"""
import contextlib
import os
import signal
import subprocess
import sys

import servers


def main(wanted, command):
    variables = {}
    with contextlib.ExitStack() as running:
        try:
            if "postgres" in wanted:
                variables["HOOKSEAL_POSTGRES"] = running.enter_context(servers.PostgreSQL()).dsn
            if "redis" in wanted:
                variables["HOOKSEAL_REDIS"] = running.enter_context(servers.Redis()).url
        except servers.Missing as why:
            print(f"skipped: {why}")
            return 77
        return subprocess.run(command, env={**os.environ, **variables}).returncode


signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
split = sys.argv.index("--")
sys.exit(main(sys.argv[1:split], sys.argv[split + 1:]))
