#!/bin/sh
# Writes requirements/*.lock from pyproject.toml: one set of versions for all systems, with hashes, naming no index.
set -eu
cd "$(dirname "$0")/.."

tools_venv=.cache/lock-tools
if [ ! -x "$tools_venv/bin/uv" ]; then
  .venv/bin/python -m venv "$tools_venv"
  "$tools_venv/bin/python" -m pip install -qq uv
fi

compile() { # compile NAME SOURCE ARGUMENT...
  name=$1
  shift
  "$tools_venv/bin/uv" pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    "$@" -o "requirements/$name.lock"
  echo "requirements/$name.lock: $(grep -c '==' "requirements/$name.lock") packages"
}

# dev.lock decides every version; the others are cut from it, so that a PC runs what was tested.
# An existing lock is kept as far as it still fits; `make lock UPGRADE=1` takes the newest of everything.
compile dev pyproject.toml --extra dev ${UPGRADE:+--upgrade}
compile run pyproject.toml --extra build --extra desktop --extra office -c requirements/dev.lock
compile desktop pyproject.toml --extra desktop -c requirements/dev.lock
compile office pyproject.toml --extra office -c requirements/dev.lock
compile font requirements/font.in -c requirements/dev.lock
compile peers requirements/peers.in ${UPGRADE:+--upgrade}
