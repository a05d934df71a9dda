from math import exp


def sigmoid(x):
    return 1 / (1 + exp(-x))


def up(v, weights, biases):
    probabilities = []
    for j, bias in enumerate(biases):
        total = sum(value * weights[i][j] for i, value in enumerate(v))
        probabilities.append(sigmoid(total + bias))
    return probabilities
