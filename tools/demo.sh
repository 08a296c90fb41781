#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Shows hookseal at work: builds its receiver, starts it on a free port of this machine, and delivers to it what ten
# providers would. Nothing of hookseal signs here: the signatures are made by openssl and sent by curl.
# Ends with 1 if any answer is not the one it should be.
# `tools/demo.sh PROGRAM` takes a hookseal that is built already, and neither installs nor builds.
set -euo pipefail
export LC_ALL=C.UTF-8
export PATH # a bare environment has none, and CMake needs it

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$repository/build/demo
program=${1:-$build/tools/hookseal}
receiver=
work=$(mktemp -d "${TMPDIR:-/tmp}/hookseal demo.XXXXXX")
end() {
    if [ -n "$receiver" ]; then
        kill "$receiver" 2>/dev/null || true
        wait "$receiver" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM

if [ $# = 0 ]; then
    "$repository/tools/setup.sh" demo
    if ! cmake -S "$repository" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
        -DHOOKSEAL_BUILD_TESTS=OFF -DHOOKSEAL_BUILD_BENCHMARKS=OFF >"$work/cmake" 2>&1; then
        cat "$work/cmake" >&2
        exit 1
    fi
    cmake --build "$build" --target hookseal_tool_hookseal
fi

# --- Keys, new ones each time -----------------------------------------------------------------------------------------

providers="aether discord generic_x_webhook_signature github gitlab shopify slack standard_webhooks stripe svix"
signs_time() { [[ " discord slack standard_webhooks stripe svix " == *" $1 "* ]]; }

new_key() { # PROVIDER NAME: prints a key as this provider hands it out; for Ed25519 the file with the private key
    case $1 in
    discord)
        openssl genpkey -algorithm ED25519 -out "$work/$2.pem"
        printf '%s' "$work/$2.pem" ;;
    standard_webhooks | svix) printf 'whsec_%s' "$(openssl rand -base64 24)" ;;
    stripe) printf 'whsec_%s' "$(openssl rand -hex 16)" ;;
    *) openssl rand -hex 20 | tr -d '\n' ;;
    esac
}

declare -A key wrong_key
for p in $providers; do
    key[$p]=$(new_key "$p" right)
    wrong_key[$p]=$(new_key "$p" wrong)
done

# --- Signatures, made by openssl alone --------------------------------------------------------------------------------

hex() { od -An -v -tx1 | tr -d ' \n'; }
base64_of() { openssl base64 -A; }
hmac() { openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" -binary; } # KEY-IN-HEX <content
text_key() { printf '%s' "$1" | hex; }
whsec_key() { printf '%s' "${1#whsec_}" | openssl base64 -d -A | hex; }

# PROVIDER SECRET TIME ID BODY-FILE: writes the request's headers as this provider does.
sign() {
    local provider=$1 secret=$2 time=$3 id=$4 body=$5
    case $provider in
    aether) echo "X-Aether-Signature: sha256=$(hmac "$(text_key "$secret")" <"$body" | hex)" ;;
    generic_x_webhook_signature) echo "X-Webhook-Signature: $(hmac "$(text_key "$secret")" <"$body" | hex)" ;;
    github)
        echo "X-GitHub-Event: issues"
        echo "X-GitHub-Delivery: $id"
        echo "X-Hub-Signature-256: sha256=$(hmac "$(text_key "$secret")" <"$body" | hex)" ;;
    gitlab)
        echo "X-Gitlab-Event: Push Hook"
        echo "Idempotency-Key: $id"
        echo "X-Gitlab-Token: $secret" ;;
    shopify)
        echo "X-Shopify-Topic: orders/create"
        echo "X-Shopify-Event-Id: $id"
        echo "X-Shopify-Hmac-Sha256: $(hmac "$(text_key "$secret")" <"$body" | base64_of)" ;;
    slack)
        echo "X-Slack-Request-Timestamp: $time"
        echo "X-Slack-Signature: v0=$({ printf 'v0:%s:' "$time"; cat "$body"; } | hmac "$(text_key "$secret")" | hex)" ;;
    stripe)
        echo "Stripe-Signature: t=$time,v1=$({ printf '%s.' "$time"; cat "$body"; } | hmac "$(text_key "$secret")" | hex)" ;;
    standard_webhooks | svix)
        local prefix=webhook
        [ "$provider" = svix ] && prefix=svix
        echo "$prefix-id: $id"
        echo "$prefix-timestamp: $time"
        echo "$prefix-signature: v1,$({ printf '%s.%s.' "$id" "$time"; cat "$body"; } | hmac "$(whsec_key "$secret")" | base64_of)" ;;
    discord)
        { printf '%s' "$time"; cat "$body"; } >"$work/message"
        echo "X-Signature-Timestamp: $time"
        echo "X-Signature-Ed25519: $(openssl pkeyutl -sign -rawin -inkey "$secret" -in "$work/message" | hex)" ;;
    esac
}

write_body() { # PROVIDER ID TEXT FILE
    case $1 in
    slack) printf '{"type":"event_callback","event_id":"%s","event":{"type":"message","text":"%s"}}' "$2" "$3" ;;
    github | gitlab | shopify) printf '{"subject":"%s","text":"%s"}' "$2" "$3" ;;
    *) printf '{"id":"%s","type":"message.created","text":"%s"}' "$2" "$3" ;;
    esac >"$4"
}

# --- The receiver -----------------------------------------------------------------------------------------------------

# One secret comes from a file; slack is in the middle of a rotation, and signs with the previous secret still.
printf '%s\n' "${key[github]}" >"$work/github secret"
arguments=()
for p in $providers; do
    variable=DEMO_KEY_${p^^}
    case $p in
    github) arguments+=(--provider "github=file:$work/github secret") ;;
    slack)
        export DEMO_KEY_SLACK=${key[slack]} DEMO_NEXT_KEY_SLACK=${wrong_key[stripe]}
        arguments+=(--provider "slack=env:DEMO_NEXT_KEY_SLACK,env:DEMO_KEY_SLACK") ;;
    discord)
        DEMO_KEY_DISCORD=$(openssl pkey -in "${key[discord]}" -pubout -outform DER | tail -c 32 | hex)
        export DEMO_KEY_DISCORD
        arguments+=(--provider discord=env:DEMO_KEY_DISCORD) ;;
    *)
        export "$variable=${key[$p]}"
        arguments+=(--provider "$p=env:$variable") ;;
    esac
done

log=$work/log
"$program" receive "${arguments[@]}" --accept gitlab:body_not_signed --port-file "$work/port" \
    --explain --rehearse >"$log" 2>&1 &
receiver=$!
for _ in {1..200}; do
    if [ -s "$work/port" ] || ! kill -0 "$receiver" 2>/dev/null; then break; fi
    sleep 0.05
done
if [ ! -s "$work/port" ]; then
    echo "The receiver does not start:" >&2
    cat "$log" >&2
    exit 1
fi
address=http://127.0.0.1:$(cat "$work/port")/hooks

# --- Deliveries -------------------------------------------------------------------------------------------------------

# PROVIDER HEADER-FILE BODY-FILE [HEADER]: delivers, and prints status and verdict: `200 handled`, `401 refused (why)`.
deliver() {
    local answer code reply verdict why retry=
    reply=$(mktemp "$work/reply.XXXXXX")
    answer=$(curl -q -s -m 30 --noproxy '*' -H @"$2" -H "${4:-Accept: */*}" -H 'Content-Type: application/json' \
        --data-binary @"$3" -D "$reply" -w ' %{http_code}' "$address/$1") || true
    code=${answer##* }
    verdict='no answer' why=
    if [[ $answer =~ \"status\":\"([a-z_]+)\" ]]; then verdict=${BASH_REMATCH[1]}; fi
    if [[ $answer =~ \"why\":\"([a-z_]+)\" ]]; then why=" (${BASH_REMATCH[1]})"; fi
    if [ "$code" = 503 ] && ! grep -qi '^retry-after: [1-9]' "$reply"; then retry=" without Retry-After"; fi
    echo "$code $verdict$why$retry"
}

# PROVIDER ID: how often the event was handled, as the handler itself has told.
times_handled() { grep -c "provider=$1 .* handler=done .* id=\"$2\"" "$log" || true; }

# PROVIDER EVENT [KEY [TIME]]: signs $work/body for this event into $work/headers.
signed() { sign "$1" "${3:-${key[$1]}}" "${4:-$(date +%s)}" "$2" "$work/body" >"$work/headers"; }

# --- The table --------------------------------------------------------------------------------------------------------

good='' bad='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then good=$'\e[32m' bad=$'\e[31m' plain=$'\e[0m'; fi
faults=()
put() { # WIDTH COLOUR TEXT
    printf '%s%s%s%*s' "$2" "$3" "$plain" "$(($1 > ${#3} ? $1 - ${#3} : 0))" ''
}
cell() { # WIDTH COLUMN SHOWN WANTED GOT
    if [ "$4" = "$5" ]; then
        put "$1" "$good" "$3"
    else
        put "$1" "$bad" "WRONG"
        faults+=("$p, $2: wanted '$4', got '$5'")
    fi
}
header() { printf '%-29s%-9s%-13s%-17s%-8s%-8s%-8s%-18s%s\n' "$@"; }

echo
header '' 'genuine' 'the same' 'body' 'wrong' '10 min' '10 min' 'handler fails,' 'two at the'
header 'provider' '' 'again' 'tampered with' 'secret' 'old' 'ahead' 'then redelivered' 'same moment'
echo
for p in $providers; do
    put 29 '' "$p"

    write_body "$p" evt_genuine 'Gr\u00fc\u00dfe \"1\"' "$work/body"
    signed "$p" evt_genuine "${key[$p]}" $(($(date +%s) - 1))
    got="$(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_genuine) x"
    cell 9 'genuine' '200' '200 handled, 1 x' "$got"

    signed "$p" evt_genuine # as providers do: the same event, signed anew
    got="$(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_genuine) x"
    cell 13 'the same again' '200, once' '200 duplicate, 1 x' "$got"

    write_body "$p" evt_tampered 'pay 1 to Ann' "$work/body"
    signed "$p" evt_tampered
    write_body "$p" evt_tampered 'pay 9 to Bob' "$work/body"
    got="$(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_tampered) x"
    if [ "$p" = gitlab ]; then
        cell 17 'body tampered with' 'body not signed' '200 handled, 1 x' "$got"
    else
        cell 17 'body tampered with' '401' '401 refused (signature_mismatch), 0 x' "$got"
    fi

    write_body "$p" evt_forged 'text' "$work/body"
    signed "$p" evt_forged "${wrong_key[$p]}"
    got="$(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_forged) x"
    cell 8 'wrong secret' '401' '401 refused (signature_mismatch), 0 x' "$got"

    if signs_time "$p"; then
        write_body "$p" evt_stale 'text' "$work/body"
        signed "$p" evt_stale "${key[$p]}" $(($(date +%s) - 600))
        got="$(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_stale) x"
        cell 8 '10 minutes old' '401' '401 refused (timestamp_too_old), 0 x' "$got"

        write_body "$p" evt_future 'text' "$work/body"
        signed "$p" evt_future "${key[$p]}" $(($(date +%s) + 600))
        got="$(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_future) x"
        cell 8 '10 minutes ahead' '401' '401 refused (timestamp_too_new), 0 x' "$got"
    else
        put 8 '' '—'
        put 8 '' '—'
    fi

    write_body "$p" evt_retried 'text' "$work/body"
    signed "$p" evt_retried
    got="$(deliver "$p" "$work/headers" "$work/body" 'Hookseal-Rehearse: fail'), $(times_handled "$p" evt_retried) x"
    got+="; $(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_retried) x"
    got+="; $(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_retried) x"
    cell 18 'handler fails, then redelivered' '500, 200, once' \
        '500 failed, 0 x; 200 handled, 1 x; 200 duplicate, 1 x' "$got"

    write_body "$p" evt_twins 'text' "$work/body"
    signed "$p" evt_twins # whichever comes first is held by its handler until the other has its answer
    deliver "$p" "$work/headers" "$work/body" 'Hookseal-Rehearse: meet' >"$work/twin 1" &
    first=$!
    deliver "$p" "$work/headers" "$work/body" 'Hookseal-Rehearse: meet' >"$work/twin 2"
    wait "$first"
    got="$(sort "$work/twin 1" "$work/twin 2" | tr '\n' '+'), $(times_handled "$p" evt_twins) x"
    got+="; $(deliver "$p" "$work/headers" "$work/body"), $(times_handled "$p" evt_twins) x"
    cell 0 'two at the same moment' 'once: 200, 503' \
        '200 handled+503 in_flight+, 1 x; 200 duplicate, 1 x' "$got"
    echo
done

# --- The end ----------------------------------------------------------------------------------------------------------

kill -TERM "$receiver"
status=0
wait "$receiver" || status=$?
receiver=
if [ "$status" != 0 ] || [ "$(tail -n 1 "$log")" != stopped ]; then
    faults+=("receiver: SIGTERM did not stop it cleanly, its status is $status")
fi
for p in $providers; do
    if [ "$p" != discord ] && grep -qF "${key[$p]}" "$log"; then faults+=("$p: its secret stands in the log"); fi
done

handled=$(grep -c 'handler=done' "$log" || true)
events=$(grep 'handler=done' "$log" | sed 's/.*provider=\([a-z_]*\) .* id="\([^"]*\)".*/\1 \2/' | sort -u | wc -l || true)
echo
echo "$(grep -c 'provider=' "$log" || true) deliveries, $(grep -c 'verdict=refused' "$log" || true) refused;" \
    "$handled times the handler ran to its end, for $events events."
echo "— : the scheme signs no time; what is delivered again is known by its id or its body."
if [ ${#faults[@]} -gt 0 ]; then
    echo
    echo "${bad}Not as it should be:$plain"
    printf '  %s\n' "${faults[@]}"
    echo
    echo "The receiver's log:"
    cat "$log"
    exit 1
fi
echo "${good}All as it should be.$plain"
