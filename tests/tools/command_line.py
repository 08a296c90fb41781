# SPDX-License-Identifier: MIT
"""The program hookseal as its users call it: `command_line.py PROGRAM`."""
import re
import socket
import tempfile
import unittest
from pathlib import Path

from program import Receiver, hookseal

BODY = b'{"id":"evt_1","type":"a.b","event_id":"evt_1"}'

SECRETS = {
    "aether": "0123456789abcdef0123456789abcdef",
    "generic_x_webhook_signature": "0123456789abcdef0123456789abcdef",
    "github": "It's a Secret to Everybody",
    "gitlab": "glpat-0123456789abcdef",
    "shopify": "hush-0123456789abcdef",
    "slack": "8f742231b10e8888abcd99yyyzzz85a5",
    "standard_webhooks": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "stripe": "whsec_test_secret_0123456789abcdef",
    "svix": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
}
ID = {provider: ("--id", "evt_1") for provider in ("standard_webhooks", "svix")}  # it is signed, from a header
ACCEPTED = ["--accept", "gitlab:body_not_signed"]


class Deliveries(unittest.TestCase):
    def test_what_is_sent_is_handled_once_and_a_forgery_is_refused(self):
        sources = [part for p in SECRETS for part in ("--provider", f"{p}=env:KEY_{p}")]
        keys = {f"KEY_{p}": s for p, s in SECRETS.items()}
        with Receiver(*sources, *ACCEPTED, **keys) as receiver:
            for provider, secret in SECRETS.items():
                def send(key):
                    return hookseal("send", "--provider", provider, "--key", "env:KEY", *ID.get(provider, ()),
                                    receiver.url(provider), body=BODY, KEY=key)

                with self.subTest(provider):
                    first, again = send(secret), send(secret)
                    self.assertEqual((first.returncode, first.stdout.decode()), (0, '200 {"status":"handled"}\n\n'))
                    self.assertEqual((again.returncode, again.stdout.decode()), (0, '200 {"status":"duplicate"}\n\n'))
                    forged = send(secret[:-4] + "AAAA")
                    self.assertEqual((forged.returncode, forged.stdout[:4]), (1, b"401 "))
                    self.assertNotIn(b"mismatch", forged.stdout, "senders are told why only on request")
            log = receiver.stop()
        self.assertEqual(receiver.process.returncode, 0)
        for provider, secret in SECRETS.items():
            self.assertNotIn(secret, log)
            self.assertEqual(len(re.findall(rf"provider={provider} .*handler=done", log)), 1, log)

    def test_old_and_new_secret_hold_while_rotating(self):
        with tempfile.TemporaryDirectory() as folder:
            old = Path(folder) / "old, or env:OLD"
            old.write_text(SECRETS["slack"] + "\n")
            with Receiver("--provider", f"slack=env:NEW,file:{old}", NEW="the next one, 0123456789") as receiver:
                for n, key in enumerate((f"file:{old}", "env:NEW")):
                    sent = hookseal("send", "--provider", "slack", "--key", key, receiver.url("slack"),
                                    body=b'{"event_id":"e%d"}' % n, NEW="the next one, 0123456789")
                    self.assertEqual(sent.stdout, b'200 {"status":"handled"}\n\n')

    def test_a_body_over_the_limit_is_refused_however_it_comes(self):
        with Receiver("--provider", "github=env:KEY", "--max-body", "1000", KEY=SECRETS["github"]) as receiver:
            too_much = b"x" * 1001
            for kind in ("text/plain", "application/x-www-form-urlencoded"):
                for body in (too_much, iter([too_much[:600], too_much[600:]])):
                    headers = {"Content-Type": kind}
                    if not isinstance(body, bytes):
                        headers["Transfer-Encoding"] = "chunked"
                    with self.subTest(headers):
                        self.assertEqual(receiver.post("github", body, headers)[0], 413)
            self.assertEqual(receiver.post("github", b"x" * 1000, {"Content-Type": "text/plain"})[0], 401)

    def test_what_cannot_be_verified_is_not_served(self):
        with Receiver("--provider", "github=env:KEY", KEY=SECRETS["github"]) as receiver:
            self.assertEqual(receiver.post("github", b"--b\r\n", {"Content-Type": "multipart/form-data; boundary=b"})[0], 415)
            self.assertEqual(receiver.post("stripe", BODY, {})[0], 404)


class Refusals(unittest.TestCase):
    def refused(self, *arguments, body=b"", **variables):
        ended = hookseal(*arguments, body=body, **variables)
        self.assertEqual(ended.returncode, 2, ended)
        return ended.stderr.decode()

    def test_a_key_on_the_command_line_is_refused_and_not_repeated(self):
        for command in (["receive", "--provider", "github=s3cret-s3cret"], ["sign", "--provider", "github", "--key", "s3cret-s3cret"]):
            why = self.refused(*command)
            self.assertIn("env:NAME", why)
            self.assertNotIn("s3cret", why)

    def test_a_key_that_is_not_there_is_named(self):
        self.assertIn("NO_SUCH_VARIABLE is not set", self.refused("receive", "--provider", "github=env:NO_SUCH_VARIABLE"))
        self.assertIn("/no/such/file", self.refused("sign", "--provider", "github", "--key", "file:/no/such/file"))

    def test_an_unsuitable_key_is_refused_without_showing_it(self):
        why = self.refused("receive", "--provider", "standard_webhooks=env:KEY", KEY="whsec_!!!not-base64!!!")
        self.assertIn("standard_webhooks", why)
        self.assertNotIn("not-base64", why)

    def test_an_unknown_provider_is_refused(self):
        self.assertIn("nobody", self.refused("receive", "--provider", "nobody=env:KEY", KEY="k"))

    def test_a_weak_scheme_has_to_be_accepted_by_name(self):
        key = {"KEY": SECRETS["gitlab"]}
        self.assertIn("--accept gitlab:WEAKNESS", self.refused("receive", "--provider", "gitlab=env:KEY", **key))
        self.refused("receive", "--provider", "gitlab=env:KEY", "--accept", "gitlab:no_such_weakness", **key)

    def test_a_port_in_use_is_refused(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            self.assertIn(port, self.refused("receive", "--provider", "github=env:KEY", "--port", port, KEY="k" * 20))

    def test_a_header_cannot_be_broken_out_of(self):
        why = self.refused("sign", "--provider", "github", "--key", "env:KEY", "--id", "1\r\nX-Evil: 1", KEY="k" * 20)
        self.assertIn("--id", why)

    def test_nothing_to_do_is_an_error(self):
        self.refused()
        self.refused("no_such_command")


class Words(unittest.TestCase):
    def test_providers_are_listed(self):
        listed = hookseal("providers")
        self.assertEqual(listed.returncode, 0)
        names = [line.split()[0] for line in listed.stdout.decode().splitlines()[1:]]
        self.assertEqual(names, sorted(set(names)))
        self.assertLessEqual(set(SECRETS), set(names))

    def test_sign_prints_headers_for_curl(self):
        signed = hookseal("sign", "--provider", "github", "--key", "env:KEY", "--id", "d1", body=b"Hello, World!",
                          KEY="It's a Secret to Everybody")
        # docs.github.com, "Validating webhook deliveries", section "Testing the webhook payload validation"
        self.assertIn(b"757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", signed.stdout)
        self.assertTrue(all(re.fullmatch(r"[A-Za-z0-9-]+: .+", line) for line in signed.stdout.decode().splitlines()))


unittest.main(verbosity=1)
