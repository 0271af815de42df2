#!/bin/sh
# Checks of the source and the tests: lint | test | soak | fmt. Expects the environment that setup.sh makes.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

case "${1:-}" in
  lint)
    ruff check .
    ruff format --check .
    mypy
    lint-imports
    ;;
  test)
    # Thousands of books are written and flushed: in memory, where there is room, none waits for a disk.
    if [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 4000000 ]; then
      TMPDIR=$(mktemp -d /dev/shm/guide-tests.XXXXXX)
      chmod 1777 "$TMPDIR" # as /tmp is: the database server runs as another user and clears up after itself there
      export TMPDIR
      trap 'rm -rf "$TMPDIR"' EXIT
      trap 'exit 130' INT TERM
    fi
    unset PYTHONDONTWRITEBYTECODE # the programs that the tests start would compile themselves every time
    # One file stays on one worker: servers that a file's fixtures start are started once. The files keep the order of
    # tests/helpers/order.py; else those with few tests, however long, come last and one worker waits for the other.
    pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0
    ;;
  soak)
    GUIDE_HYPOTHESIS=soak exec pytest -m soak --timeout 3600
    ;;
  fmt)
    ruff check --fix .
    ruff format .
    ;;
  *)
    echo "usage: tools/check.sh lint|test|soak|fmt" >&2
    exit 2
    ;;
esac
