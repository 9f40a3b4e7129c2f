"""Scores gene sets for `study.py` with umap-learn and scikit-learn, in one
process per core."""

import os

# One thread per process: several threads on the same cores would be slower.
for name in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import sys

# umap-learn would load TensorFlow for a part of it that is not used here.
sys.modules["tensorflow"] = None

import multiprocessing
import warnings

import numpy as np
import umap
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_mutual_info_score, v_measure_score

from measured import peak_bytes

SPACES = ("umap", "pca", "genes")

state = {}


def embed(space, values, seed):
    if space == "umap":
        with warnings.catch_warnings():
            # UMAP warns that a seed leaves it one thread; this is intended.
            warnings.simplefilter("ignore")
            return umap.UMAP(
                n_neighbors=15, min_dist=0.1, random_state=seed
            ).fit_transform(values)
    if space == "pca":
        return PCA(min(50, *values.shape), random_state=seed).fit_transform(values)
    return values


def score(job):
    """The scores of each k-means of one gene set, by space: repeats x 2."""
    columns, repeats, seed = job
    values, classes, task = state["values"], state["classes"], state["task"]
    scores = {}
    for space in SPACES:
        points = embed(space, values[:, columns], seed)
        kind = "lowDim" if space == "umap" else "highDim"
        rows = []
        for repeat in range(repeats[kind]):
            clusters = KMeans(
                classes.max() + 1,
                init="random",
                n_init=task["restarts"][kind],
                max_iter=10_000,
                random_state=seed + repeat,
            ).fit_predict(points)
            rows.append(
                (
                    v_measure_score(classes, clusters),
                    adjusted_mutual_info_score(classes, clusters),
                )
            )
        scores[space] = np.array(rows)
    return scores, os.getpid(), peak_bytes()


def open_worker(task, values, classes):
    state.update(task=task, values=values, classes=classes)


class Scorer:
    """A pool of processes that score gene sets."""

    def __init__(self, task, values, classes):
        self.peaks = {}
        self.pool = multiprocessing.get_context("spawn").Pool(
            task["threads"], open_worker, (task, values, classes)
        )

    def score(self, jobs):
        results = self.pool.map(score, jobs, chunksize=1)
        for _, process, peak in results:
            self.peaks[process] = max(peak, self.peaks.get(process, 0))
        return [scores for scores, _, _ in results]

    def close(self):
        """Returns the peak memory of the processes together."""
        self.pool.close()
        self.pool.join()
        return sum(self.peaks.values())


def strata(means, sds, bins=10):
    """Quantile bins of the mean, and in each of them of the sd."""
    bin_of = lambda values: (
        values.argsort(kind="stable").argsort() * bins // len(values)
    )
    result = bin_of(means) * bins
    for mean_bin in range(bins):
        own = np.flatnonzero(result == mean_bin * bins)
        result[own] += bin_of(sds[own])
    return result


def draw_matched(stratum_of, tested, rng):
    """As many genes of each stratum as the tested set has there."""
    wanted = np.bincount(stratum_of[tested], minlength=stratum_of.max() + 1)
    return np.concatenate(
        [
            rng.choice(np.flatnonzero(stratum_of == stratum), count, replace=False)
            for stratum, count in enumerate(wanted)
            if count > 0
        ]
    )
