"""The network of this suite in Keras, at any size, with the softmax."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import tensorflow as tf
from tensorflow import keras

layers = keras.layers
FILTERS = (32, 64, 128, 256)


def use_threads(threads):
    """Must be called before the first tensor is made."""
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)


def build(side, tissues, blocks, width, hidden):
    """The same weights as ours: no bias before a BatchNorm, which would cancel
    it."""
    model = keras.Sequential([keras.Input((side, side, 1))])

    def normalize():
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())

    for index, filters in enumerate(FILTERS[:blocks]):
        # Halves are rounded up, as in JavaScript.
        count = max(1, int(np.floor(filters * width + 0.5)))
        model.add(layers.Conv2D(count, 3, padding="same", use_bias=False))
        normalize()
        if index % 2 == 1:
            model.add(layers.MaxPooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(hidden, use_bias=False))
    normalize()
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(tissues, activation="softmax"))
    return model


def load_images(path, side):
    """Values, samples x genes, as images, padded with zeros."""
    values = np.load(path)
    images = np.zeros((len(values), side * side), np.float32)
    images[:, : values.shape[1]] = values
    return images.reshape(-1, side, side, 1)
