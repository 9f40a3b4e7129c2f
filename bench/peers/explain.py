"""Explains samples with `shap.GradientExplainer`, after a few draws that trace
the graphs of all requested classes."""

import json
import time

import numpy as np
import shap

import network
from measured import report


def load_weights(model, model_path, weights_path):
    """Copies the weights of our model into the Keras model, in their order."""
    with open(model_path) as file:
        manifest = json.load(file)["weightsManifest"][0]["weights"]
    flat = np.fromfile(weights_path, "<f4")
    values, start = [], 0
    for weight in manifest:
        size = int(np.prod(weight["shape"]))
        values.append(flat[start : start + size].reshape(weight["shape"]))
        start += size
    assert start == len(flat), (start, len(flat))
    model.set_weights(values)


def explain(task):
    network.use_threads(task["threads"])
    side, samples, draws = task["side"], task["samples"], task["draws"]
    images = network.load_images(task["values"], side)
    model = network.build(
        side, task["tissues"], task["blocks"], task["width"], task["hidden"]
    )
    load_weights(model, task["model"], task["weights"])
    explained, background = np.split(images, [task["explained"]])
    explainer = shap.GradientExplainer(model, background)

    def values_of(count, draws):
        start = time.perf_counter()
        if task["ranked"]:
            result = explainer.shap_values(
                explained[:count], nsamples=draws, ranked_outputs=1, rseed=1
            )[0]
        else:
            result = explainer.shap_values(explained[:count], nsamples=draws, rseed=1)
        return time.perf_counter() - start, result

    # The explainer takes 50 draws at a time and traces a graph for that shape.
    values_of(samples, min(draws, explainer.explainer.batch_size))
    one_sample, scores = values_of(1, draws)
    seconds = one_sample
    if samples > 1:
        seconds, scores = values_of(samples, draws)
    outputs = model(explained[:1], training=False).numpy()[0]
    expected = model(background, training=False).numpy().mean(axis=0)
    predicted = int(outputs.argmax())
    column = 0 if task["ranked"] else predicted
    return seconds, {
        "samples": samples,
        "seconds of one sample": one_sample,
        "predicted class": predicted,
        "model output": float(outputs[predicted]),
        "output minus base value": float(outputs[predicted] - expected[predicted]),
        "SHAP sum": float(scores[0, ..., column].sum()),
    }


report(explain)
