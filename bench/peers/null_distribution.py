"""Scores random gene sets with umap-learn and scikit-learn, one process per core."""

import os

# One thread per process: several threads on the same cores would be slower.
for name in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import sys

# umap-learn would load TensorFlow for a part of it that is not used here.
sys.modules["tensorflow"] = None

import multiprocessing
import time
import warnings

import numpy as np
import umap
from sklearn.cluster import KMeans
from sklearn.metrics import homogeneity_completeness_v_measure

from measured import peak_bytes, report

state = {}


def score(task, columns, seed):
    """The V-measure of each k-means of one gene set."""
    values, classes = state["values"], state["classes"]
    with warnings.catch_warnings():
        # UMAP warns that a seed leaves it one thread; this is intended.
        warnings.simplefilter("ignore")
        layout = umap.UMAP(
            n_neighbors=15, min_dist=0.1, random_state=seed
        ).fit_transform(values[:, columns])
    scores = []
    for repeat in range(task["repeats"]):
        clusters = KMeans(
            task["clusters"],
            init="random",
            n_init=task["restarts"],
            max_iter=10_000,
            random_state=seed + repeat,
        ).fit_predict(layout)
        scores.append(homogeneity_completeness_v_measure(classes, clusters)[2])
    return scores


def draw(task, seed):
    genes = state["values"].shape[1]
    return np.random.default_rng(seed).choice(genes, task["size"], replace=False)


def open_worker(task, barrier):
    state["task"] = task
    state["values"] = np.load(task["values"])
    state["classes"] = np.load(task["classes"]).ravel().astype(np.int32)
    # Numba compiles now; this is not timed.
    score({**task, "repeats": 1, "restarts": 1}, draw(task, 0), 0)
    barrier.wait()


def work(number):
    task = state["task"]
    return score(task, draw(task, number), number), os.getpid(), peak_bytes()


def measure(task):
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(task["threads"] + 1)
    with context.Pool(task["threads"], open_worker, (task, barrier)) as pool:
        barrier.wait()
        start = time.perf_counter()
        results = pool.map(work, range(1, task["sets"] + 1), chunksize=1)
        seconds = time.perf_counter() - start
    peaks = {}
    for _, process, peak in results:
        peaks[process] = max(peak, peaks.get(process, 0))
    means = [np.mean(scores) for scores, _, _ in results]
    return seconds, {"mean V-measure": float(np.mean(means))}, sum(peaks.values())


if __name__ == "__main__":
    report(measure)
