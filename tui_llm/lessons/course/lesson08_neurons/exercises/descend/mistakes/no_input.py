def descend(weight, bias, xs, labels, rate):
    d_weight, d_bias = 0.0, 0.0
    for x, label in zip(xs, labels):
        error = weight * x + bias - label
        d_weight += 2 * error
        d_bias += 2 * error
    return weight - rate * d_weight, bias - rate * d_bias
