def neuron(inputs, weights, threshold):
    return 0
