import numpy as np


def cross_entropy_backward(probabilities, targets):
    d_logits = probabilities.copy()
    rows = np.arange(len(targets))
    return d_logits / len(targets)
