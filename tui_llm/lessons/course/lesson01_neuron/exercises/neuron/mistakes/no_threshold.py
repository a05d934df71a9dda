def neuron(inputs, weights, threshold):
    return sum(value * weight for value, weight in zip(inputs, weights))
