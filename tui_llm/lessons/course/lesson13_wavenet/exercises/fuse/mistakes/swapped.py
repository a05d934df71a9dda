import numpy as np


def fuse(level, weights, bias):
    T, C = level.shape
    pairs = np.concatenate((level[1::2], level[::2]), axis=1)
    return np.tanh(pairs @ weights + bias)
