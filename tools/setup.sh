#!/bin/sh
# Makes a fresh machine ready: system libraries, a Chinese font, .venv from a hash-pinned lock, the project itself.
#   tools/setup.sh run    what the programs need
#   tools/setup.sh dev    that, and the development tools
#   tools/setup.sh test   that, and the browser, PDF tools and second reader of codes of the tests
# Looks first and acts only on what is missing, so that a second time costs nothing. Works as root or not: system
# packages are installed where that is allowed (root, or sudo without a password), else named with the command.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"
HOME=${HOME:-$PWD}

level=${1:-run}
case "$level" in
  run) lock=requirements/run.lock ;;
  dev | test) lock=requirements/dev.lock ;;
  *) echo "usage: tools/setup.sh run|dev|test" >&2; exit 2 ;;
esac

say() { # say CHINESE ENGLISH
  printf '%s\n%s\n' "$1" "$2" >&2
}

fail() { # fail CHINESE ENGLISH
  say "出错：$1" "Error: $2"
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# --- system packages -------------------------------------------------------------------------------------------

# soname package: without these Qt cannot be loaded at all ...
libraries_always="
libglib-2.0.so.0 libglib2.0-0
libEGL.so.1 libegl1
libGL.so.1 libgl1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libxkbcommon.so.0 libxkbcommon0"
# ... and without these it cannot open a window on X11.
libraries_window="
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0"
# The driver of the browser tests brings a program that needs this.
libraries_browser="
libatomic.so.1 libatomic1"
# A second reader of codes, beside the one the program has: tests ask both what a poster says.
libraries_reader="
libzbar.so.0 libzbar0"

missing_libraries() { # missing_libraries "SONAME PACKAGE ..." -> packages whose soname the loader does not know
  [ -n "$loadable" ] || return 0 # a system without ldconfig's list: nothing can be told
  echo "$1" | while read -r soname package; do
    [ -n "$soname" ] || continue
    case "$loadable" in
      *"$soname"*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

has_chinese_font() {
  if has fc-list; then
    [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]
  else
    found=$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" "$HOME/.fonts" -follow \
      \( -iname '*CJK*' -o -iname 'SourceHan*' -o -iname 'wqy-*' -o -iname 'NotoSansSC*' -o -iname 'uming*' \
      -o -iname 'DroidSansFallback*' \) 2>/dev/null | head -n 1)
    [ -n "$found" ]
  fi
}

has_browser() {
  has chromium || has chromium-browser || has google-chrome || has google-chrome-stable
}

python_new_enough() { # python_new_enough COMMAND
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
  for candidate in "${PYTHON:-python3}" python3.11 python3.12 python3.13 python3.14; do
    if has "$candidate" && python_new_enough "$candidate"; then
      echo "$candidate"
      return
    fi
  done
}

# How this process may install system packages: "" (as root), "sudo -n", or "no".
how_to_install() {
  if ! has apt-get; then
    echo no
  elif [ "$(id -u)" -eq 0 ]; then
    echo ""
  elif has sudo && sudo -n true 2>/dev/null; then
    echo "sudo -n"
  else
    echo no
  fi
}

# Newer Debian and Ubuntu renamed some libraries with the suffix t64.
name_for_this_release() { # name_for_this_release PACKAGE
  if apt-cache show --no-all-versions "$1" >/dev/null 2>&1; then
    echo "$1"
  elif apt-cache show --no-all-versions "${1}t64" >/dev/null 2>&1; then
    echo "${1}t64"
  else
    echo "$1"
  fi
}

install_packages() { # install_packages PACKAGE...; returns apt's own result
  say "正在安装系统组件：$*" "Installing system packages: $*"
  # shellcheck disable=SC2086 # $as_root is a command and its option, or nothing
  $as_root apt-get update -qq || say "软件源更新失败，改用现有清单。" "apt-get update failed; going on with the lists there are."
  names=""
  for package in "$@"; do
    names="$names $(name_for_this_release "$package")"
  done
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names >/dev/null
}

install_system_packages() {
  [ "$(uname)" = Linux ] || return 0

  loadable=$(ldconfig -p 2>/dev/null || true)
  needed=$(missing_libraries "$libraries_always")
  wanted=""
  window=$(missing_libraries "$libraries_window")
  if [ -n "${DISPLAY:-}" ]; then
    needed="$needed$window"
  else
    wanted="$wanted$window"
  fi
  has_chinese_font || wanted="${wanted}fonts-noto-cjk "
  if [ "$level" = test ]; then
    has_browser || wanted="${wanted}chromium "
    wanted="$wanted$(missing_libraries "$libraries_browser")$(missing_libraries "$libraries_reader")"
    has pdftotext || wanted="${wanted}poppler-utils "
  fi
  if [ -n "$python" ] && [ ! -x .venv/bin/python ] && ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    needed="${needed}$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])') "
  elif [ -z "$python" ] && [ "$as_root" != no ]; then
    needed="${needed}python3-venv "
  fi
  [ -n "$needed$wanted" ] || return 0

  if [ "$as_root" != no ]; then
    # shellcheck disable=SC2086 # lists of package names
    if install_packages $needed $wanted; then
      return 0
    fi
    say "部分可选组件装不上，只装必需的。" "Not all could be installed; trying with the necessary ones alone."
    # shellcheck disable=SC2086
    if [ -z "$needed" ] || install_packages $needed; then
      return 0
    fi
  fi
  if [ -n "$needed" ]; then
    fail "缺少系统组件：${needed}。请管理员运行：apt-get install -y ${needed}${wanted}" \
      "system packages are missing: ${needed}. Ask an administrator to run: apt-get install -y ${needed}${wanted}"
  fi
  say "提示：缺少可选组件：${wanted}。需要时请管理员运行：apt-get install -y ${wanted}" \
    "Note: optional packages are missing: ${wanted}. An administrator may run: apt-get install -y ${wanted}"
}

# --- the environment -------------------------------------------------------------------------------------------

# What .venv was made from. The path is in it because an environment does not survive being moved.
fingerprint() { # fingerprint LOCK
  { echo "$PWD"; cat "$1" pyproject.toml; } | cksum
}

up_to_date() { # up_to_date LOCK
  stamp=.venv/made-from-$(basename "$1")
  [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$1")" ]
}

environment_is_ours() {
  [ -x .venv/bin/python ] && [ -f .venv/made-at ] && [ "$(cat .venv/made-at)" = "$PWD" ] &&
    python_new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1
}

make_environment() {
  # The full environment holds all that the smaller one does.
  if up_to_date requirements/dev.lock || up_to_date "$lock"; then
    return 0
  fi
  [ -n "$python" ] || fail "找不到 Python 3.11 或更新的版本；可用 PYTHON=路径 指定。" \
    "no Python 3.11 or newer was found; name one with PYTHON=path."
  if ! environment_is_ours; then
    say "正在建立 Python 环境 .venv" "Making the Python environment .venv ($python)"
    "$python" -m venv --clear .venv
    printf '%s' "$PWD" >.venv/made-at
  fi
  say "正在安装 Python 依赖（约一两分钟，仅首次）" "Installing Python packages (a minute or two, the first time only)"
  rm -f .venv/made-from-*
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
  fingerprint "$lock" >".venv/made-from-$(basename "$lock")"
}

# Where no font package may be installed: the font from the lock, linked where fontconfig looks.
provide_font() {
  [ "$(uname)" = Linux ] || return 0
  has_chinese_font && return 0
  say "没有中文字体，改用随 Python 包安装的字体。" "No Chinese font on this machine: using the one from a Python package."
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/font.lock
  font=$(.venv/bin/python -c 'import manimgx_fonts_cjk as m, pathlib; print(next(pathlib.Path(m.__file__).parent.glob("*.ttc")))')
  mkdir -p "$HOME/.local/share/fonts"
  ln -sf "$font" "$HOME/.local/share/fonts/"
}

python=$(find_python)
as_root=$(how_to_install)
install_system_packages
[ -n "$python" ] || python=$(find_python)
make_environment
provide_font
