"""Trains and explains the networks of `study.py` in PyTorch."""

import copy

import numpy as np
import torch
from torch import nn

import network_torch


def recompute_batch_norm(model, images, batch):
    """Means and variances over all training batches, without dropout."""
    model.eval()
    for layer in model.modules():
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.reset_running_stats()
            layer.momentum = None
            layer.train()
    with torch.no_grad():
        for rows in torch.randperm(len(images)).split(batch):
            model(images[rows])
    model.eval()


def train(task, side, tissues, images, classes, validation=None):
    """Trains one network; returns it with the number of its updates."""
    model = network_torch.build(
        side, tissues, task["blocks"], task["width"], task["hidden"]
    )
    optimizer = torch.optim.RMSprop(
        model.parameters(), task["learningRate"], alpha=0.9, eps=1e-7
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda update: 1 / (1 + task["decay"] * update)
    )
    updates = 0
    for _ in range(task["epochs"]):
        _, made = network_torch.train_epoch(
            model, optimizer, images, classes, task["batch"], schedule
        )
        updates += made
        if validation is not None:
            predict(model, validation, task["batch"])
    recompute_batch_norm(model, images, task["batch"])
    return model.requires_grad_(False), updates


def predict(model, images, batch):
    """Probabilities, samples x tissues."""
    model.eval()
    with torch.no_grad():
        logits = [model(part) for part in images.split(batch)]
    return torch.cat(logits).softmax(dim=1)


def reinitialize(model, first):
    """A copy whose layers from the given one on are as before training."""
    model = copy.deepcopy(model)
    for layer in list(model)[first:]:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(layer.weight)
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.reset_parameters()
        elif isinstance(layer, nn.Linear) and layer.bias is not None:
            nn.init.zeros_(layer.bias)
    return model


def expected_gradients(models, images, targets, background, draws, generator):
    """The mean over draws and networks of gradient x (sample - background), as
    in `shap.GradientExplainer`: samples x columns.

    All draws of a sample are one batch."""
    scores = np.empty((len(images), images[0].numel()), np.float32)
    for index, (image, target) in enumerate(zip(images, targets)):
        total = 0
        for model in models:
            rows = torch.randint(len(background), (draws,), generator=generator)
            alphas = torch.rand((draws, 1, 1, 1), generator=generator)
            difference = image - background[rows]
            points = background[rows] + alphas * difference
            points.requires_grad_(True)
            output = model(points).softmax(dim=1)[:, target].sum()
            (gradient,) = torch.autograd.grad(output, points)
            total = total + (gradient * difference).mean(dim=0)
        scores[index] = (total / len(models)).flatten().numpy()
    return scores
