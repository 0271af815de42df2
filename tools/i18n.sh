#!/bin/sh
# Collects the screen texts of ui/ into resources/i18n/*.ts and compiles what is translated into *.qm beside them.
#   tools/i18n.sh [FOLDER]    another folder of .ts files instead (the tests compare with a fresh one)
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
folder=${1:-resources/i18n}

for catalogue in "$folder"/*.ts; do
  # Line numbers are left out, so that a change elsewhere in a file does not touch the catalogue.
  # shellcheck disable=SC2016 # the inner shell expands them
  find ui -name '*.py' | LC_ALL=C sort | tr '\n' '\0' |
    xargs -0 sh -c 'pyside6-lupdate -silent -no-obsolete -locations none -source-language zh_CN "$@" -ts "$0"' "$catalogue"
  pyside6-lrelease -silent "$catalogue"
done
