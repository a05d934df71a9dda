#!/usr/bin/env bash
# Everything from one place, on a fresh machine with Python 3.11 or newer:
#   ./run.sh            set up, then open the program (without a terminal: train on data/corpus.txt, and write)
#   ./run.sh test       set up, then every check: style, types, layers, tests
#   ./run.sh test-slow  the tests that take minutes
#   ./run.sh translations  bring locale/ up to date with the source
#   ./run.sh ARGS...    tui-llm ARGS...
# A second start installs nothing.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv=$root/.venv
bin=$venv/bin
corpus=$root/data/corpus.txt

fail() {
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in python3 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
  fail 'there is no Python 3.11 or newer with venv here.' 'install it (on Debian: apt install python3 python3-venv).'
}

# Install what "$1" names (. or .[test]) unless just that was installed before, from the same pins.
install() {
  local what=$1 stamp=$venv/.installed-$2 pins
  pins=$(cat "$root/pyproject.toml" "$root/constraints.txt" | cksum)
  if [[ -f $stamp && $(<"$stamp") == "$pins" ]]; then
    return
  fi
  "$bin/python" -c '' 2>/dev/null || "$(find_python)" -m venv --clear "$venv" >&2
  printf 'installing into .venv (this takes a few minutes, once)...\n' >&2
  "$bin/python" -m pip install --quiet --disable-pip-version-check -c "$root/constraints.txt" -e "$root$what" >&2 ||
    fail 'the installation did not succeed.' 'see the lines above; then start ./run.sh again.'
  printf '%s' "$pins" | tee "$venv/.installed-base" >"$stamp"  # what the tests need contains what the program needs
}

make_corpus() {
  [[ -f $corpus ]] || "$bin/tui-llm" data stories --language es --megabytes 4 "$corpus"
}

check() {
  cd "$root"
  "$bin/ruff" check .
  "$bin/ruff" format --check .
  "$bin/mypy"
  "$bin/lint-imports" --no-cache
  "$bin/python" -m pytest "$@"
}

case ${1-} in
  test)
    install '[test]' test
    shift
    check -m 'not slow' "$@"
    ;;
  test-slow)
    install '[test]' test
    shift
    cd "$root"
    exec "$bin/python" -m pytest -m slow -n 0 "$@"  # one after the other: they measure memory and time
    ;;
  translations)
    install '[test]' test
    cd "$root"
    exec "$bin/python" -m tests.translations
    ;;
  '')
    install '' base
    if [[ -t 0 && -t 1 && -t 2 ]]; then
      exec "$bin/tui-llm"
    fi
    make_corpus
    "$bin/tui-llm" train "$corpus" --minutes 2
    printf '\nA text by the new model:\n\n' >&2
    exec "$bin/tui-llm" generate last --max-new-tokens 400
    ;;
  *)
    install '' base
    exec "$bin/tui-llm" "$@"
    ;;
esac
