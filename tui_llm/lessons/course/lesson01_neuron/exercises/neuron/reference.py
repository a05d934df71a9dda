def neuron(inputs, weights, threshold):
    total = 0
    for value, weight in zip(inputs, weights):
        total += value * weight
    return 1 if total >= threshold else 0
