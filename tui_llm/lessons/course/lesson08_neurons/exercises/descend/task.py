def descend(weight, bias, xs, labels, rate):
    d_weight, d_bias = 0.0, 0.0
    for x, label in zip(xs, labels):
        error = weight * x + bias - label
    return weight, bias
