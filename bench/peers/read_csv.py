"""Reads the matrix as a Python user would: `pandas.read_csv` to float32."""

import time
from collections import defaultdict

import numpy as np
import pandas as pd

from measured import report


def read(task):
    if task.get("genesInRows"):
        return read_turned(task["path"])
    kinds = defaultdict(lambda: np.float32, sample_id=str, tissue=str)
    start = time.perf_counter()
    table = pd.read_csv(task["path"], index_col="sample_id", dtype=kinds)
    seconds = time.perf_counter() - start
    values = table.drop(columns="tissue").to_numpy()
    assert values.dtype == np.float32, values.dtype
    return seconds, {
        "samples": values.shape[0],
        "genes": values.shape[1],
        "sum": float(values.sum(dtype=np.float64)),
    }


def read_turned(path):
    """The same of a table with genes in rows, the tissues in its first row."""
    start = time.perf_counter()
    tissues = pd.read_csv(path, index_col="gene_id", nrows=1)
    kinds = defaultdict(lambda: np.float32, gene_id=str)
    table = pd.read_csv(path, index_col="gene_id", skiprows=[1], dtype=kinds)
    values = np.ascontiguousarray(table.to_numpy().T)
    seconds = time.perf_counter() - start
    assert values.dtype == np.float32, values.dtype
    assert tissues.shape[1] == values.shape[0]
    return seconds, {
        "samples": values.shape[0],
        "genes": values.shape[1],
        "sum": float(values.sum(dtype=np.float64)),
    }


report(read)
