from math import exp


def sigmoid(x):
    return 1 / (1 + exp(-x))


def up(v, weights, biases):
    return [0.5 for bias in biases]
