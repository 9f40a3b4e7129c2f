#!/bin/sh
# Creates the virtual environment of the peers: bench/peers/.venv.
# limma is R's: on Debian the package r-bioc-limma installs both.
# PYTHON names the interpreter, python3 by default.
set -eu
cd "$(dirname "$0")"
"${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
.venv/bin/python versions.py
if ! Rscript -e 'library(limma)' >/dev/null 2>&1; then
  echo "limma is not installed; on Debian: apt-get install r-bioc-limma" >&2
fi
