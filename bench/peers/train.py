"""Trains one epoch by `model.fit`, after one batch that traces the graph."""

import time

import numpy as np

import network
from measured import report
from network import keras


def train(task):
    network.use_threads(task["threads"])
    side, batch, samples = task["side"], task["batch"], task["samples"]
    images = network.load_images(task["values"], side)
    classes = np.load(task["classes"]).ravel().astype(np.int32)
    model = network.build(
        side, task["tissues"], task["blocks"], task["width"], task["hidden"]
    )
    model.compile(
        keras.optimizers.RMSprop(1e-4, rho=0.9, epsilon=1e-7),
        "sparse_categorical_crossentropy",
    )
    fit = lambda rows: model.fit(
        images[rows], classes[rows], batch_size=batch, epochs=1, verbose=0
    )
    fit(slice(0, batch))
    start = time.perf_counter()
    history = fit(slice(batch, batch + samples))
    seconds = time.perf_counter() - start
    return seconds, {
        "loss": float(history.history["loss"][0]),
        "updates": int(model.optimizer.iterations.numpy()) - 1,
        "weights": int(sum(np.prod(w.shape) for w in model.trainable_weights)),
    }


report(train)
