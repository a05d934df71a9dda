def descend(weight, bias, xs, labels, rate):
    d_weight, d_bias = 0.0, 0.0
    for x, label in zip(xs, labels):
        error = weight * x + bias - label
        d_weight += error * x
        d_bias += error
    return weight - rate * d_weight, bias - rate * d_bias
