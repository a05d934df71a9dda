def neuron(inputs, weights, threshold):
    return 1 if sum(inputs) >= threshold else 0
