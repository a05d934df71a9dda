from math import exp


def sigmoid(x):
    return 1 / (1 + exp(-x))


def probability(weights, states, bias, temperature):
    total = sum(weight * state for weight, state in zip(weights, states))
    return sigmoid((total + bias) * temperature)
