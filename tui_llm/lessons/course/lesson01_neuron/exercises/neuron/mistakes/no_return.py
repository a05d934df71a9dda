def neuron(inputs, weights, threshold):
    total = sum(value * weight for value, weight in zip(inputs, weights))
    print(1 if total >= threshold else 0)
