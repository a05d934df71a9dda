import numpy as np


def dilated(level, weights, bias, distance):
    earlier = np.roll(level, distance, axis=0)
    later = level
    pairs = np.concatenate((earlier, later), axis=1)
    return np.tanh(pairs @ weights + bias)
