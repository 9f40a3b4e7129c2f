"""Prints the versions of Python, of R and of the peers that are installed."""

import json
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version

NAMES = {
    "numpy": ["numpy"],
    "pandas": ["pandas"],
    "pyarrow": ["pyarrow"],
    "scikit-learn": ["scikit-learn"],
    "umap-learn": ["umap-learn"],
    "numba": ["numba"],
    "tensorflow": ["tensorflow-cpu", "tensorflow"],
    "keras": ["keras"],
    "shap": ["shap"],
    "torch": ["torch"],
    "goatools": ["goatools"],
    "lightgbm": ["lightgbm"],
    "tspex": ["tspex"],
}

# Without limma the first line alone is printed.
IN_R = """
cat("R", as.character(getRversion()), "\\n")
cat("limma", as.character(packageVersion("limma")), "\\n")
"""


def r_versions():
    try:
        printed = subprocess.run(
            ["Rscript", "-e", IN_R], capture_output=True, text=True, check=False
        ).stdout
    except FileNotFoundError:
        return {}
    return dict(line.split() for line in printed.splitlines())


versions = {"python": platform.python_version()}
for name, packages in NAMES.items():
    for package in packages:
        try:
            versions[name] = version(package)
            break
        except PackageNotFoundError:
            continue
print(json.dumps(versions | r_versions()))
