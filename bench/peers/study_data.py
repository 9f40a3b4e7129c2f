"""Reads and prepares a matrix of counts for `study.py`."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split


@dataclass
class Data:
    """log2(CPM + 1), samples x genes, and the tissues as numbers."""

    values: np.ndarray
    classes: np.ndarray
    tissues: list
    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def read(matrix, sheet):
    """The matrix has genes in rows: symbol, Entrez id, a column per sample."""
    table = pd.read_csv(matrix, sep="\t", index_col=0)
    counts = table.drop(columns="Entrez_Gene_Id")
    labels = pd.read_csv(sheet, index_col="sample_id").loc[counts.columns, "tissue"]
    classes, tissues = pd.factorize(labels, sort=True)
    return counts.T.to_numpy(np.float32), classes, list(tissues)


def normalize(counts, classes):
    """CPM, the filter of edgeR's `filterByExpr`, and the logarithm."""
    sizes = counts.sum(axis=1, dtype=np.float64) / 1e6
    cpm = counts / sizes[:, None]
    smallest = np.bincount(classes).min()
    needed = smallest if smallest <= 10 else np.ceil(10 + 0.7 * (smallest - 10))
    kept = (cpm >= 10 / np.median(sizes)).sum(axis=0) >= needed
    return np.log2(cpm[:, kept] + 1).astype(np.float32)


def load(task, rng):
    counts, classes, tissues = read(task["matrix"], task["sheet"])
    values = normalize(counts, classes)
    seed = int(rng.integers(2**31))
    split = lambda rows, share: train_test_split(
        rows, test_size=share, stratify=classes[rows], random_state=seed
    )
    rest, test = split(np.arange(len(classes)), 0.2)
    train, validation = split(rest, 0.1)
    return Data(values, classes, tissues, train, validation, test)


def add_decoys(data, share, rng):
    """Puts shuffled copies of genes at random positions among the genes.

    Returns the matrix with them, and which of its columns are decoys."""
    genes = data.values.shape[1]
    count = round(share * genes)
    decoys = data.values[:, rng.choice(genes, count, replace=False)]
    for part in (data.train, data.validation, data.test):
        decoys[part] = rng.permuted(decoys[part], axis=0)
    is_decoy = np.zeros(genes + count, bool)
    is_decoy[rng.choice(genes + count, count, replace=False)] = True
    columns = np.empty((len(data.values), genes + count), np.float32)
    columns[:, is_decoy] = decoys
    columns[:, ~is_decoy] = data.values
    return columns, is_decoy
