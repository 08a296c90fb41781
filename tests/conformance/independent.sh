#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Signs deliveries of every provider with the openssl command, from their documentation alone, and has them verified:
#
#     independent.sh HOOKSEAL-CONFORMANCE FOLDER-TO-WRITE-TO
#
# Each delivery comes twice: as signed, which must be accepted, and with another body (for tokens: with another token),
# which must not. Nothing of hookseal makes a signature here.
set -euo pipefail
runner=$1
mkdir -p "$2"
cd "$2"
openssl version >/dev/null 2>&1 || { echo "skipped: there is no openssl command"; exit 77; }

now=1767225600
text_key='It'\''s a secret: not 4 you'
hex() { od -An -v -tx1 | tr -d ' \n'; }
base64() { openssl base64 -A; }
hmac() { openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" -binary; }

key=$(printf %s "$text_key" | hex)
shared=000102030405060708090a0b0c0d0e0ff0f1f2f3f4f5f6f7 # 24 bytes, as whsec_ holds them
whsec=whsec_$(printf "$(sed 's/../\\x&/g' <<<$shared)" | base64)

# RFC 8410: the private key of 32 bytes behind a fixed prefix; the public one is the last 32 bytes of its own form.
printf '\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20hookseal independent ed25519 key' >ed25519.der
openssl pkey -inform DER -in ed25519.der -out ed25519.pem
openssl pkey -in ed25519.pem -pubout -outform DER | tail -c 32 >ed25519.public
ed25519() { cat >message && openssl pkeyutl -sign -rawin -inkey ed25519.pem -in message; }

openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem 2>/dev/null
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pem
rsa() { openssl dgst "-$1" -sign rsa.pem; }
ecdsa() { openssl dgst -sha256 -sign ec.pem; }

# The body of each delivery is the file `body`.
signed() { { printf %s "$1"; cat body; } | "${@:2}"; }

vectors=()
vector() { # ID PROVIDER KEY HEADERS EXPECT
    vectors+=("{\"id\":\"$1\",\"provider\":\"$2\",\"key\":$3,\"now\":$now,\"expect\":\"$5\",
  \"request\":{\"headers\":[$4],\"body_base64\":\"$(base64 <body)\"}}")
}
header() { printf '["%s","%s"]' "$1" "$2"; }

secret="{\"secrets\":[\"$text_key\"]}"
encoded="{\"secrets\":[\"$whsec\"]}"
rsa_public="{\"public_key\":\"$(openssl pkey -in rsa.pem -pubout | sed 's/$/\\n/' | tr -d '\n')\"}"
ec_public="{\"public_key\":\"$(openssl pkey -in ec.pem -pubout -outform DER | base64)\"}"
ed25519_public="{\"public_key\":\"$(base64 <ed25519.public)\"}"
ed25519_jwk="{\"public_key\":{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"$(base64 <ed25519.public | tr '+/' '-_' | tr -d =)\"}]}}"

# Calls `deliver PROVIDER KEY HEADERS` for every provider that signs, with headers that sign the body as it is.
deliveries() {
    local head
    deliver aether "$secret" "$(header X-Aether-Signature "sha256=$(signed "" hmac $key | hex)")"
    deliver discord "{\"public_key\":\"$(hex <ed25519.public)\"}" \
        "$(header X-Signature-Ed25519 "$(signed $now ed25519 | hex)"),$(header X-Signature-Timestamp $now)"
    deliver generic_x_webhook_signature "$secret" "$(header X-Webhook-Signature "$(signed "" hmac $key | hex)")"
    deliver github "$secret" "$(header X-Hub-Signature-256 "sha256=$(signed "" hmac $key | hex)")"
    deliver shopify "$secret" "$(header X-Shopify-Hmac-Sha256 "$(signed "" hmac $key | base64)")"
    deliver shopify "$secret" "$(header Shopify-Hmac-Sha256 "$(signed "" hmac $key | base64)")"
    deliver slack "$secret" \
        "$(header X-Slack-Request-Timestamp $now),$(header X-Slack-Signature "v0=$(signed v0:$now: hmac $key | hex)")"
    deliver stripe "$secret" "$(header Stripe-Signature "t=$now,v1=$(signed $now. hmac $key | hex)")"

    head="$(header webhook-id msg_1),$(header webhook-timestamp $now),"
    deliver standard_webhooks "$encoded" "$head$(header webhook-signature "v1,$(signed msg_1.$now. hmac $shared | base64)")"
    deliver standard_webhooks "{\"public_key\":\"whpk_$(base64 <ed25519.public)\"}" \
        "$head$(header webhook-signature "v1a,$(signed msg_1.$now. ed25519 | base64)")"
    deliver svix "$encoded" "$head$(header webhook-signature "v1,$(signed msg_1.$now. hmac $shared | base64)")"
    head="$(header svix-id msg_1),$(header svix-timestamp $now),"
    deliver svix "$encoded" "$head$(header svix-signature "v1,$(signed msg_1.$now. hmac $shared | base64)")"

    deliver circle "$ec_public" "$(header X-Circle-Signature "$(signed "" ecdsa | base64)")"
    deliver freshchat "$rsa_public" "$(header X-Freshchat-Signature "$(signed "" rsa sha256 | base64)")"
    deliver wise "$rsa_public" "$(header X-Signature-SHA256 "$(signed "" rsa sha256 | base64)")"
    head=X-Twilio-Email-Event-Webhook
    deliver sendgrid_event_webhook "$ec_public" \
        "$(header $head-Timestamp $now),$(header $head-Signature "$(signed $now ecdsa | base64)")"
    deliver telnyx "$ed25519_public" \
        "$(header Telnyx-Timestamp $now),$(header Telnyx-Signature-Ed25519 "$(signed "$now|" ed25519 | base64)")"
    head="$(header BinancePay-Timestamp ${now}000),$(header BinancePay-Nonce n0nce),"
    deliver binance_pay "$rsa_public" "$head$(header BinancePay-Signature \
        "$({ printf '%s\n' ${now}000 n0nce; cat body; echo; } | rsa sha256 | base64)")"
    head="$(header Kick-Event-Message-Id msg_1),$(header Kick-Event-Message-Timestamp 2026-01-01T00:00:00Z),"
    deliver kick "$rsa_public" \
        "$head$(header Kick-Event-Signature "$(signed msg_1.2026-01-01T00:00:00Z. rsa sha256 | base64)")"
    head="$(header X-Fal-Webhook-Request-Id req),$(header X-Fal-Webhook-User-Id me),$(header X-Fal-Webhook-Timestamp $now),"
    deliver fal "$ed25519_jwk" "$head$(header X-Fal-Webhook-Signature "$(printf 'req\nme\n%s\n%s' $now \
        "$(openssl dgst -sha256 -r body | cut -c1-64)" | ed25519 | hex)")"
}

# Those that sign fields of a form.
form_deliveries() {
    deliver travis_ci "$rsa_public" "$(header Signature "$(printf '{"id":1}' | rsa sha1 | base64)")"
    cp body form
    printf '&p_signature=%s' "$(printf 'a:2:{s:7:"payload";s:8:"{"id":1}";s:5:"token";s:3:"a b";}' | rsa sha1 \
        | base64 | sed 's/+/%2B/g;s/\//%2F/g;s/=/%3D/g')" >>body
    deliver paddle_classic "$rsa_public" ""
    mv form body
}

count=0
deliver() {
    count=$((count + 1))
    vector "$1 $count: $kind" "$1" "$2" "$3" accept
    cp body kept
    printf x >>body
    vector "$1 $count: $kind, other body" "$1" "$2" "$3" reject
    mv kept body
}

for kind in empty json form binary long; do
    case $kind in
    empty) : >body ;;
    json) printf '{"id":"evt_1","type":"thing.done","caf\xc3\xa9":"\xf0\x9f\x94\x92 \\u00e9"}\n' >body ;;
    form) printf 'token=a+b&payload=%%7B%%22id%%22%%3A1%%7D' >body ;;
    binary) for i in {0..255}; do printf "\\x$(printf %02x "$i")"; done >body ;;
    long) for i in {1..2000}; do printf '%d,' "$i"; done >body ;;
    esac
    deliveries
    [[ $kind = form ]] && form_deliveries
    vector "gitlab: $kind" gitlab "$secret" "$(header X-Gitlab-Token "$text_key")" accept
    vector "gitlab: $kind, other token" gitlab "$secret" "$(header X-Gitlab-Token "$text_key!")" reject
done

(IFS=,; printf '{"vectors":[%s]}\n' "${vectors[*]}") >independent.json
exec "$runner" independent.json
