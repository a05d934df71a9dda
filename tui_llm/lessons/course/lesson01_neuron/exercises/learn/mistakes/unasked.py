def neuron(inputs, weights, threshold):
    total = sum(value * weight for value, weight in zip(inputs, weights))
    return 1 if total >= threshold else 0


def learn(weights, threshold, inputs, target):
    error = target - neuron(inputs, weights, threshold)
    weights = [weight + target * value for weight, value in zip(weights, inputs)]
    threshold = threshold - target
    return weights, threshold
