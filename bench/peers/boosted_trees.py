"""Trains LightGBM on the first samples and predicts the others."""

import time

import lightgbm as lgb
import numpy as np

from measured import report


def train(task):
    values, learned = np.load(task["values"]), task["learned"]
    classes = np.load(task["classes"]).ravel().astype(int)
    settings = {
        "objective": "multiclass", "num_class": task["tissues"],
        "num_threads": task["threads"], "verbosity": -1,
    }
    # The threads are started, and the library is warm.
    lgb.train(settings, lgb.Dataset(values[:, :20], classes), 1)
    start = time.perf_counter()
    booster = lgb.train(
        settings, lgb.Dataset(values[:learned], classes[:learned]), task["rounds"],
        keep_training_booster=True,
    )
    seconds = time.perf_counter() - start
    predicted = booster.predict(values[learned:]).argmax(1)
    return seconds, {
        "accuracy": float((predicted == classes[learned:]).mean()),
        "splits": int(booster.feature_importance("split").sum()),
        "sum of gains": float(booster.feature_importance("gain").sum()),
    }


report(train)
