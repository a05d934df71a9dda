import numpy as np


def average(x):
    T = x.shape[0]
    weights = np.tril(np.ones((T, T)))
    weights = weights / (weights.sum(axis=1, keepdims=True) + 1)
    return weights @ x
