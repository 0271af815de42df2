#!/bin/sh
# Runs the measurements in bench/: all, or those named. A bench measures and never fails the build.
set -eu
cd "$(dirname "$0")/.."

if [ "${1:-}" = --install-peers ]; then
  [ -x .cache/peers/bin/python ] || .venv/bin/python -m venv .cache/peers
  exec .cache/peers/bin/python -m pip install --require-hashes -r requirements/peers.lock
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
