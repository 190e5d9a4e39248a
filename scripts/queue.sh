#!/usr/bin/env bash
# Runs the queue example as its reader would: the packed package installed beside BullMQ, real workers, a real Redis.
# FILES=10000 for as many files in the scenario with many (default 400). Without redis-server, and without a way to install it,
# it says so and is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/.cache/queue

. scripts/need.sh
need redis-server
need openssl
bash scripts/install-example.sh queue "$folder"
cd "$folder"

status=0
npm test --silent 2>&1 | tee out.log || status=$?
count() { sed -n -E "s/^[^a-z]*$1 ([0-9]+)\$/\1/p" out.log | tail -n 1; }
printf '%d passed, %d failed\n' "$(count pass)" "$(count fail)"
exit "$status"
