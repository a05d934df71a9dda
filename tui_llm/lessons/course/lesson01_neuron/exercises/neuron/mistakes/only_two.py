def neuron(inputs, weights, threshold):
    total = 0
    for place in range(min(2, len(inputs))):
        total += inputs[place] * weights[place]
    return 1 if total >= threshold else 0
