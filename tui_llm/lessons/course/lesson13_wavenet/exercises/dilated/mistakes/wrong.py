import numpy as np


def dilated(level, weights, bias, distance):
    earlier = level[: -2 * distance]
    later = level[2 * distance :]
    pairs = np.concatenate((earlier, later), axis=1)
    return np.tanh(pairs @ weights + bias)
