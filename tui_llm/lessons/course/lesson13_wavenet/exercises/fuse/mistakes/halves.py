import numpy as np


def fuse(level, weights, bias):
    T, C = level.shape
    pairs = np.concatenate((level[: T // 2], level[T // 2 :]), axis=1)
    return np.tanh(pairs @ weights + bias)
