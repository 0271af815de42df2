#!/bin/sh
# Runs the measurements in bench/: all, or those named. A bench measures and never fails the build.
set -eu
cd "$(dirname "$0")/.."

if [ "${1:-}" = --install-peers ]; then
  [ -x .cache/peers/bin/python ] || .venv/bin/python -m venv .cache/peers
  .cache/peers/bin/python -m pip install --require-hashes -r requirements/peers.lock
  if command -v npm >/dev/null 2>&1; then
    mkdir -p .cache/peers/pouch
    cp bench/peer_programs/pouch/package.json bench/peer_programs/pouch/package-lock.json .cache/peers/pouch/
    # The store comes with its compiled parts: nothing a package brings has to run while it is installed.
    (cd .cache/peers/pouch && npm ci --ignore-scripts --no-audit --no-fund)
  else
    echo "npm is not there: PouchDB is left out" >&2
  fi
  exit 0
fi

if [ $# -eq 0 ]; then
  # The other files of bench/ are what the measurements share.
  for file in bench/*.py; do
    if grep -q '^def main' "$file"; then
      set -- "$@" "$(basename "$file" .py)"
    fi
  done
fi

mkdir -p out/bench
for name in "$@"; do
  if [ ! -f "bench/$name.py" ]; then
    echo "no such measurement: bench/$name.py" >&2
    exit 2
  fi
  echo "== $name"
  .venv/bin/python -m "bench.$name" || echo "bench $name did not finish (exit $?)" >&2
done
