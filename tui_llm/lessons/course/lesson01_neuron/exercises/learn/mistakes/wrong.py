def neuron(inputs, weights, threshold):
    total = sum(value * weight for value, weight in zip(inputs, weights))
    return 1 if total >= threshold else 0


def learn(weights, threshold, inputs, target):
    error = target - neuron(inputs, weights, threshold)
    weights = [weight + 2 * error * value for weight, value in zip(weights, inputs)]
    threshold = threshold - 2 * error
    return weights, threshold
