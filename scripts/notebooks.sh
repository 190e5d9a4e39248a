#!/usr/bin/env bash
# Executes the notebooks of examples/notebooks in the tslab kernel, with the packed package; a cell that fails fails this.
# notebooks.sh [--update] [NAME...]: --update also writes the outputs into the notebooks of this repository.
# Without jupyter-nbconvert, and without a way to install it, it says so and is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD folder=$PWD/.cache/notebooks/work
update=
if [ "${1:-}" = --update ]; then
  update=1
  shift
fi

. scripts/need.sh
need jupyter-nbconvert
bash scripts/install-example.sh notebooks "$folder"
mkdir -p "$folder/../data"
cp examples/data/*.* "$folder/../data/"

# The kernel is this Node.js with the tslab that was installed; nothing of the user's own Jupyter is touched.
export JUPYTER_DATA_DIR=$root/.cache/notebooks/jupyter JUPYTER_CONFIG_DIR=$root/.cache/notebooks/config
export JUPYTER_RUNTIME_DIR=$root/.cache/notebooks/runtime
mkdir -p "$JUPYTER_DATA_DIR/kernels/tslab" "$JUPYTER_CONFIG_DIR" "$JUPYTER_RUNTIME_DIR"
node -e '
  const argv = [process.execPath, `${process.argv[1]}/node_modules/tslab/bin/tslab`, "kernel", "--config-path", "{connection_file}"];
  console.log(JSON.stringify({ argv, display_name: "TypeScript", language: "typescript" }));
' "$folder" >"$JUPYTER_DATA_DIR/kernels/tslab/kernel.json"

cd "$folder"
[ "$#" -gt 0 ] || set -- *.ipynb
passed=0 failed=0
for notebook in "$@"; do
  notebook=$(basename "$notebook" .ipynb).ipynb
  started=$SECONDS
  # Errors are allowed here and found by the check, which can then show what the cell printed.
  if timeout --kill-after=5 90 jupyter-nbconvert --to notebook --execute --allow-errors --inplace --log-level=ERROR \
    --ExecutePreprocessor.timeout=60 --ExecutePreprocessor.record_timing=False "$notebook" 2>"$notebook.log" &&
    node "$root/scripts/check-notebook.mjs" "$notebook" 2>>"$notebook.log"; then
    printf '%s ... ok (%d s)\n' "$notebook" "$((SECONDS - started))"
    passed=$((passed + 1))
    [ -z "$update" ] || cp "$notebook" "$root/examples/notebooks/"
  else
    printf '%s ... FAILED\n' "$notebook"
    tail -n 40 "$notebook.log" | sed 's/^/    /'
    failed=$((failed + 1))
  fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
