#!/usr/bin/env bash
# Runs the queue example as its reader would: the packed package installed beside BullMQ, real workers, a real Redis.
# Without redis-server, and without a way to install it, it says so and is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/.cache/queue

. scripts/need.sh
need redis-server
bash scripts/install-example.sh queue "$folder"
cd "$folder"
npm run --silent types

data=$(mktemp -d)
redis=
trap '[ -z "$redis" ] || { kill "$redis" && wait "$redis"; } 2>/dev/null; rm -rf "$data"' EXIT
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
redis-server --port "$port" --bind 127.0.0.1 --dir "$data" --save '' --appendonly yes --daemonize no >"$data/log" 2>&1 &
redis=$!
for _ in $(seq 50); do
  grep -q 'Ready to accept connections' "$data/log" && break
  kill -0 "$redis" 2>/dev/null || { cat "$data/log"; exit 1; }
  sleep 0.1
done
grep -q 'Ready to accept connections' "$data/log" || { cat "$data/log"; exit 1; }

status=0
REDIS_URL="redis://127.0.0.1:$port" timeout 240 npm test --silent 2>&1 | tee "$data/out" || status=$?
count() { sed -n -E "s/^[^a-z]*$1 ([0-9]+)\$/\1/p" "$data/out" | tail -n 1; }
printf '%d passed, %d failed\n' "$(count pass)" "$(count fail)"
exit "$status"
