# SPDX-License-Identifier: MIT
"""Runs a program beside servers of its own: `with_servers.py [--if-installed] [postgres] [redis] -- PROGRAM [ARGUMENT...]`.

The program finds them in its environment, as HOOKSEAL_POSTGRES (a connection string) and HOOKSEAL_REDIS (a URL). Ends as the
program ends, or with 77, which CTest shows as 'Skipped', where a server is not installed; with --if-installed the program is
then run without it.
"""
import contextlib
import os
import signal
import subprocess
import sys

import servers


SERVERS = {"postgres": ("HOOKSEAL_POSTGRES", servers.PostgreSQL, "dsn"), "redis": ("HOOKSEAL_REDIS", servers.Redis, "url")}


def main(wanted, command):
    variables = {}
    with contextlib.ExitStack() as running:
        for name, (variable, server, address) in SERVERS.items():
            if name not in wanted:
                continue
            try:
                variables[variable] = getattr(running.enter_context(server()), address)
            except servers.Missing as why:
                print(f"skipped: {why}")
                if "--if-installed" not in wanted:
                    return 77
        return subprocess.run(command, env={**os.environ, **variables}).returncode


signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
split = sys.argv.index("--")
sys.exit(main(sys.argv[1:split], sys.argv[split + 1:]))
