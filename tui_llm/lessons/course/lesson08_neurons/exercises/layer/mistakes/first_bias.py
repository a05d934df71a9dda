import math


def neuron(x, weights, bias):
    total = sum(weight * one for weight, one in zip(weights, x)) + bias
    return math.tanh(total)


def layer(x, weights, biases):
    return [neuron(x, row, biases[0]) for row in weights]
