from math import exp


def sigmoid(x):
    return 1 / (1 + exp(-x))


def up(v, weights, biases):
    total = 0
    for i, value in enumerate(v):
        for j, bias in enumerate(biases):
            total += value * weights[i][j] + bias
    return sigmoid(total)
