#!/bin/sh
# `make run`: the main job on demo data, in a window where there is a display.
set -eu
cd "$(dirname "$0")/.."

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  exec .venv/bin/guide demo "$@"
fi
echo "没有图形界面，改为无界面运行；海报、链接和报告在 out/demo/。"
echo "No display: running headless; posters, links and a report go to out/demo/."
exec .venv/bin/guide demo --headless --out out/demo "$@"
