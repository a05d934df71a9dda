import numpy as np


def dilated(level, weights, bias, distance):
    earlier = level[:-distance]
    later = level[distance:]
    pairs = np.concatenate((earlier, later), axis=1)
    return np.tanh(pairs @ weights + bias)
