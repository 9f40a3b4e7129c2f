"""Indices of specificity of all genes, by tspex's functions."""

import time

import numpy as np
from tspex.core import specificity_functions as tspex

from measured import report


def z_score(profile):
    return tspex.zscore(profile, transform=False)


BY_GENE = {"tau": tspex.tau, "Gini": tspex.gini, "Shannon": tspex.shannon_specificity}
BY_TISSUE = {"TSI": tspex.tsi, "SPM": tspex.spm, "z": z_score, "JS": tspex.js_specificity}


def work(task):
    means = np.load(task["means"]).astype(np.float64)
    found = {name: np.zeros(len(means)) for name in BY_GENE}
    found |= {name: np.zeros(means.shape) for name in BY_TISSUE}
    start = time.perf_counter()
    for name, index in (BY_GENE | BY_TISSUE).items():
        values = found[name]
        for gene, profile in enumerate(means):
            values[gene] = index(profile)
    seconds = time.perf_counter() - start
    with open(task["out"], "wb") as out:
        for values in found.values():
            values.tofile(out)
    return seconds, {
        f"mean square of {name}": float((values**2).mean())
        for name, values in found.items()
    }


report(work)
