#!/usr/bin/env bash
# install-packed.sh FROM FOLDER: copies the folder FROM of this repository to FOLDER and installs it there as a user would, with the
# package itself from a fresh tarball. What was installed before is kept, so that a second run is quick.
set -euo pipefail
cd "$(dirname "$0")/.."
from=$1 folder=$2
[ -e dist/index.js ] || npm run --silent build
mkdir -p "$folder"
find "$folder" -mindepth 1 -maxdepth 1 ! -name node_modules ! -name package-lock.json -exec rm -rf {} +
node scripts/pack.mjs "$folder"
tarball=$(cd "$folder" && ls ./*.tgz)
cp -R "$from/." "$folder/"
cd "$folder"
rm -rf node_modules/@lab
# No install scripts: what these libraries need is in their packages.
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  manifest.dependencies["@lab/sdc"] = `file:${process.argv[1]}`;
  writeFileSync("package.json", JSON.stringify(manifest, null, 2));
' "$tarball"
npm install --ignore-scripts --no-package-lock --no-audit --no-fund --silent
