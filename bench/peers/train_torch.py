"""Trains one epoch with PyTorch, after one batch to warm up."""

import time

import numpy as np
import torch

import network_torch as network
from measured import report


def train(task):
    network.use_threads(task["threads"])
    torch.manual_seed(1)
    side, batch, samples = task["side"], task["batch"], task["samples"]
    images = network.to_images(np.load(task["values"]), side)
    classes = torch.from_numpy(np.load(task["classes"]).ravel().astype(np.int64))
    model = network.build(
        side, task["tissues"], task["blocks"], task["width"], task["hidden"]
    )
    optimizer = torch.optim.RMSprop(model.parameters(), 1e-4, alpha=0.9, eps=1e-7)
    fit = lambda rows: network.train_epoch(
        model, optimizer, images[rows], classes[rows], batch
    )
    fit(slice(0, batch))
    start = time.perf_counter()
    loss, updates = fit(slice(batch, batch + samples))
    seconds = time.perf_counter() - start
    return seconds, {
        "loss": loss,
        "updates": updates,
        "weights": network.count_weights(model),
    }


report(train)
