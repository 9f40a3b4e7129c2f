"""The network of this suite in PyTorch, at any size, on the CPU; it returns
logits."""

import numpy as np
import torch
from torch import nn

FILTERS = (32, 64, 128, 256)
EPSILON = 1e-3
MOMENTUM = 0.01


def use_threads(threads):
    """Must be called before the first tensor is made."""
    torch.set_num_threads(threads)


def build(side, tissues, blocks, width, hidden):
    """The same weights as ours: no bias before a BatchNorm, which would cancel
    it; kernels by Glorot's rule, as in Keras."""
    layers, channels = [], 1
    for index, filters in enumerate(FILTERS[:blocks]):
        # Halves are rounded up, as in JavaScript.
        count = max(1, int(np.floor(filters * width + 0.5)))
        layers += [
            nn.Conv2d(channels, count, 3, padding=1, bias=False),
            nn.BatchNorm2d(count, EPSILON, MOMENTUM),
            nn.ReLU(),
        ]
        if index % 2 == 1:
            layers.append(nn.MaxPool2d(2))
            side //= 2
        channels = count
    layers += [
        nn.Flatten(),
        nn.Dropout(0.2),
        nn.Linear(channels * side * side, hidden, bias=False),
        nn.BatchNorm1d(hidden, EPSILON, MOMENTUM),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(hidden, tissues),
    ]
    for layer in layers:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(layer.weight)
        if isinstance(layer, nn.Linear) and layer.bias is not None:
            nn.init.zeros_(layer.bias)
    return nn.Sequential(*layers)


def to_images(values, side):
    """Values, samples x genes, as images, padded with zeros."""
    values = torch.as_tensor(values, dtype=torch.float32)
    images = torch.zeros(len(values), side * side)
    images[:, : values.shape[1]] = values
    return images.reshape(-1, 1, side, side)


def train_epoch(model, optimizer, images, classes, batch, schedule=None):
    """One pass over all samples in random order; returns the mean loss and the
    number of updates."""
    model.train()
    total, updates = 0.0, 0
    for rows in torch.randperm(len(images)).split(batch):
        optimizer.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(model(images[rows]), classes[rows])
        loss.backward()
        optimizer.step()
        if schedule is not None:
            schedule.step()
        total += loss.item() * len(rows)
        updates += 1
    return total / len(images), updates


def count_weights(model):
    return sum(weight.numel() for weight in model.parameters())
