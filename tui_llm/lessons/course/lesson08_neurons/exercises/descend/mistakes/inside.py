def descend(weight, bias, xs, labels, rate):
    for x, label in zip(xs, labels):
        error = weight * x + bias - label
        weight -= rate * 2 * error * x
        bias -= rate * 2 * error
    return weight, bias
