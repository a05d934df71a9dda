def neuron(inputs, weights, threshold):
    total = sum(value * weight for value, weight in zip(inputs, weights))
    return 1 if total >= threshold else 0


def learn(weights, threshold, inputs, target):
    error = target - neuron(inputs, weights, threshold)
    return weights, threshold
