// SPDX-License-Identifier: MIT
// What a verification costs with the providers' own packages for Node.js. Prints JSON; see tools/bench_peers.sh.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { verify as verifyGitHub } from "@octokit/webhooks-methods";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";

const size = 1024;
const bodies = Array.from({ length: 16 }, (_, i) => {
    const start = `{"type":"event","event_id":"Ev${100000 + i}","text":"`;
    const text = Array.from({ length: size - start.length - 2 }, (_, k) => String.fromCharCode(97 + ((7 * k + i) % 26)));
    return start + text.join("") + '"}';
});
const now = Math.floor(Date.now() / 1000);
const key = Buffer.alloc(32, 0x5a);

function hmac(content, secret, encoding) {
    return createHmac("sha256", secret).update(content).digest(encoding);
}

const stripe = new Stripe("sk_test_unused");
const stripeSecret = "whsec_" + key.toString("base64");
const stripeHeaders = bodies.map((body) => `t=${now},v1=${hmac(`${now}.${body}`, stripeSecret, "hex")}`);

const standard = new Webhook("whsec_" + key.toString("base64"));
const standardHeaders = bodies.map((body, i) => ({
    "webhook-id": `evt_${i}`,
    "webhook-timestamp": String(now),
    "webhook-signature": "v1," + hmac(`evt_${i}.${now}.${body}`, key, "base64"),
}));

const githubSecret = key.toString("hex");
const githubSignatures = bodies.map((body) => "sha256=" + hmac(body, githubSecret, "hex"));

const cases = [
    ["stripe", "stripe", async (i) => stripe.webhooks.signature.verifyHeader(bodies[i], stripeHeaders[i], stripeSecret, 300)],
    ["standardwebhooks", "standard_webhooks", async (i) => standard.verify(bodies[i], standardHeaders[i])],
    ["@octokit/webhooks-methods", "github", async (i) => {
        if (!(await verifyGitHub(githubSecret, bodies[i], githubSignatures[i]))) throw new Error("refused");
    }],
];

const rounds = 15;
const times = new Map(cases.map(([name]) => [name, []]));
for (let round = 0; round < rounds + 3; ++round) {
    for (const [name, , once] of cases) {
        const count = 2000;
        const start = process.hrtime.bigint();
        for (let i = 0; i < count; ++i) await once(i % bodies.length);
        // The first rounds are the compiler's.
        if (round >= 3) times.get(name).push(Number(process.hrtime.bigint() - start) / count);
    }
}
const version = (name) => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
console.log(JSON.stringify({
    node: process.version,
    peers: cases.map(([name, provider]) => ({ package: name, provider, version: version(name), ns: Math.min(...times.get(name)) })),
}, null, 2));
