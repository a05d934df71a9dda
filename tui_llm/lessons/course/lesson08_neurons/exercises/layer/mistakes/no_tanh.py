def neuron(x, weights, bias):
    total = sum(weight * one for weight, one in zip(weights, x)) + bias
    return total


def layer(x, weights, biases):
    return [neuron(x, row, bias) for row, bias in zip(weights, biases)]
