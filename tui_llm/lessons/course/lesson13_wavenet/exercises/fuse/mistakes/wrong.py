import numpy as np


def fuse(level, weights, bias):
    T, C = level.shape
    pairs = np.stack((level[::2], level[1::2]), axis=2).reshape(T // 2, 2 * C)
    return np.tanh(pairs @ weights + bias)
