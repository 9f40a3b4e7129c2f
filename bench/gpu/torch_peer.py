"""The same measurements in PyTorch on the same graphics card; prints JSON.

Run with bench/peers in PYTHONPATH. The clock stops after the device is done.
Without CUDA it runs on the processor, and says so.
"""

import json
import sys
import time

import torch
from torch import nn

import network_torch as network

TISSUES = 12
BLOCKS = 4
BACKGROUND = 100

task = json.loads(sys.argv[1])
device = "cuda" if torch.cuda.is_available() else "cpu"
side, batch, samples = task["side"], task["batch"], task["samples"]
torch.manual_seed(1)


def wait():
    if device == "cuda":
        torch.cuda.synchronize()


def made(count):
    return torch.rand(count, 1, side, side).to(device)


model = network.build(side, TISSUES, BLOCKS, task["width"], task["hidden"]).to(device)


def train():
    optimizer = torch.optim.RMSprop(model.parameters(), 1e-4, alpha=0.9, eps=1e-7)
    images = made(batch + samples)
    classes = torch.arange(batch + samples, device=device) % TISSUES
    fit = lambda rows: network.train_epoch(
        model, optimizer, images[rows], classes[rows], batch
    )
    fit(slice(0, batch))
    wait()
    start = time.perf_counter()
    fit(slice(batch, batch + samples))
    wait()
    return time.perf_counter() - start


def explain():
    model.eval()
    background, explained = made(BACKGROUND), made(samples)

    def one(row):
        drawn = background[torch.randint(BACKGROUND, (task["draws"],), device=device)]
        difference = explained[row] - drawn
        alphas = torch.rand(len(drawn), 1, 1, 1, device=device)
        images = (drawn + alphas * difference).requires_grad_()
        output = torch.softmax(model(images), 1)[:, row % TISSUES].sum()
        (gradient,) = torch.autograd.grad(output, images)
        return (gradient * difference).sum(0).cpu()

    one(0)
    wait()
    start = time.perf_counter()
    for row in range(samples):
        one(row)
    wait()
    return time.perf_counter() - start


seconds = train() if task["what"] == "train" else explain()
name = (
    torch.cuda.get_device_name()
    if device == "cuda"
    else "no CUDA: on the processor, not a graphics card"
)
print(
    json.dumps(
        {
            "seconds": seconds,
            "adapter": f"PyTorch {torch.__version__}, {name}",
            "weights": network.count_weights(model),
        }
    )
)
