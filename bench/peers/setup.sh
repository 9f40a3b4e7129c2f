#!/bin/sh
# Makes the virtual environment that the peers live in: bench/peers/.venv.
# PYTHON names the interpreter, by default python3.
set -eu
cd "$(dirname "$0")"
"${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
.venv/bin/python versions.py
