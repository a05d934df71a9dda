import numpy as np


def average(x):
    T = x.shape[0]
    weights = np.ones((T, T)) / T
    return weights @ x
