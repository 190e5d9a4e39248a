#!/usr/bin/env bash
# Runs the packed package in what people have besides Node.js alone: Bun, Deno, Jest, bundles of esbuild and webpack, TypeScript 7.
# The versions are those of test/runtimes/package.json; they are installed into .cache/runtimes, and stay there. What cannot be had says
# so and is skipped. docs/runtimes.md tells what was tried.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/.cache/runtimes

bash scripts/install-packed.sh test/runtimes "$folder"
cp -R examples/data "$folder/data"
cp test/types/consumers/*.ts "$folder/"
cd "$folder"

passed=0 failed=0 skipped=0
# try NAME COMMAND... : one thing that holds or does not.
try() {
  local name=$1 started=$SECONDS
  shift
  if timeout --kill-after=5 120 "$@" >out.log 2>&1 </dev/null; then
    printf '%s ... ok (%d s)\n' "$name" "$((SECONDS - started))"
    passed=$((passed + 1))
  else
    printf '%s ... FAILED\n' "$name"
    tail -n 40 out.log | sed 's/^/    /'
    failed=$((failed + 1))
  fi
}
# without NAME : one thing that could not be had.
without() {
  printf 'skipped: %s could not be installed from npm for this platform\n' "$1"
  skipped=$((skipped + 1))
}
# has COMMAND : whether it runs on this machine.
has() { [ -n "$1" ] && { [ -x "$1" ] || chmod +x "$1"; } && "$1" --version >/dev/null 2>&1; }

try 'Node.js' node smoke.mjs

bun=$(ls node_modules/@oven/bun-*/bin/bun 2>/dev/null | head -n 1 || true)
if has "$bun"; then try 'Bun' "$bun" smoke.mjs; else without Bun; fi

deno=$(ls node_modules/@deno/*/deno 2>/dev/null | head -n 1 || true)
export DENO_DIR=$folder/deno DENO_NO_UPDATE_CHECK=1
if has "$deno"; then try 'Deno' "$deno" run --allow-all --no-prompt smoke.mjs; else without Deno; fi

try 'Jest' env NODE_OPTIONS=--experimental-vm-modules node node_modules/jest/bin/jest.js --rootDir . --config jest/jest.config.mjs --runInBand
try 'TypeScript 7' node node_modules/typescript/bin/tsc -p tsconfig.json

# The bundles run where no package is installed.
elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
cp -R data "$elsewhere/"
for bundler in esbuild webpack; do
  try "$bundler: bundles" node "bundle-$bundler.mjs" "$elsewhere/$bundler"
  try "$bundler: the bundle runs" env -C "$elsewhere" node "$bundler/smoke.mjs"
done
try 'browser: what is missing there' node browser.mjs

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
