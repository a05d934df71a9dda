import numpy as np


def fuse(level, weights, bias):
    T, C = level.shape
    pairs = np.zeros((T // 2, 2 * C))
    return np.tanh(pairs @ weights + bias)
