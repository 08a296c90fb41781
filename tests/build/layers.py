# SPDX-License-Identifier: MIT
"""Includes point one way.

version < encoding < core < schemes < providers;  core < crypto;  both < verifier, signer < dynamic_verifier < receiver
< hookseal.hpp. What a room may see is written down here and nowhere else; a header in no folder is a room of its own.
"""
from shared import OF_THE_SYSTEM, end, headers, includes, is_foreign

BASE = {"version", "encoding", "core"}
# What verifier and signer are made of: no scheme, no provider.
PARTS = {"configuration_error", "key_lease", "keyring", "remote_keys", "shared_keys", "verification", "verifier_settings"}
VERIFYING = BASE | {"crypto", "schemes", "challenge"} | PARTS
RECEIVING = VERIFYING | {"verifier", "signer", "dynamic_verifier", "idempotency"}
SEES = {
    "version": set(),
    "encoding": {"version"},
    "core": {"version", "encoding"},
    "crypto": BASE,
    "schemes": BASE,
    "providers": BASE | {"schemes"},
    "idempotency": BASE | {"crypto"},
    "frameworks": {"version", "core"},
    **{part: BASE | {"crypto"} | PARTS for part in PARTS},
    "challenge": BASE | {"crypto", "schemes"},
    "verifier": VERIFYING,
    "signer": VERIFYING,
    "dynamic_verifier": VERIFYING | {"providers", "verifier", "signer"},
    "receiver": RECEIVING,
    "hookseal": RECEIVING | {"providers", "receiver"},
    "testing": RECEIVING | {"providers", "receiver"},
}

# Rooms whose headers are only as dear as the descriptions they hold: not even through other headers do they see these.
CHEAP = {"schemes", "providers"}
DEAR = {"chrono", "memory", "functional", "string"}

# Nobody should have to pay for these because of us.
NOWHERE = {"functional", "ranges", "regex", "locale", "iostream", "istream", "ostream", "sstream", "fstream", "iomanip"}

# Rooms with a header for each framework or database; hookseal.hpp lists none of these headers.
MAY_BE_FOREIGN = {"frameworks", "idempotency"}


def room(header):
    first = header.split("/")[1]
    return first.removesuffix(".hpp")


def reachable(header, own):
    """Everything a header includes directly or through our headers, with the way there."""
    found, open_ends = {}, [(header, [header])]
    while open_ends:
        current, way = open_ends.pop()
        for _, name, _ in own.get(current, []):
            if name not in found:
                found[name] = [*way, name]
                open_ends.append((name, found[name]))
    return found


def main():
    own = {header: includes(header) for header in headers()}
    faults = []

    for header, lines in own.items():
        here = room(header)
        if here not in SEES:
            faults.append(f"{header}: the room '{here}' has no line in {__file__}")
            continue
        for number, name, in_angle_brackets in lines:
            at = f"{header}:{number}"
            if not in_angle_brackets:
                faults.append(f'{at}: "{name}" is included in quotes')
            elif name.startswith("hookseal/"):
                if name not in own:
                    faults.append(f"{at}: <{name}> does not exist")
                elif room(name) != here and room(name) not in SEES[here]:
                    faults.append(f"{at}: '{here}' must not see '{room(name)}' (<{name}>)")
            elif name.startswith("openssl/") and here != "crypto":
                faults.append(f"{at}: <{name}> outside crypto/")
            elif OF_THE_SYSTEM.get(name, header) != header or (is_foreign(name) and here not in MAY_BE_FOREIGN):
                faults.append(f"{at}: <{name}> is neither ours nor the standard library's nor OpenSSL's")
            elif name in NOWHERE:
                faults.append(f"{at}: <{name}> has no place in a public header")

        everything = reachable(header, own)
        if header in everything:
            faults.append(f"{header} includes itself: {' -> '.join(everything[header])}")
        for name, way in everything.items():
            if here in CHEAP and (name in DEAR or name.startswith(("openssl/", "hookseal/crypto/"))):
                faults.append(f"{header} sees <{name}>: {' -> '.join(way)}")
            if here == "hookseal" and is_foreign(name):
                faults.append(f"{header} needs <{name}>: {' -> '.join(way)}")

    end(faults, f"{len(own)} headers, {sum(map(len, own.values()))} includes")


main()
