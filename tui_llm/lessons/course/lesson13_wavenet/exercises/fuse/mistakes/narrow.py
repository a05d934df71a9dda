import numpy as np


def fuse(level, weights, bias):
    T, C = level.shape
    pairs = level[::2] + level[1::2]
    return np.tanh(pairs @ weights + bias)
