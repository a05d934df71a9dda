import numpy as np


def softmax(scores):
    powers = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True)


def attend(q, k, v):
    T, D = q.shape
    future = np.triu(np.ones((T, T), dtype=bool), 1)
    scores = q @ k.T / np.sqrt(D)
    weights = softmax(np.where(future, 0, scores))
    return weights @ v
