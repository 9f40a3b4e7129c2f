#!/bin/sh
# Creates the virtual environment of the peers: bench/peers/.venv.
# PYTHON names the interpreter, python3 by default.
set -eu
cd "$(dirname "$0")"
"${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
.venv/bin/python versions.py
