"""Prints the versions of Python and of the peers that are installed."""

import json
import platform
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
}

versions = {"python": platform.python_version()}
for name, packages in NAMES.items():
    for package in packages:
        try:
            versions[name] = version(package)
            break
        except PackageNotFoundError:
            continue
print(json.dumps(versions))
