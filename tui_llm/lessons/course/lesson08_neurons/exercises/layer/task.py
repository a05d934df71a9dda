import math


def neuron(x, weights, bias):
    total = 0.0
    return math.tanh(total)


def layer(x, weights, biases):
    return []
