import math


def neuron(x, weights, bias):
    total = sum(math.tanh(weight * one) for weight, one in zip(weights, x))
    return total + bias


def layer(x, weights, biases):
    return [neuron(x, row, bias) for row, bias in zip(weights, biases)]
